import { randomStream } from "../../lib/tensorflow/mod.ts";

/** What a case draws from: the same for the same seed and number. */
export interface Draw {
  /** A whole number, both ends included. */
  integer(from: number, to: number): number;
  /** One of a list; what is to be drawn more often stands there more often. */
  pick<T>(list: readonly T[]): T;
  /** Numbers that are uniform in [-1, 1), or in [0, 1) if `positive`. */
  values(shape: readonly number[], options?: { positive?: boolean }): DrawnTensor;
}

/** A tensor that is not yet on a backend. */
export interface DrawnTensor {
  readonly shape: number[];
  readonly values: Float32Array;
}

export function drawOf(seed: number, number: number): Draw {
  const random = randomStream(seed, "case", number);
  const integer = (from: number, to: number) => from + Math.floor(random() * (to - from + 1));
  return {
    integer,
    pick: (list) => list[integer(0, list.length - 1)],
    values(shape, { positive = false } = {}) {
      const size = shape.reduce((a, b) => a * b, 1);
      const next = positive ? random : () => 2 * random() - 1;
      return { shape: [...shape], values: Float32Array.from({ length: size }, next) };
    },
  };
}
