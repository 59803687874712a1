import { extent } from "./checks.ts";
import { beside } from "./drawing.ts";
import { Figure } from "./figure.ts";
import { lineDrawing } from "./line_chart.ts";
import { hundredths, percent } from "./numbers.ts";
import type { Series } from "./series.ts";
import { STYLE } from "./style.ts";

/** One epoch's figures, as lib/training's `fit` gives them. */
export interface CurveEpoch {
  /** From 1. */
  readonly epoch: number;
  /** Mean cross-entropy in nats. */
  readonly loss: number;
  /** 0..1. */
  readonly accuracy: number;
  /** The same on the validation images. */
  readonly validation?: { readonly loss: number; readonly accuracy: number };
}

/** How {@linkcode learningCurves} is drawn. */
export interface CurveOptions {
  readonly title?: string;
  /** How many epochs there will be: the axes' length. */
  readonly epochs?: number;
  /** The running epoch, which the curves end with. */
  readonly progress?: {
    readonly epoch: number;
    readonly epochs: number;
    readonly step: number;
    readonly steps: number;
    readonly loss: number;
    readonly accuracy: number;
  };
}

/**
 * Loss and accuracy by epoch, side by side: in blue on the training images, in vermilion on the
 * validation images if there are any.
 *
 * @throws {RangeError} If a loss is negative or not finite, an accuracy is not in 0..1, or an
 *   epoch or the share of its steps that are done is no number.
 */
export function learningCurves(
  history: readonly CurveEpoch[],
  { title = "Learning curves", progress, epochs = progress?.epochs ?? history.length }:
    CurveOptions = {},
): Figure {
  const width = (STYLE.width - 2 * STYLE.padding - 24) / 2;
  const losses = series(history, "loss", progress);
  const accuracies = series(history, "accuracy", progress);
  const end = Math.max(1, epochs, ...history.map(({ epoch }) => epoch));
  const axes = { width, height: 270, xLabel: "epochs", xDomain: [0, end], xInteger: true } as const;
  const drawing = beside([
    lineDrawing(losses, { ...axes, yLabel: "loss, nats", yDomain: lossDomain(losses) }),
    lineDrawing(accuracies, {
      ...axes,
      yLabel: "accuracy",
      yDomain: accuracyDomain(accuracies),
      yFormat: percent,
    }),
  ]);
  const last = history.at(-1);
  const state = last === undefined
    ? "No epoch is complete yet."
    : `After epoch ${last.epoch} of ${end}: training loss ${last.loss.toFixed(3)}, accuracy ${
      hundredths(last.accuracy)
    }` + (last.validation === undefined
      ? "."
      : `; validation loss ${last.validation.loss.toFixed(3)}, accuracy ${
        hundredths(last.validation.accuracy)
      }.`);
  const running = progress === undefined
    ? ""
    : ` Epoch ${progress.epoch}: step ${progress.step} of ${progress.steps}, loss ${
      progress.loss.toFixed(3)
    }, accuracy ${hundredths(progress.accuracy)}.`;
  return new Figure(drawing, {
    title,
    caption: state + running +
      " A training value is the mean over an epoch, while the weights change; a validation value" +
      " is measured at its end.",
    alt: `Two line charts, loss and accuracy by epoch. ${state}`,
  });
}

function series(
  history: readonly CurveEpoch[],
  of: "loss" | "accuracy",
  progress: CurveOptions["progress"],
): Series[] {
  const running = progress === undefined
    ? []
    : [{ x: progress.epoch - 1 + progress.step / progress.steps, y: progress[of] }];
  const training: Series = {
    name: "training",
    points: [...history.map((metrics) => ({ x: metrics.epoch, y: metrics[of] })), ...running],
  };
  const validation = history.flatMap(({ epoch, validation }) =>
    validation === undefined ? [] : [{ x: epoch, y: validation[of] }]
  );
  return validation.length === 0
    ? [training]
    : [training, { name: "validation", points: validation }];
}

const ACTION = "draw learning curves";

const valuesOf = (series: readonly Series[]) =>
  series.flatMap(({ points }) => points.map(({ y }) => y));

function lossDomain(losses: readonly Series[]): [number, number] {
  const values = valuesOf(losses);
  if (values.length === 0) return [0, 1];
  const [, greatest] = extent(values, { action: ACTION, name: "loss", least: 0 });
  return [0, 1.05 * Math.max(0.1, greatest)];
}

function accuracyDomain(accuracies: readonly Series[]): [number, number] {
  const values = valuesOf(accuracies);
  if (values.length === 0) return [0, 1];
  const [low, high] = extent(values, { action: ACTION, name: "accuracy", least: 0, most: 1 });
  const margin = Math.max(0.01, 0.05 * (high - low));
  return [Math.max(0, low - margin), Math.min(1, high + margin)];
}
