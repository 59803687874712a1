import type { ModelId } from "../models/mod.ts";
import type { Recipe } from "../training/mod.ts";

/**
 * The rows of networks, in the order of the table: what a network was trained by its usual recipe
 * to is the row of its name, and another recipe of ours has a row of its own.
 */
export const NETWORK_ROW_IDS = [
  "dense",
  "small-cnn",
  "small-cnn-fast",
  "compact",
  "compact-fast",
  "vgg",
] as const;

/** The id of one of them. */
export type NetworkRowId = typeof NETWORK_ROW_IDS[number];

/** The row to which a network's runs by a recipe belong. */
export function networkRowOf(id: ModelId, { name }: Pick<Recipe, "name">): NetworkRowId {
  return NETWORK_ROW_IDS.find((row) => row === `${id}-${name}`) ?? id;
}

/** The network of each row. */
export const MODEL_OF_ROW: Readonly<Record<NetworkRowId, ModelId>> = {
  dense: "dense",
  "small-cnn": "small-cnn",
  "small-cnn-fast": "small-cnn",
  compact: "compact",
  "compact-fast": "compact",
  vgg: "vgg",
};

/** What the rows of our own are, of which nobody else has published a figure. */
export const NETWORK_CLASSIFIERS: ReadonlyMap<string, string> = new Map([
  ["small-cnn-fast", "2 Conv+pooling, Dense 128, our recipe of 2 epochs"],
  ["compact", "Compact CNN of 7 convolutions"],
  ["compact-fast", "Compact CNN of 7 convolutions, fast recipe"],
]);
