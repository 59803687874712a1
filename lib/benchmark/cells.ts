import type { Published } from "./reference.ts";
import type { BenchmarkRow } from "./rows.ts";

/** What stands where there is no number. */
export const NOTHING = "-";

/** `90.52 ± 0.47` in percent; `85.54` for one run. */
export function accuracyCell({ accuracy }: BenchmarkRow): string {
  return accuracy === null ? "not measured" : spreadCell(accuracy);
}

/** The same of any mean of shares; without a deviation that of one. */
export function spreadCell(
  { mean, sd }: { readonly mean: number; readonly sd: number | null },
): string {
  return sd === null ? percent(mean) : `${percent(mean)} ± ${percent(sd)}`;
}

/** `89.93 to 91.08` in percent. */
export function intervalCell({ accuracy }: BenchmarkRow): string {
  if (accuracy === null) return NOTHING;
  return accuracy.interval.map(percent).join(" to ");
}

/** `92.24`, `95.55 ± 0.04` or `95.7 to 95.8`, in percent, with no more digits than were published. */
export function publishedCell(published: Published | null): string {
  if (published === null) return NOTHING;
  const { accuracy, upTo, sd } = published;
  if (upTo !== undefined) return `${publishedPercent(accuracy)} to ${publishedPercent(upTo)}`;
  const spread = sd === undefined ? "" : ` ± ${publishedPercent(sd)}`;
  return publishedPercent(accuracy) + spread;
}

export const lossCell = (loss: number | null): string => loss?.toFixed(3) ?? NOTHING;

/** `421,642`. */
export const countCell = (count: number | null): string =>
  count === null ? NOTHING : new Intl.NumberFormat("en").format(count);

/** `7.7 M`. */
export function magnitudeCell(value: number | null | undefined): string {
  if (value === null || value === undefined) return NOTHING;
  const compact = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });
  return compact.format(value).replace(/(?=[A-Z]$)/, " ");
}

/** Whole seconds, and a tenth below ten of them. */
export function secondsCell(seconds: number | undefined): string {
  if (seconds === undefined) return NOTHING;
  return seconds < 9.95 ? seconds.toFixed(1) : countCell(Math.round(seconds));
}

const percent = (share: number): string => (100 * share).toFixed(2);

const publishedPercent = (share: number): string =>
  new Intl.NumberFormat("en", { minimumFractionDigits: 1, maximumFractionDigits: 2 }).format(
    100 * share,
  );
