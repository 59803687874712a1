import { assertDistinct } from "./checks.ts";
import { COLORS } from "./style.ts";

/** A line of points from left to right. */
export interface Series {
  /** Stands at the line's end, where there are several. */
  readonly name: string;
  /** From left to right. */
  readonly points: readonly Point[];
}

/** One point, with the ends of its interval if there is one. */
export interface Point {
  readonly x: number;
  readonly y: number;
  readonly low?: number;
  readonly high?: number;
}

/** The series' colours in turn: as many as lines can be told apart by. */
export const LINE_COLORS: readonly string[] = [
  COLORS.blue,
  COLORS.vermilion,
  COLORS.green,
  COLORS.purple,
];

/**
 * Asserts that each series has a colour and a name of its own.
 *
 * @throws {RangeError} If they are more than four, or two have one name.
 */
export function assertSeries(series: readonly Series[]): void {
  if (series.length > LINE_COLORS.length) {
    throw new RangeError(
      `Cannot draw lines: there are ${series.length} series, expected at most ` +
        `${LINE_COLORS.length}, since no more can be told apart`,
    );
  }
  assertDistinct(series.map(({ name }) => name), { action: "draw lines", name: "series" });
}
