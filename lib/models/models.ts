import type * as tf from "@tensorflow/tfjs";
import { compact } from "./compact.ts";
import { denseNetwork } from "./dense_network.ts";
import { smallCnn } from "./small_cnn.ts";
import { vgg } from "./vgg.ts";

/** Builds a model whose initial weights are fixed by `seed`. */
export type ModelBuilder = (options: { seed: number }) => tf.Sequential;

/**
 * The networks of both studies and our own by the ids that the commands, recipes and result files
 * use.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { MODELS } from "./mod.ts";
 *
 * assertEquals(MODELS["small-cnn"]({ seed: 0 }).countParams(), 421_642);
 * ```
 */
export const MODELS = {
  dense: denseNetwork,
  "small-cnn": smallCnn,
  compact,
  vgg,
} satisfies Record<string, ModelBuilder>;

/** The id of a network. */
export type ModelId = keyof typeof MODELS;

/** The ids of {@linkcode MODELS}, in the order of the table. */
export const MODEL_IDS = [
  "dense",
  "small-cnn",
  "compact",
  "vgg",
] as const satisfies readonly ModelId[];
