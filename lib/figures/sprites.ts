import { createCanvas } from "@napi-rs/canvas";
import { assertLength } from "./checks.ts";
import { picture, type Pixels } from "./pixels.ts";

/** An image in one colour. */
export interface Sprite {
  /** `[28, 28]`, 0 (see-through) to 255 (the full colour). */
  readonly image: Pixels;
  /** `#rrggbb`. */
  readonly color: string;
  /** Where its middle stands, in pixels from the top left corner. */
  readonly x: number;
  readonly y: number;
}

/** Pixels of an image, each of which is one of the figure: sharp, and the smallest picture. */
const SIZE = 28;

/** How near to one another two sprites may stand, in pixels of the figure. */
const LEAST_DISTANCE = 0.8 * SIZE;

/**
 * Those of some sprites that can be seen: each that stands too near to one before it is left out.
 * What is left is the same for the same order.
 */
export function apart(sprites: readonly Sprite[]): Sprite[] {
  const kept: Sprite[] = [];
  for (const sprite of sprites) {
    const isFree = kept.every(({ x, y }) =>
      Math.hypot(x - sprite.x, y - sprite.y) >= LEAST_DISTANCE
    );
    if (isFree) kept.push(sprite);
  }
  return kept;
}

/**
 * Many small images at their places, as one picture: an SVG element.
 *
 * @throws {RangeError} If an image has not 784 pixels.
 */
export function sprites(
  sprites: readonly Sprite[],
  { width, height }: { readonly width: number; readonly height: number },
): string {
  const canvas = createCanvas(width, height);
  const context = canvas.getContext("2d");
  const stamp = createCanvas(SIZE, SIZE);
  const stampContext = stamp.getContext("2d");
  sprites.forEach(({ image, color, x, y }, i) => {
    assertLength(image, SIZE ** 2, { action: "draw a map", name: `pixels in image ${i}` });
    const data = stampContext.createImageData(SIZE, SIZE);
    const rgb = parseInt(color.slice(1), 16);
    for (let p = 0; p < SIZE ** 2; p++) {
      data.data.set([rgb >> 16, (rgb >> 8) & 255, rgb & 255, image[p]], 4 * p);
    }
    stampContext.putImageData(data, 0, 0);
    // At whole pixels nothing is interpolated.
    context.drawImage(stamp, Math.round(x - SIZE / 2), Math.round(y - SIZE / 2));
  });
  return picture(canvas.toDataURL("image/png"), { width, height });
}
