import { createCanvas } from "@napi-rs/canvas";
import * as Plot from "@observablehq/plot";
import { assertLength, assertWhole, extent } from "./checks.ts";
import { type Drawing, element } from "./drawing.ts";
import { COLORS } from "./style.ts";

/** Values of one channel, row-major, `[height, width]`. */
export type Pixels = ArrayLike<number>;

/** How values become colours. */
export interface PixelColors {
  /**
   * `ink` goes from the white of the paper to black; `sequential` from light to dark blue;
   * `diverging` from orange over white to blue, with white at the middle of the domain.
   *
   * @default {"ink"}
   */
  readonly colors?: "ink" | "sequential" | "diverging";
  /**
   * The values of the first and the last colour; beyond them the colour stays.
   *
   * @default {[0, 255]}
   */
  readonly domain?: readonly [low: number, high: number];
}

/** Five stops from the greatest negative value to the greatest positive one. */
const DIVERGING = ["#7a3600", COLORS.vermilion, "#ffffff", COLORS.blue, "#00304d"];

const RANGES: Readonly<
  Record<NonNullable<PixelColors["colors"]>, { scheme?: "greys" | "blues"; range?: string[] }>
> = {
  ink: { scheme: "greys" },
  sequential: { scheme: "blues" },
  diverging: { range: DIVERGING },
};

/** Colours in a scale less one: an even number, so that one is the middle. */
const STEPS = 256;

/**
 * Gives the colour of a value as red, green and blue, 0..255. If both ends of the domain are the
 * same, every value has the first colour.
 *
 * @throws {RangeError} If an end of the domain or, later, a value is not finite.
 */
export function colorScale(
  { colors = "ink", domain = [0, 255] }: PixelColors = {},
): (value: number) => readonly [red: number, green: number, blue: number] {
  const action = "colour pixels";
  extent(domain, { action, name: "end of the domain" });
  const [low, high] = domain;
  const stops = RANGES[colors].range?.map((_, i, { length }) => STEPS * i / (length - 1));
  const scale = Plot.scale({
    color: { type: "linear", domain: stops ?? [0, STEPS], ...RANGES[colors] },
  });
  const table = Array.from({ length: STEPS + 1 }, (_, i) => rgb(String(scale.apply(i))));
  return (value) => {
    if (!Number.isFinite(value)) {
      throw new RangeError(`Cannot ${action}: a value is ${value}, expected a finite number`);
    }
    const share = high === low ? 0 : (value - low) / (high - low);
    return table[Math.round(STEPS * Math.min(1, Math.max(0, share)))];
  };
}

/** A colour that Plot's scales give: `rgb(1, 2, 3)` or `#010203`. */
function rgb(color: string): [number, number, number] {
  const numbers = color.startsWith("#")
    ? [1, 3, 5].map((start) => parseInt(color.slice(start, start + 2), 16))
    : (color.match(/\d+/g) ?? []).map(Number);
  const [red, green, blue] = numbers;
  return [red, green, blue];
}

/** Where and how large the pictures of a {@linkcode pixelSheet} are. */
export interface SheetOptions extends PixelColors {
  readonly height: number;
  readonly width: number;
  readonly columns: number;
  /** SVG pixels for each of the images' pixels. */
  readonly scale: number;
  /** Image pixels between two images. */
  readonly gapX?: number;
  readonly gapY?: number;
}

/**
 * Images in rows, as one picture whose pixels stay sharp.
 *
 * @throws {RangeError} If there are no images, a size is not positive, or an image has another
 *   number of pixels or one that is not finite.
 */
export function pixelSheet(
  images: readonly Pixels[],
  { height, width, columns, scale, gapX = 1, gapY = 1, ...colors }: SheetOptions,
): Drawing {
  const action = "draw images";
  const whole = { height, width, columns, "the number of images": images.length };
  for (const [name, value] of Object.entries(whole)) assertWhole(value, { action, name });
  extent([scale], { action, name: "scale", positive: true });
  images.forEach((pixels, i) =>
    assertLength(pixels, height * width, { action, name: `pixels in image ${i}` })
  );
  const color = colorScale(colors);
  const rows = Math.ceil(images.length / columns);
  const sheetWidth = columns * (width + gapX) - gapX;
  const sheetHeight = rows * (height + gapY) - gapY;
  const canvas = createCanvas(sheetWidth, sheetHeight);
  const context = canvas.getContext("2d");
  images.forEach((pixels, i) => {
    const data = context.createImageData(width, height);
    for (let p = 0; p < width * height; p++) {
      data.data.set([...color(pixels[p]), 255], 4 * p);
    }
    const column = i % columns;
    const row = (i - column) / columns;
    context.putImageData(data, column * (width + gapX), row * (height + gapY));
  });
  const size = { width: sheetWidth * scale, height: sheetHeight * scale };
  return { svg: picture(canvas.toDataURL("image/png"), size), ...size };
}

/** A PNG within an SVG, whose pixels stay sharp. */
export function picture(
  dataUrl: string,
  { width, height }: { width: number; height: number },
): string {
  // Browsers know `pixelated` for sharp pixels and resvg knows `optimizeSpeed`: the attribute
  // is resvg's, and the style, which overrules it in browsers, theirs.
  return element("image", {
    "xlink:href": dataUrl,
    width,
    height,
    "image-rendering": "optimizeSpeed",
    style: "image-rendering:pixelated",
  });
}
