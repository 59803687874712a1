import type { ImageDataset } from "../dataset/mod.ts";
import { divideIntoCells } from "./cells.ts";
import { emptyNearest, noWork, type SearchResult } from "./nearest.ts";
import { pixelRows } from "./pixel_rows.ts";
import { BLOCK, COARSE } from "./search_layout.ts";
import type { SearchAnswer, SearchTask } from "./searcher.ts";
import type { SearchThreads } from "./search_threads.ts";

/** So many queries, spread over all, show whether pruning is worth it. */
const PILOT = 8;
/**
 * It is not if it leaves more than this share of the images: measuring them one by one then takes
 * longer than a matrix product for all.
 */
const MAX_MEASURED = 1 / 16;
/** Queries that are searched after each other because they are alike. */
const CELL = 64;

/** What {@linkcode prunedSearch} is told besides the queries. */
export interface PrunedSearchOptions {
  /** How many training images there are. */
  readonly count: number;
  readonly k: number;
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * The nearest training images of every query, from a prepared index; `undefined` if it rules out
 * too few images to be worth it.
 *
 * @throws {DOMException} The signal's reason, an `AbortError`, if it is aborted.
 */
export async function prunedSearch(
  threads: SearchThreads,
  queries: ImageDataset,
  { count, k, onProgress, signal }: PrunedSearchOptions,
): Promise<SearchResult | undefined> {
  const nearest = emptyNearest(queries.length, k);
  const work = noWork();
  let done = 0;
  const search = (blocks: readonly Uint32Array[]) => {
    const tasks = Iterator.from(blocks).map((block): SearchTask => {
      return { kind: "search", pixels: pixelRows(queries, block), k };
    });
    const onAnswer = (answer: SearchAnswer, place: number) => {
      const block = blocks[place];
      block.forEach((query, row) => {
        nearest.indices.set(answer.indices.subarray(row * k, (row + 1) * k), query * k);
        nearest.distances.set(answer.distances.subarray(row * k, (row + 1) * k), query * k);
      });
      work.coarse += answer.work.coarse;
      work.fine += answer.work.fine;
      work.measured += answer.work.measured;
      done += block.length;
      onProgress?.(done, queries.length);
    };
    return threads.run(tasks, { onAnswer, signal });
  };
  const order = similarTogether(threads, queries);
  const step = Math.ceil(order.length / PILOT);
  const pilot = order.filter((_, i) => i % step === 0);
  await search(inBlocks(pilot));
  const rest = order.filter((_, i) => i % step !== 0);
  if (rest.length > 0 && work.measured > MAX_MEASURED * count * pilot.length) return undefined;
  await search(inBlocks(rest));
  return { ...nearest, work };
}

/** All queries, similar ones after each other: what they need is in the processor's cache then. */
function similarTogether(threads: SearchThreads, queries: ImageDataset): Uint32Array {
  const sketches = new Int16Array(queries.length * COARSE);
  const all = Uint32Array.from({ length: queries.length }, (_, query) => query);
  let at = 0;
  for (const block of inBlocks(all)) {
    const sketched = threads.coarseSketches(pixelRows(queries, block));
    sketches.set(sketched, at);
    at += sketched.length;
  }
  const cells = 2 ** Math.max(0, Math.floor(Math.log2(queries.length / CELL)));
  return divideIntoCells(sketches, { cells }).order;
}

function inBlocks(queries: Uint32Array): Uint32Array[] {
  const starts = Array.from({ length: Math.ceil(queries.length / BLOCK) }, (_, i) => i * BLOCK);
  return starts.map((from) => queries.subarray(from, from + BLOCK));
}
