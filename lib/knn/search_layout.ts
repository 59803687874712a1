import { rowSize } from "./pixel_rows.ts";

/** Numbers of a coarse sketch, as the assembly has it. */
export const COARSE = 16;
/** Numbers of a fine sketch, as the assembly has it. */
export const FINE = 128;
/** Queries that a thread is given at once. */
export const BLOCK = 128;

/** Where a thread's working room lies: addresses in bytes. */
export interface RoomLayout {
  /** The assembly's record `Query`. */
  readonly query: number;
  /** `[k]`, 32 bits: the answer to a query. */
  readonly indices: number;
  readonly distances: number;
  /** `[BLOCK, size]`, 8 bits: the queries' pixels. */
  readonly block: number;
  /** `[BLOCK, COARSE]` and `[BLOCK, FINE]`, 16 bits: their sketches. */
  readonly coarse: number;
  readonly fine: number;
}

/** Where the parts of an index lie in WebAssembly's memory: addresses in bytes. */
export interface SearchLayout {
  readonly count: number;
  /** Pixels of a row: those of an image, filled up to a multiple of 16. */
  readonly size: number;
  readonly cells: number;
  /** The assembly's record `Index`, and what it points at. */
  readonly index: number;
  readonly centre: number;
  readonly directions: number;
  readonly pixels: number;
  readonly order: number;
  readonly starts: number;
  readonly lows: number;
  readonly highs: number;
  readonly means: number;
  /** `[count, COARSE]`, 16 bits: the coarse sketches in the images' own order. */
  readonly sketches: number;
  /** One room a thread. */
  readonly rooms: readonly RoomLayout[];
  readonly memory: WebAssembly.Memory;
}

const PAGE = 2 ** 16;
/** What 32-bit addresses reach. */
const MAX_PAGES = 2 ** 16;
/** Every part starts on a cache line of its own, so that threads do not share one. */
const LINE = 64;

/**
 * Lays out the memory of an index, allocates it and writes the assembly's records.
 *
 * @param count Training images.
 * @param options.pixels Pixels of each.
 * @param options.cells Cells that the images are divided into.
 * @param options.rooms Threads that will work on it.
 * @throws {RangeError} If it takes more than 4 GiB.
 */
export function layOut(
  count: number,
  { pixels: pixelsOfImage, cells, rooms }: {
    readonly pixels: number;
    readonly cells: number;
    readonly rooms: number;
  },
): SearchLayout {
  let end = LINE;
  const reserve = (bytes: number) => {
    const start = end;
    end = Math.ceil((start + bytes) / LINE) * LINE;
    return start;
  };
  const fours = (rows: number) => Math.ceil(rows / 4) * 4;
  const size = rowSize(pixelsOfImage);
  const [index, centre, directions] = [reserve(56), reserve(size), reserve(2 * FINE * size)];
  const [pixels, order] = [reserve(count * size), reserve(4 * count)];
  const [coarse, fine] = [reserve(2 * COARSE * fours(count)), reserve(2 * FINE * count)];
  const starts = reserve(4 * (cells + 1));
  const [lows, highs, means] = Array.from({ length: 3 }, () => reserve(2 * COARSE * fours(cells)));
  const sketches = reserve(2 * COARSE * count);
  const records = Array.from({ length: rooms }, () => ({
    query: reserve(56),
    scratch: [
      reserve(4 * size), // centred
      reserve(8 * FINE), // products
      reserve(4 * fours(cells)), // boxes
      reserve(4 * fours(cells)), // means
      reserve(4 * fours(count)), // list
      reserve(4 * fours(count)), // sums
    ],
    indices: reserve(4 * count),
    distances: reserve(4 * count),
    block: reserve(BLOCK * size),
    coarse: reserve(2 * BLOCK * COARSE),
    fine: reserve(2 * BLOCK * FINE),
  }));
  const pages = Math.ceil(end / PAGE);
  if (pages > MAX_PAGES) {
    const gigabytes = (end / 2 ** 30).toFixed(1);
    throw new RangeError(`Cannot fit ${count} images: the index takes ${gigabytes} GiB, at most 4`);
  }
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
  const write = (at: number, values: readonly number[]) =>
    new Uint32Array(memory.buffer, at).set(values);
  // deno-fmt-ignore
  write(index, [
    size, centre, directions, pixels, order, sketches, coarse, fine, cells, starts, lows, highs, means,
  ]);
  for (const { query, scratch, indices, distances } of records) {
    write(query, [...scratch, indices, distances]);
  }
  // deno-fmt-ignore
  return {
    count, size, cells, index, centre, directions, pixels, order, starts, lows, highs, means,
    sketches, rooms: records, memory,
  };
}
