import { drawStratified, type SplitOptions } from "./split.ts";

/** Options of {@linkcode ImageDataset}. */
export interface ImageDatasetOptions {
  /** Height of every image in pixels. 28 if not given. */
  height?: number;
  /** Width of every image in pixels. 28 if not given. */
  width?: number;
  /** Number of classes: labels are 0..classes-1. 10 if not given. */
  classes?: number;
  /** Which of the images the dataset holds, in order. All of them if not given. */
  indices?: Uint32Array;
}

/**
 * Grey images of one size with their labels: a view of shared bytes. The parts that `take` and
 * `split` give share the pixels.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ImageDataset } from "./mod.ts";
 *
 * const pixels = new Uint8Array([0, 255, 128, 64]);
 * const dataset = new ImageDataset(pixels, new Uint8Array([3, 9]), { height: 1, width: 2 });
 * assertEquals(dataset.length, 2);
 * assertEquals([...dataset.image(1)], [128, 64]);
 * assertEquals(dataset.label(1), 9);
 * ```
 */
export class ImageDataset {
  /** The shared pixels `[count, height, width]`, row-major, 0..255. */
  readonly images: Uint8Array;
  /** The shared labels `[count]`, 0..classes-1; {@linkcode ownLabels} gives a part's. */
  readonly labels: Uint8Array;
  /** Which of the images this dataset holds, in order. */
  readonly indices: Uint32Array;
  /** Height of every image, in pixels. */
  readonly height: number;
  /** Width of every image, in pixels. */
  readonly width: number;
  /** Number of classes. */
  readonly classes: number;

  /**
   * @param images The pixels `[count, height, width]`, row-major, 0..255.
   * @param labels The labels `[count]`, 0..classes-1.
   * @throws {TypeError} If the pixels or the labels are not bytes.
   * @throws {RangeError} If a size is not a positive integer, the pixels are not those of as many
   * images as there are labels, a label is not below `classes`, or an index is not below `count`.
   */
  constructor(
    images: Uint8Array,
    labels: Uint8Array,
    {
      height = 28,
      width = 28,
      classes = 10,
      indices = Uint32Array.from(labels.keys()),
    }: ImageDatasetOptions = {},
  ) {
    for (const [name, value] of Object.entries({ height, width, classes })) {
      if (!Number.isInteger(value) || value < 1) {
        fail(`${name} is ${value}, expected a positive integer`);
      }
    }
    for (const [name, bytes] of Object.entries({ images, labels })) {
      if (!(bytes instanceof Uint8Array)) {
        throw new TypeError(
          `Cannot make a dataset: ${name} are ${Object.prototype.toString.call(bytes)}, expected ` +
            "a Uint8Array: pixels are whole numbers of 0..255",
        );
      }
    }
    if (images.length !== labels.length * height * width) {
      fail(
        `${images.length} pixels are ${images.length / (height * width)} images of ` +
          `${height}x${width}, but there are ${labels.length} labels`,
      );
    }
    const label = labels.find((label) => label >= classes);
    if (label !== undefined) fail(`label is ${label}, expected 0..${classes - 1}`);
    const index = indices.find((index) => index >= labels.length);
    if (index !== undefined) fail(`index is ${index}, expected less than ${labels.length}`);
    this.images = images;
    this.labels = labels;
    this.indices = indices;
    this.height = height;
    this.width = width;
    this.classes = classes;
  }

  /** How many images the dataset holds. */
  get length(): number {
    return this.indices.length;
  }

  /**
   * The pixels `[height, width]` of the `i`-th image, 0..255: a view, no copy.
   *
   * @throws {RangeError} If `i` is not an integer in 0..length-1.
   */
  image(i: number): Uint8Array {
    const size = this.height * this.width;
    const start = this.#index(i) * size;
    return this.images.subarray(start, start + size);
  }

  /**
   * The label of the `i`-th image, 0..classes-1.
   *
   * @throws {RangeError} If `i` is not an integer in 0..length-1.
   */
  label(i: number): number {
    return this.labels[this.#index(i)];
  }

  /** The labels of the images that the dataset holds, in order: a copy, `[length]`. */
  ownLabels(): Uint8Array {
    return Uint8Array.from(this.indices, (index) => this.labels[index]);
  }

  /**
   * The first `count` images.
   *
   * @throws {RangeError} If `count` is not an integer in 0..length.
   */
  take(count: number): ImageDataset {
    if (!Number.isInteger(count) || count < 0 || count > this.length) {
      throw new RangeError(`Cannot take ${count} images: the dataset holds ${this.length}`);
    }
    return this.#view(this.indices.subarray(0, count));
  }

  /**
   * Cuts off a validation part, drawn by the seed, with every class in proportion: shares are
   * rounded by the largest remainders. Both parts keep the dataset's order; together they are
   * the whole of it.
   *
   * @throws {RangeError} If `validation` is not an integer in 1..length-1.
   */
  split(options: SplitOptions): [fitting: ImageDataset, validation: ImageDataset] {
    const drawn = drawStratified(this.ownLabels(), options);
    return [
      this.#view(this.indices.filter((_, position) => !drawn[position])),
      this.#view(this.indices.filter((_, position) => drawn[position])),
    ];
  }

  #index(i: number): number {
    if (!Number.isInteger(i) || i < 0 || i >= this.length) {
      throw new RangeError(`Cannot read image ${i}: the dataset holds ${this.length}`);
    }
    return this.indices[i];
  }

  #view(indices: Uint32Array): ImageDataset {
    return new ImageDataset(this.images, this.labels, { ...this, indices });
  }
}

function fail(detail: string): never {
  throw new RangeError(`Cannot make a dataset: ${detail}`);
}
