import { beside } from "./drawing.ts";
import { Figure } from "./figure.ts";
import { lineDrawing, type Series } from "./line_chart.ts";
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
 */
export function learningCurves(
  history: readonly CurveEpoch[],
  { title = "Learning curves", progress, epochs = progress?.epochs ?? history.length }:
    CurveOptions = {},
): Figure {
  const width = (STYLE.width - 2 * STYLE.padding - 24) / 2;
  const axes = {
    width,
    height: 270,
    xLabel: "epochs",
    xDomain: [0, Math.max(1, epochs)],
    xInteger: true,
  } as const;
  const losses = series(history, "loss", progress);
  const greatest = Math.max(0.1, ...losses.flatMap(({ points }) => points.map(({ y }) => y)));
  const drawing = beside([
    lineDrawing(losses, { ...axes, yLabel: "loss, nats", yDomain: [0, 1.05 * greatest] }),
    lineDrawing(series(history, "accuracy", progress), {
      ...axes,
      yLabel: "accuracy",
      yFormat: (value) => `${(100 * value).toFixed(value > 0.9 ? 1 : 0)} %`,
    }),
  ]);
  const last = history.at(-1);
  const state = last === undefined
    ? "No epoch is complete yet."
    : `After epoch ${last.epoch} of ${epochs}: training loss ${last.loss.toFixed(3)}, accuracy ${
      percent(last.accuracy)
    }` + (last.validation === undefined
      ? "."
      : `; validation loss ${last.validation.loss.toFixed(3)}, accuracy ${
        percent(last.validation.accuracy)
      }.`);
  const running = progress === undefined
    ? ""
    : ` Epoch ${progress.epoch}: step ${progress.step} of ${progress.steps}, loss ${
      progress.loss.toFixed(3)
    }, accuracy ${percent(progress.accuracy)}.`;
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

const percent = (share: number) => `${(100 * share).toFixed(2)} %`;
