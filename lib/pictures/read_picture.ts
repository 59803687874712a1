import type { Image } from "@napi-rs/canvas";
import { upright } from "./orientation.ts";
import type { Picture } from "./picture.ts";
import { pictureHeader } from "./picture_header.ts";

/** The most pixels that are decoded: they take four bytes each. */
const MOST_PIXELS = 100_000_000;

/** Rows that are made grey at a time. */
const STRIP = 256;

/**
 * Reads a PNG or JPEG, turned as its EXIF orientation says, in grey: the luma of ITU-R Rec. BT.601,
 * 0.299 red + 0.587 green + 0.114 blue, as in JPEG itself. Transparent pixels are laid on white.
 *
 * @param source The file's path, or its bytes.
 * @throws {SyntaxError} If it is no PNG or JPEG, or a damaged one; the message says what was found.
 * @throws {RangeError} If it has more than 100 million pixels; none is decoded then.
 * @throws {Deno.errors.NotFound} If there is no such file.
 */
export async function readPicture(source: string | Uint8Array): Promise<Picture> {
  const bytes = typeof source === "string" ? await Deno.readFile(source) : source;
  const { format, width, height, orientation } = pictureHeader(bytes);
  if (width * height > MOST_PIXELS) {
    throw new RangeError(
      `Cannot read a picture: ${width}x${height} are ${width * height} pixels, expected at ` +
        `most ${MOST_PIXELS}`,
    );
  }
  const image = await decode(bytes, format);
  const picture = { width: image.width, height: image.height, values: await grey(image, format) };
  return upright(picture, orientation);
}

/** The decoder is native code, loaded where it is needed: the rest of the folder needs no FFI. */
const decoder = () => import("@napi-rs/canvas");

async function decode(bytes: Uint8Array, format: string): Promise<Image> {
  const { Image } = await decoder();
  const image = new Image();
  try {
    image.src = bytes;
    await image.decode();
    return image;
  } catch (cause) {
    throw new SyntaxError(`Cannot read a picture: the ${format} cannot be decoded`, { cause });
  }
}

async function grey(image: Image, format: string): Promise<Uint8Array> {
  const { createCanvas } = await decoder();
  const { width, height } = image;
  const values = new Uint8Array(width * height);
  for (let top = 0; top < height; top += STRIP) {
    const rows = Math.min(STRIP, height - top);
    const context = createCanvas(width, rows).getContext("2d");
    context.drawImage(image, 0, -top);
    const { data } = context.getImageData(0, 0, width, rows);
    for (let i = 0; i < width * rows; i++) {
      const alpha = data[4 * i + 3];
      // A JPEG knows no transparency: such a pixel is one that the decoder could not fill.
      if (format === "JPEG" && alpha < 255) {
        const row = top + Math.floor(i / width);
        throw new SyntaxError(`Cannot read a picture: the JPEG breaks off in row ${row}`);
      }
      const luma = 0.299 * data[4 * i] + 0.587 * data[4 * i + 1] + 0.114 * data[4 * i + 2];
      values[top * width + i] = Math.round(255 + (luma - 255) * alpha / 255);
    }
  }
  return values;
}
