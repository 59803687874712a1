import type { EpochMetrics, Progress, TrainingObserver } from "./observer.ts";
import { progressBar, type TerminalOptions } from "./progress_bar.ts";

/**
 * An observer that shows a run on standard error: a bar with epoch, step, loss, accuracy, images
 * a second and the remaining time while it runs on a terminal, and one line an epoch that stays.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { terminalProgress } from "./mod.ts";
 *
 * let written = "";
 * const observer = terminalProgress({ write: (text) => written += text, isTerminal: false });
 * observer.onEpochEnd?.({ epoch: 1, loss: 0.5, accuracy: 0.8, seconds: 12.3 }, { epochs: 10 });
 * assertEquals(written, "epoch 1/10: loss 0.5000, accuracy 0.8000, 12.3 s\n");
 * ```
 */
export function terminalProgress(options: TerminalOptions = {}): TrainingObserver {
  const bar = progressBar(options);
  return {
    onProgress(progress) {
      const { epoch, epochs, step, steps } = progress;
      bar.update(step / steps, { label: `epoch ${epoch}/${epochs}`, details: details(progress) });
    },
    onEpochEnd(metrics, { epochs }) {
      bar.print(epochLine(metrics, epochs));
    },
  };
}

function details(progress: Progress): string {
  const { epoch, epochs, step, steps, loss, accuracy, images, seconds } = progress;
  const stepsLeft = (epochs - epoch) * steps + steps - step;
  return [
    `${step}/${steps}`,
    `loss ${loss.toFixed(3)}`,
    `accuracy ${accuracy.toFixed(3)}`,
    `${Math.round(images / seconds)} images/s`,
    `${clock(stepsLeft * seconds / step)} left`,
  ].join(" ");
}

function epochLine(
  { epoch, loss, accuracy, validation, seconds }: EpochMetrics,
  epochs: number,
): string {
  const figures = [`loss ${loss.toFixed(4)}`, `accuracy ${accuracy.toFixed(4)}`];
  if (validation !== undefined) {
    figures.push(`validation loss ${validation.loss.toFixed(4)}`);
    figures.push(`validation accuracy ${validation.accuracy.toFixed(4)}`);
  }
  return `epoch ${epoch}/${epochs}: ${figures.join(", ")}, ${seconds.toFixed(1)} s`;
}

/** `61.2` seconds as `1:02`: rounded up, hours only where there are any. */
function clock(seconds: number): string {
  const whole = Math.ceil(seconds);
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  const end = String(whole % 60).padStart(2, "0");
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, "0")}:${end}` : `${minutes}:${end}`;
}
