import { setImmediate as nextTask } from "node:timers/promises";
import * as tf from "@tensorflow/tfjs";
import type { ImageDataset } from "../dataset/mod.ts";
import { centredPixels } from "./centred_pixels.ts";
import { emptyNearest, mergeNearest, type Nearest, noWork, type SearchResult } from "./nearest.ts";

/** Images whose scalar products are computed at once: 500 x 10,000 floats are 20 MB. */
const QUERY_BLOCK = 500;
const TRAINING_BLOCK = 10_000;

/** What {@linkcode bruteForce} is told besides the images. */
export interface BruteForceOptions {
  readonly k: number;
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * The nearest training images of every query, by all their distances: one matrix expression,
 * −2·X·Yᵀ + ‖y‖² + ‖x‖², block by block.
 *
 * @throws {DOMException} The signal's reason, an `AbortError`, if it is aborted.
 */
export async function bruteForce(
  train: ImageDataset,
  queries: ImageDataset,
  { k, onProgress, signal }: BruteForceOptions,
): Promise<SearchResult> {
  const nearest = emptyNearest(queries.length, k);
  const blocks = trainingBlocks(train);
  try {
    for (let from = 0; from < queries.length; from += QUERY_BLOCK) {
      signal?.throwIfAborted();
      const to = Math.min(from + QUERY_BLOCK, queries.length);
      const part: Nearest = {
        indices: nearest.indices.subarray(from * k, to * k),
        distances: nearest.distances.subarray(from * k, to * k),
      };
      const { pixels, norms: queryNorms } = centredPixels(queries, from, to);
      for (const { columns, candidateNorms, firstIndex } of blocks) {
        // The values stay inside: tidy() would look for tensors in each number it returns.
        tf.tidy(() => {
          const products = tf.matMul(pixels, columns).dataSync();
          mergeNearest(part, { products, queryNorms, candidateNorms, firstIndex, k });
        });
      }
      pixels.dispose();
      onProgress?.(to, queries.length);
      // A turn for the event loop, so that progress is drawn and a signal is heard.
      await nextTask();
    }
  } finally {
    tf.dispose(blocks.map(({ columns }) => columns));
  }
  return { ...nearest, work: { ...noWork(), measured: queries.length * train.length } };
}

/** The training images as columns, so that a plain matrix product gives the scalar products. */
function trainingBlocks(train: ImageDataset) {
  const starts = Array.from(
    { length: Math.ceil(train.length / TRAINING_BLOCK) },
    (_, block) => block * TRAINING_BLOCK,
  );
  return starts.map((firstIndex) => {
    const to = Math.min(firstIndex + TRAINING_BLOCK, train.length);
    const { pixels, norms: candidateNorms } = centredPixels(train, firstIndex, to);
    const columns = tf.tidy(() => pixels.transpose());
    pixels.dispose();
    return { columns, candidateNorms, firstIndex };
  });
}
