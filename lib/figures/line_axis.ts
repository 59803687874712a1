import { extent } from "./checks.ts";

/** An axis of a line chart, as Plot's scale options. */
export interface Axis {
  readonly type: "linear" | "log";
  readonly domain: readonly [low: number, high: number];
  /** Whether the domain is extended to round numbers. */
  readonly nice: boolean;
}

/**
 * The axis on which values stand: from the least to the greatest, or as long as `domain` says. A
 * single value stands in its middle.
 *
 * @throws {RangeError} If there is neither a value nor a domain, a value is not finite (on a
 *   logarithmic axis: not above 0) or not in the domain, or the domain is empty.
 */
export function axisOf(
  values: readonly number[],
  { name, log, domain }: {
    readonly name: string;
    readonly log: boolean;
    readonly domain?: readonly [number, number];
  },
): Axis {
  const type = log ? "log" : "linear";
  const checked = { action: "draw lines", positive: log };
  if (domain === undefined) {
    const [low, high] = extent(values, { ...checked, name });
    return { type, domain: low < high ? [low, high] : around(low, log), nice: true };
  }
  const [least, most] = extent(domain, { ...checked, name: `end of the ${name} axis,` });
  if (!(domain[0] < domain[1])) {
    throw new RangeError(
      `Cannot draw lines: the ${name} axis goes from ${domain[0]} to ${domain[1]}, ` +
        "expected to a greater number",
    );
  }
  if (values.length > 0) extent(values, { ...checked, name, least, most });
  return { type, domain, nice: false };
}

function around(value: number, log: boolean): [number, number] {
  if (log) return [value / 2, value * 2];
  const margin = 0.1 * Math.abs(value) || 1;
  return [value - margin, value + margin];
}
