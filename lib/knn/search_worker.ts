/// <reference no-default-lib="true" />
/// <reference lib="deno.worker" />
/**
 * A worker thread of `SearchThreads`: it is given an index first, then one task after the other.
 *
 * @module
 */
import type { SearchLayout } from "./search_layout.ts";
import { Searcher, type SearchTask } from "./searcher.ts";

/** What a worker thread is told first. */
export interface WorkerStart {
  readonly module: WebAssembly.Module;
  readonly layout: SearchLayout;
  /** Its place in the layout's rooms. */
  readonly room: number;
}

self.onmessage = ({ data: { module, layout, room } }: MessageEvent<WorkerStart>) => {
  const searcher = new Searcher(module, layout, { room });
  self.onmessage = ({ data }: MessageEvent<SearchTask>) => self.postMessage(searcher.perform(data));
};
