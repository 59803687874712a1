import type { Picture } from "./picture.ts";

/** The tag of the orientation, and the types that EXIF knows a whole number of 16 bits by. */
const ORIENTATION = 0x0112;
const SHORT = 3;

/**
 * The orientation that EXIF data state, 1 to 8: which sides of the scene the first row and the first
 * column of pixels are. 1, upright, where they state none or are damaged, as decoders of JPEGs take
 * them.
 *
 * Source: CIPA DC-008, "Exchangeable image file format for digital still cameras: Exif 2.32", 4.6.4.
 *
 * @param exif The data from their TIFF header on.
 */
export function exifOrientation(exif: Uint8Array): number {
  const view = new DataView(exif.buffer, exif.byteOffset, exif.byteLength);
  try {
    const order = view.getUint16(0);
    const isLittle = order === 0x4949;
    if (!isLittle && order !== 0x4d4d) return 1;
    const directory = view.getUint32(4, isLittle);
    const count = view.getUint16(directory, isLittle);
    for (let i = 0; i < count; i++) {
      const entry = directory + 2 + 12 * i;
      if (view.getUint16(entry, isLittle) !== ORIENTATION) continue;
      const isOneShort = view.getUint16(entry + 2, isLittle) === SHORT &&
        view.getUint32(entry + 4, isLittle) === 1;
      const value = view.getUint16(entry + 8, isLittle);
      return isOneShort && value >= 1 && value <= 8 ? value : 1;
    }
    return 1;
  } catch (error) {
    // An offset that points behind the end.
    if (error instanceof RangeError) return 1;
    throw error;
  }
}

/** A picture as its scene was, given the orientation of its pixels. */
export function upright(picture: Picture, orientation: number): Picture {
  if (orientation === 1) return picture;
  const { values, width } = picture;
  const isTurned = orientation > 4;
  const rowsFromEnd = [3, 4, 6, 7].includes(orientation);
  const columnsFromEnd = [2, 3, 7, 8].includes(orientation);
  const turned = isTurned
    ? { width: picture.height, height: picture.width }
    : { width: picture.width, height: picture.height };
  const result = new Uint8Array(values.length);
  for (let y = 0, i = 0; y < turned.height; y++) {
    for (let x = 0; x < turned.width; x++, i++) {
      const [row, column] = isTurned ? [x, y] : [y, x];
      const from = rowsFromEnd ? picture.height - 1 - row : row;
      result[i] = values[from * width + (columnsFromEnd ? width - 1 - column : column)];
    }
  }
  return { ...turned, values: result };
}
