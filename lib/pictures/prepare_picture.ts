import { areaAverage, type GreyImage, type Size } from "./area_average.ts";
import { garmentBox } from "./garment_box.ts";
import { reliefOf } from "./ground.ts";
import type { Picture } from "./picture.ts";

/** Options of {@linkcode preparePicture}. */
export interface PreparePictureOptions {
  /** Height of the result in pixels. 28 if not given. */
  readonly height?: number;
  /** Width of the result in pixels. 28 if not given. */
  readonly width?: number;
}

/** Levels from the ground that are still ground: 5 % of 255, as the dataset's makers had it. */
const CLOSENESS = 0.05 * 255;

/** The garment is looked for in a picture of at most this many pixels a side. */
const WORKING_SIDE = 1_000;

/**
 * Makes of a picture of a garment what Fashion-MNIST would have made of it: light on black, centred,
 * the longest side filling the image.
 *
 * H. Xiao, K. Rasul and R. Vollgraf, "Fashion-MNIST: a Novel Image Dataset for Benchmarking Machine
 * Learning Algorithms" (arXiv 1708.07747), section 2: the shop's photographs, on white, were trimmed
 * of what is within 5 % of the corners' colour, resized by leaving out pixels so that the longest
 * edge is 28, sharpened, extended to 28 on the shortest edge and negated. Here it is done otherwise
 * where pictures are not from a studio:
 *
 * - The ground is read from the whole border. It may be uneven, noisy and dark: the garment is what
 *   is lighter than it or what is darker, whichever is more. All else becomes black, and dust
 *   is trimmed off.
 * - Pixels are averaged, not left out, so that thin lines stay; they are not sharpened, which did
 *   not help the network.
 * - The lightest pixel becomes 255; in each image of the dataset it is 254 or 255. Of an odd margin
 *   the left or upper side gets the greater half, as in the dataset.
 *
 * @returns Pixels `[height, width]`, 0..255.
 * @throws {RangeError} If the picture is blank, that is, nothing stands out from its ground; if its
 *   values are not `width` times `height`; or if a size is not a positive integer.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { preparePicture } from "./mod.ts";
 *
 * // A dark square on white paper, off the centre.
 * const values = new Uint8Array(100 * 100).fill(255);
 * for (let y = 10; y < 38; y++) values.fill(60, y * 100 + 20, y * 100 + 48);
 * const image = preparePicture({ width: 100, height: 100, values });
 * assertEquals(image, new Uint8Array(28 * 28).fill(255));
 * ```
 */
export function preparePicture(
  picture: Picture,
  { height = 28, width = 28 }: PreparePictureOptions = {},
): Uint8Array {
  check(picture, { height, width });
  const image = reduced(picture);
  const { departures, noise } = reliefOf(image);
  const low = Math.max(CLOSENESS, 3 * noise);
  const high = Math.max(CLOSENESS, 6 * noise);
  const sign = garmentSign(departures, low);
  const values = departures.map((departure) => sign * departure > low ? sign * departure : 0);
  const garment = { ...image, values };
  const box = garmentBox(garment, { low, high });
  if (box === undefined) {
    const most = values.reduce((a, value) => Math.max(a, value), 0);
    throw new RangeError(
      "Cannot prepare a picture: it is blank, what stands out most from its ground does so by " +
        `${Math.round(most)} of 255 levels, expected more than ${Math.round(high)}`,
    );
  }
  const size = scaled(box, Math.min(width / box.width, height / box.height));
  return framed(areaAverage(garment, box, size), size, { height, width });
}

function check({ width, height, values }: Picture, size: Size): void {
  const sides = [["width", width], ["height", height]] as const;
  for (const [name, side] of [...sides, ...Object.entries(size)]) {
    if (!Number.isInteger(side) || side < 1) {
      throw new RangeError(
        `Cannot prepare a picture: ${name} is ${side}, expected a positive integer`,
      );
    }
  }
  if (values.length !== width * height) {
    throw new RangeError(
      `Cannot prepare a picture: there are ${values.length} values, expected ${width}x${height}`,
    );
  }
}

/** The picture, or where it is large, a smaller one: quicker, and its noise is averaged out. */
function reduced(picture: Picture): GreyImage {
  const longest = Math.max(picture.width, picture.height);
  if (longest <= WORKING_SIDE) return picture;
  const size = scaled(picture, WORKING_SIDE / longest);
  return { ...size, values: areaAverage(picture, { left: 0, top: 0, ...picture }, size) };
}

function scaled({ width, height }: Size, scale: number): Size {
  const side = (length: number) => Math.max(1, Math.round(length * scale));
  return { width: side(width), height: side(height) };
}

/** Whether the garment is lighter (1) or darker (-1) than its ground: where more stands out. */
function garmentSign(departures: Float32Array, threshold: number): 1 | -1 {
  const balance = departures.reduce(
    (sum, departure) => Math.abs(departure) > threshold ? sum + departure : sum,
    0,
  );
  return balance < 0 ? -1 : 1;
}

/** Puts pixels into the middle of a black image, the lightest becoming 255. */
function framed(pixels: Float32Array, { width, height }: Size, frame: Size): Uint8Array {
  const lightest = pixels.reduce((a, b) => Math.max(a, b), 0);
  const left = Math.ceil((frame.width - width) / 2);
  const top = Math.ceil((frame.height - height) / 2);
  const image = new Uint8Array(frame.width * frame.height);
  pixels.forEach((pixel, i) => {
    const [x, y] = [left + i % width, top + Math.floor(i / width)];
    image[y * frame.width + x] = Math.round(255 * pixel / lightest);
  });
  return image;
}
