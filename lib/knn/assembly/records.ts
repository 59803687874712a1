// @ts-nocheck: AssemblyScript, compiled to search.wasm by `deno task assembly`.

/** Numbers of a coarse sketch. */
export const COARSE: i32 = 16;
/** Numbers of a fine sketch. */
export const FINE: i32 = 128;

/** Bytes of the two: 16 bits a number. */
export const COARSE_BYTES: usize = 32;
export const FINE_BYTES: usize = 256;

/** What sketches are made with; where the tables of the training images lie. */
@unmanaged
export class Index {
  /** Pixels of an image, a multiple of 16. */
  size: i32;
  /** `[size]`, 8 bits: what is taken from every image. */
  centre: usize;
  /** `[FINE, size]`, 16 bits: directions times 2¹³. */
  directions: usize;
  /** `[images, size]`, 8 bits. */
  pixels: usize;
  /** `[images]`, 32 bits: which image stands at a position of the tables below. */
  order: usize;
  /** `[images, COARSE]`, 16 bits: coarse sketches in the images' own order. */
  sketches: usize;
  /** `[images / 4, COARSE / 2, 4, 2]`, 16 bits: coarse sketches, two numbers of four images each. */
  coarse: usize;
  /** `[images, FINE]`, 16 bits. */
  fine: usize;
  cells: i32;
  /** `[cells + 1]`, 32 bits: the position at which a cell starts. */
  starts: usize;
  /** As `coarse`, a cell for an image: the least, greatest and mean numbers of its sketches. */
  lows: usize;
  highs: usize;
  means: usize;
}

/** A thread's room to work, the query that it works on, and the answer. */
@unmanaged
export class Query {
  /** `[2, size]`, 16 bits: two images to sketch. */
  centred: usize;
  /** `[2, FINE]`, 32 bits: their scalar products with the directions. */
  products: usize;
  /** `[cells]`, 32 bits, to a multiple of 4: squared distances to the cells' boxes and means. */
  boxes: usize;
  means: usize;
  /** `[images]`, 32 bits: positions in a cell that are left, and the distances of their sketches. */
  list: usize;
  sums: usize;
  /** `[k]`, 32 bits: the nearest images so far, by distance and then by position. */
  indices: usize;
  distances: usize;
  /** `[size]`, 8 bits. */
  pixels: usize;
  /** `[COARSE]` and `[FINE]`, 16 bits. */
  coarse: usize;
  fine: usize;
  /** Added up over all queries: images whose coarse sketch, fine sketch and pixels were compared. */
  coarseCount: i32;
  fineCount: i32;
  pixelCount: i32;
}
