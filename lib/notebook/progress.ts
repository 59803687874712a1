import { DISPLAY } from "../figures/mod.ts";
import { liveOutput } from "./live_output.ts";

const WIDTH = 30;
const REDRAW_INTERVAL = 200;

/**
 * A bar under the cell, for anything that counts as it goes:
 * `await predict(model, test, { onProgress: progress("test set") })`.
 *
 * It is drawn at most five times a second, and once more when all is done, with the seconds.
 */
export function progress(label: string): (done: number, total: number) => void {
  const output = liveOutput();
  const started = performance.now();
  let drawn = -Infinity;
  return (done, total) => {
    const now = performance.now();
    if (done < total && now - drawn < REDRAW_INTERVAL) return;
    drawn = now;
    const line = progressLine(label, { done, total, seconds: (now - started) / 1000 });
    void output.show({ [DISPLAY]: () => ({ "text/plain": line }) });
  };
}

/**
 * `test set ━━━━━━━──────── 2,500 of 10,000, 1.2 s`.
 *
 * @throws {RangeError} If `done` is not 0 to `total`.
 */
export function progressLine(
  label: string,
  { done, total, seconds }: { done: number; total: number; seconds: number },
): string {
  if (!(done >= 0 && done <= total)) {
    throw new RangeError(`Cannot draw progress: ${done} are done, expected 0 to ${total}`);
  }
  const filled = total === 0 ? WIDTH : Math.round(WIDTH * done / total);
  const count = new Intl.NumberFormat("en");
  return `${label} ${"━".repeat(filled)}${"─".repeat(WIDTH - filled)} ` +
    `${count.format(done)} of ${count.format(total)}, ${seconds.toFixed(1)} s`;
}
