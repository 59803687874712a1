import type { Picture } from "../../lib/pictures/mod.ts";
import { randomStream } from "../../lib/tensorflow/mod.ts";

/** Draws a picture by a function of the pixel's column and row. */
export function draw(
  { width, height }: { width: number; height: number },
  level: (x: number, y: number) => number,
): Picture {
  const values = Uint8Array.from(
    { length: width * height },
    (_, i) => Math.max(0, Math.min(255, Math.round(level(i % width, Math.floor(i / width))))),
  );
  return { width, height, values };
}

/** The same picture with light and dark exchanged. */
export function inverted(picture: Picture): Picture {
  return { ...picture, values: picture.values.map((value) => 255 - value) };
}

/** Encodes a picture as PNG or JPEG; the quality, 0..100, is for JPEG. */
export async function encode(
  { width, height, values }: Picture,
  { format = "png", quality = 90 }: { format?: "png" | "jpeg"; quality?: number } = {},
): Promise<Uint8Array> {
  const pixels = Uint8ClampedArray.from(
    { length: 4 * width * height },
    (_, i) => i % 4 === 3 ? 255 : values[i >> 2],
  );
  return await encodePixels(pixels, { width, format, quality });
}

/** Encodes red, green, blue and alpha, 0..255, `[height, width, 4]`. */
export async function encodePixels(
  pixels: Uint8ClampedArray<ArrayBuffer>,
  { width, format = "png", quality = 90 }: {
    width: number;
    format?: "png" | "jpeg";
    quality?: number;
  },
): Promise<Uint8Array> {
  const { createCanvas, ImageData } = await import("@napi-rs/canvas");
  const height = pixels.length / 4 / width;
  const canvas = createCanvas(width, height);
  canvas.getContext("2d").putImageData(new ImageData(pixels, width, height), 0, 0);
  return new Uint8Array(
    format === "png" ? canvas.toBuffer("image/png") : canvas.toBuffer("image/jpeg", quality),
  );
}

/** A T-shirt's outline in a square of side 1: a body with two sleeves. */
export function shirt(u: number, v: number): boolean {
  if (v < 0 || v > 1) return false;
  return Math.abs(u - 0.5) < (v < 0.35 ? 0.5 - 0.2 * v : 0.28);
}

/** Mean absolute difference of two images. */
export function meanDifference(a: Uint8Array, b: Uint8Array): number {
  return a.reduce((sum, value, i) => sum + Math.abs(value - b[i]), 0) / a.length;
}

/** Normal numbers of mean 0 (G. Box and M. Muller, 1958), always the same. */
export function normalNoise(deviation: number): () => number {
  const random = randomStream(0, "noise");
  return () => {
    const radius = Math.sqrt(-2 * Math.log(1 - random()));
    return deviation * radius * Math.cos(2 * Math.PI * random());
  };
}
