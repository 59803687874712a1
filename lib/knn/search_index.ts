import type { ImageDataset } from "../dataset/mod.ts";
import { type Cells, divideIntoCells } from "./cells.ts";
import { principalDirections } from "./directions.ts";
import { pixelRows } from "./pixel_rows.ts";
import { COARSE, FINE, layOut, type SearchLayout } from "./search_layout.ts";
import type { SearchTask } from "./searcher.ts";
import { SearchThreads } from "./search_threads.ts";

/** About as many images make a cell. */
const CELL = 200;
/** Images that a thread sketches at once, a multiple of 4. */
const SHARE = 4_096;

/**
 * The training images in WebAssembly's memory, with what rules most of them out.
 *
 * An image's sketch is 4 times (a₁·x, …, aₘ₋₁·x, r), rounded, where x is the image less the mean
 * image, the rows aᵢ of A are a few directions, and r = √(‖x‖² − ‖A·x‖²) is the norm of what they
 * leave. Sketches are never farther apart than images: A makes no x longer (see
 * {@linkcode principalDirections}), so that I − AᵀA = BᵀB for some B, ‖d‖² = ‖A·d‖² + ‖B·d‖², and
 * r is ‖B·x‖, whose difference for two images is at most ‖B·d‖ of theirs. All of it is whole numbers
 * but for the rounding, of which the assembly's `limit` tells.
 *
 * Every coordinate of 4·x is at most 4·255·32 = 32,640 for {@linkcode MAX_PIXELS} pixels, as is the
 * difference of two of them: 16 bits hold them, and 32 their squares' sum.
 */
export class SearchIndex {
  readonly #train: ImageDataset;
  readonly #module: WebAssembly.Module;
  readonly #layout: SearchLayout;
  #prepared = false;

  /**
   * Takes in the images' pixels.
   *
   * @throws {RangeError} If they take more than 4 GiB.
   */
  constructor(train: ImageDataset) {
    const assembly = new URL("./assembly/search.wasm", import.meta.url);
    this.#module = new WebAssembly.Module(Deno.readFileSync(assembly));
    this.#train = train;
    this.#layout = layOut(train.length, {
      pixels: train.height * train.width,
      cells: 2 ** Math.max(0, Math.round(Math.log2(train.length / CELL))),
      rooms: 1 + navigator.hardwareConcurrency,
    });
    const { memory, pixels } = this.#layout;
    const all = Uint32Array.from({ length: train.length }, (_, image) => image);
    pixelRows(train, all, new Uint8Array(memory.buffer, pixels));
  }

  /** Starts threads to work on this index; no workers for small work. */
  startThreads({ workers }: { readonly workers: boolean }): SearchThreads {
    const count = workers ? navigator.hardwareConcurrency : 0;
    return new SearchThreads(this.#module, this.#layout, { workers: count });
  }

  /** Makes the tables, once. */
  async prepare(threads: SearchThreads, { signal }: { readonly signal?: AbortSignal } = {}) {
    if (this.#prepared) return;
    const { memory, size, count, cells, ...at } = this.#layout;
    const pixels = this.#train.height * this.#train.width;
    const { centre, rows } = principalDirections(this.#train, FINE - 1);
    new Uint8Array(memory.buffer, at.centre).set(centre);
    for (let i = 0; i < FINE - 1; i++) {
      const row = rows.subarray(i * pixels, (i + 1) * pixels);
      new Int16Array(memory.buffer, at.directions + 2 * i * size).set(row);
    }
    const shares = (kind: "sketch" | "arrange") =>
      Array.from({ length: Math.ceil(count / SHARE) }, (_, i): SearchTask => {
        return { kind, from: i * SHARE, to: Math.min((i + 1) * SHARE, count) };
      });
    await threads.run(shares("sketch"), { signal });
    const sketches = new Int16Array(memory.buffer, at.sketches, COARSE * count);
    this.#writeCells(divideIntoCells(sketches, { cells }), sketches);
    await threads.run(shares("arrange"), { signal });
    this.#prepared = true;
  }

  #writeCells({ order, starts }: Cells, sketches: Int16Array): void {
    const { memory, cells, ...at } = this.#layout;
    new Uint32Array(memory.buffer, at.order).set(order);
    new Uint32Array(memory.buffer, at.starts).set(starts);
    const [lows, highs, means] = [at.lows, at.highs, at.means].map((table) =>
      new Int16Array(memory.buffer, table)
    );
    for (let cell = 0; cell < cells; cell++) {
      for (let j = 0; j < COARSE; j++) {
        let [low, high, sum] = [Infinity, -Infinity, 0];
        for (let i = starts[cell]; i < starts[cell + 1]; i++) {
          const value = sketches[order[i] * COARSE + j];
          low = Math.min(low, value);
          high = Math.max(high, value);
          sum += value;
        }
        // The place of a number among those of four cells, two by two.
        const place = (cell >> 2) * 4 * COARSE + (j >> 1) * 8 + (cell & 3) * 2 + (j & 1);
        lows[place] = low;
        highs[place] = high;
        means[place] = Math.round(sum / (starts[cell + 1] - starts[cell]));
      }
    }
  }
}
