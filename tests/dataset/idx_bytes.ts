/** An IDX file with this header of 32-bit integers and this content. */
export function idxBytes(header: number[], content: ArrayLike<number>): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(4 * header.length + content.length);
  const view = new DataView(bytes.buffer);
  header.forEach((value, i) => view.setUint32(4 * i, value));
  bytes.set(content, 4 * header.length);
  return bytes;
}
