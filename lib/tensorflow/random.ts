// @ts-types="@types/seedrandom"
import seedrandom from "seedrandom";

/**
 * A stream of random numbers in [0, 1) that is fixed by a seed and a path of
 * names, so that one seed drives everything a run draws and yet the draws do
 * not depend on each other: shuffling epoch 3 gives the same order whether or not
 * epoch 2 was shuffled.
 *
 * The generator is Johannes Baagøe's Alea, from the package that TensorFlow.js
 * itself draws from.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { randomStream } from "./mod.ts";
 *
 * const shuffle = randomStream(0, "shuffle", 3);
 * assertEquals(shuffle(), randomStream(0, "shuffle", 3)());
 * ```
 */
export function randomStream(seed: number, ...path: (string | number)[]): () => number {
  const stream = seedrandom.alea([seed, ...path].join("/"));
  return () => stream();
}

/**
 * A 31-bit seed that is derived from `seed` and a path of names, for functions
 * that take a number, such as the initialisers of TensorFlow.js.
 */
export function derivedSeed(seed: number, ...path: (string | number)[]): number {
  return Math.floor(randomStream(seed, ...path)() * 2 ** 31);
}
