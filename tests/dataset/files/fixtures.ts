import { encodeHex } from "@std/encoding";
import { gzipSync } from "node:zlib";
import type { DataFile } from "../../../lib/dataset/files/data_file.ts";

/** A small file that stands for one of the data set's. */
export interface SmallFile {
  file: DataFile;
  content: Uint8Array<ArrayBuffer>;
  compressed: Uint8Array<ArrayBuffer>;
}

/** A file of this name whose content is told from the text. */
export async function smallFile(name: string, text: string): Promise<SmallFile> {
  const content = new TextEncoder().encode(text.repeat(100));
  const sha256 = encodeHex(await crypto.subtle.digest("SHA-256", content));
  return {
    file: { name, byteLength: content.length, sha256 },
    content,
    compressed: new Uint8Array(gzipSync(content)),
  };
}

/** A folder that is gone when the block ends that declares it with `await using`. */
export async function temporaryFolder(): Promise<AsyncDisposable & { path: string }> {
  const path = await Deno.makeTempDir();
  return { path, [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }) };
}

/** The names of a folder's entries, sorted. */
export async function entriesOf(path: string): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir(path));
  return entries.map(({ name }) => name).sort();
}
