import { join } from "node:path";
import { writeAtomically } from "../../files/mod.ts";
import type { DataFile } from "./data_file.ts";
import { readDataFile } from "./folder.ts";

/**
 * Reads a file from the cache.
 *
 * @throws {Deno.errors.NotFound} If it is not there.
 * @throws {Deno.errors.InvalidData} If it is not what was written.
 */
export async function readCache(
  directory: string,
  file: DataFile,
): Promise<Uint8Array<ArrayBuffer>> {
  return await readDataFile(join(directory, file.name), file);
}

/**
 * Writes a file's decompressed content to the cache, which is made if need be. Another process
 * sees the whole file or none.
 *
 * @throws {Deno.errors.PermissionDenied} If the folder can't be written, and likewise
 * for what else the file system refuses. Nothing is left behind.
 */
export async function writeCache(
  directory: string,
  file: DataFile,
  content: Uint8Array,
): Promise<void> {
  await Deno.mkdir(directory, { recursive: true });
  await writeAtomically(join(directory, file.name), content);
}
