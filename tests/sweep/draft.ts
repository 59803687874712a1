// @ts-types="@types/seedrandom"
import seedrandom from "seedrandom";

/** What numbers of an input are like. */
export type Values = "plain" | "special" | "positive" | "unit" | "distinct";

/** A tensor that a case is given. */
export interface Input {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: "float32" | "int32" | "bool";
  readonly values: readonly number[];
}

/** Numbers that float32 has and that kernels get wrong: no numbers, none at all, halves. */
const SPECIAL = [NaN, Infinity, -Infinity, -0, 0, 0.5, 1.5, 2.5, -0.5, -1.5, -2.5, 1e-30];

/** Draws a case: its options, and the tensors that it is given, all from one seed. */
export class Draft {
  readonly inputs: Input[] = [];
  readonly #random: () => number;

  constructor(seed: string) {
    this.#random = seedrandom.alea(seed);
  }

  /** A whole number, both ends included. */
  int(from: number, to: number): number {
    return from + Math.floor(this.#random() * (to - from + 1));
  }

  pick<T>(choices: readonly T[]): T {
    return choices[this.int(0, choices.length - 1)];
  }

  chance(probability: number): boolean {
    return this.#random() < probability;
  }

  /** The lengths of so many axes; one in twelve tensors is empty. */
  shape(rank = this.int(0, 5), { longest = 4, empty = true } = {}): number[] {
    const shape = Array.from({ length: rank }, () => this.int(1, longest));
    if (empty && rank > 0 && this.chance(1 / 12)) shape[this.int(0, rank - 1)] = 0;
    return shape;
  }

  /** Two shapes that broadcasting makes one. */
  broadcast(): [number[], number[]] {
    const whole = this.shape(this.int(0, 5));
    const part = () => {
      const shape = whole.map((length) => this.chance(0.25) ? 1 : length);
      return this.chance(0.3) ? shape.slice(this.int(0, shape.length)) : shape;
    };
    return this.chance(0.4) ? [whole, whole] : this.chance(0.5) ? [whole, part()] : [part(), whole];
  }

  /** An axis of so many, counted from either end. */
  axis(rank: number): number {
    return this.int(-rank, rank - 1);
  }

  /** None, one or several axes, as an argument. */
  axes(rank: number): string {
    if (rank === 0 || this.chance(0.2)) return "undefined";
    if (this.chance(0.4)) return `${this.axis(rank)}`;
    const axes = Array.from({ length: rank }, (_, axis) => axis).filter(() => this.chance(0.5));
    return JSON.stringify(axes.length > 0 ? axes : [0]);
  }

  shuffled(count: number): number[] {
    const rest = Array.from({ length: count }, (_, i) => i);
    return rest.map((_, i) => {
      const at = this.int(i, count - 1);
      [rest[i], rest[at]] = [rest[at], rest[i]];
      return rest[i];
    });
  }

  /** Adds an input and gives its name. */
  float(shape: readonly number[], values: Values = "plain"): string {
    return this.#add(shape, "float32", () => {
      const number = (this.int(-24, 24) + (this.chance(0.5) ? 0 : this.#random())) / 8;
      if (values === "special" && this.chance(0.25)) return this.pick(SPECIAL);
      if (values === "positive") return Math.abs(number) + 0.125;
      if (values === "unit") return this.#random() * 1.9 - 0.95;
      if (values === "distinct") return this.#random() * 6 - 3;
      return number;
    });
  }

  /** Adds an input of whole numbers, both ends included, and gives its name. */
  whole(shape: readonly number[], from = -4, to = 4): string {
    return this.#add(shape, "int32", () => this.int(from, to));
  }

  /** Adds an input of yes and no and gives its name. */
  bool(shape: readonly number[]): string {
    return this.#add(shape, "bool", () => this.int(0, 1));
  }

  /** Adds an input of any element type, mostly float32, and gives its name. */
  any(shape: readonly number[], { values = "special", from = -4, to = 4 }: {
    values?: Values;
    from?: number;
    to?: number;
  } = {}): string {
    if (this.chance(0.7)) return this.float(shape, this.chance(0.5) ? values : "plain");
    return this.chance(0.7) ? this.whole(shape, from, to) : this.bool(shape);
  }

  #add(shape: readonly number[], dtype: Input["dtype"], draw: () => number): string {
    const size = shape.reduce((a, b) => a * b, 1);
    const name = "abcdefgh"[this.inputs.length];
    const values = Array.from({ length: size }, () => Math.fround(draw()));
    this.inputs.push({ name, shape: [...shape], dtype, values });
    return name;
  }
}

/** Draws the arguments of one operation and gives the call of it, in JavaScript. */
export type Operation = (draft: Draft) => string;
