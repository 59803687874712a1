import { COARSE, FINE, type RoomLayout, type SearchLayout } from "./search_layout.ts";
import { noWork, type SearchWork } from "./nearest.ts";

/** A piece of work for a {@linkcode Searcher}. */
export type SearchTask =
  | { readonly kind: "sketch" | "arrange"; readonly from: number; readonly to: number }
  | { readonly kind: "search"; readonly pixels: Uint8Array; readonly k: number };

/** What a piece of work gave: neighbours if it was a search. */
export interface SearchAnswer {
  /** `[queries, k]`. */
  readonly indices: Uint32Array;
  /** `[queries, k]`. */
  readonly distances: Uint32Array;
  readonly work: SearchWork;
}

/** Place of the three counters in the assembly's record `Query`. */
const COUNTERS = 11;

/** One thread's share of the search: the compiled assembly over the memory that all share. */
export class Searcher {
  readonly #layout: SearchLayout;
  readonly #room: RoomLayout;
  readonly #sketches: KernelFunction;
  readonly #arrange: KernelFunction;
  readonly #search: KernelFunction;

  constructor(
    module: WebAssembly.Module,
    layout: SearchLayout,
    { room }: { readonly room: number },
  ) {
    const { exports } = new WebAssembly.Instance(module, { env: { memory: layout.memory } });
    this.#layout = layout;
    this.#room = layout.rooms[room];
    this.#sketches = kernelFunction(exports, "sketches");
    this.#arrange = kernelFunction(exports, "arrange");
    this.#search = kernelFunction(exports, "search");
  }

  /** Does a piece of work: fills a part of the tables, or answers some queries. */
  perform(task: SearchTask): SearchAnswer {
    const { index, pixels, size, sketches } = this.#layout;
    const { query } = this.#room;
    if (task.kind === "search") return this.#answer(task.pixels, task.k);
    const { from, to } = task;
    if (task.kind === "arrange") this.#arrange(index, query, from, to);
    else {
      const rows = sketches + 2 * COARSE * from;
      this.#sketches(index, query, pixels + from * size, to - from, rows, 0);
    }
    return { indices: new Uint32Array(), distances: new Uint32Array(), work: noWork() };
  }

  /** The coarse sketches `[rows, COARSE]` of at most `BLOCK` images, given as rows of pixels. */
  coarseSketches(rows: Uint8Array): Int16Array {
    const { size, index, memory } = this.#layout;
    const { block, query, coarse } = this.#room;
    const count = rows.length / size;
    new Uint8Array(memory.buffer, block).set(rows);
    this.#sketches(index, query, block, count, coarse, 0);
    return new Int16Array(memory.buffer, coarse, count * COARSE).slice();
  }

  #answer(pixels: Uint8Array, k: number): SearchAnswer {
    const { index, size, memory } = this.#layout;
    const { query, block, coarse, fine, ...room } = this.#room;
    const queries = pixels.length / size;
    const [indices, distances] = [new Uint32Array(queries * k), new Uint32Array(queries * k)];
    const counters = new Uint32Array(memory.buffer, query + 4 * COUNTERS, 3).fill(0);
    new Uint8Array(memory.buffer, block).set(pixels);
    this.#sketches(index, query, block, queries, coarse, fine);
    for (let i = 0; i < queries; i++) {
      const sketches = [coarse + 2 * COARSE * i, fine + 2 * FINE * i];
      this.#search(index, query, block + i * size, ...sketches, k);
      indices.set(new Uint32Array(memory.buffer, room.indices, k), i * k);
      distances.set(new Uint32Array(memory.buffer, room.distances, k), i * k);
    }
    const work = { coarse: counters[0], fine: counters[1], measured: counters[2] };
    return { indices, distances, work };
  }
}

type KernelFunction = (...values: number[]) => void;

function kernelFunction(exports: WebAssembly.Exports, name: string): KernelFunction {
  const found = exports[name];
  if (typeof found !== "function") throw new TypeError(`Cannot search: no function "${name}"`);
  return (...values) => found(...values);
}
