import { statSync } from "node:fs";
import { join } from "node:path";
import { callersPath } from "../../files/mod.ts";
import { checkedContent, type DataFile, maxByteLength } from "./data_file.ts";
import type { FoundFile, Source } from "./source.ts";

/** A folder with the files in it, compressed (`.gz`) or not. */
export function folder(directory: string): Source {
  return { place: directory, chosen: false, read: (files) => readFolder(directory, files) };
}

/**
 * The folder that an environment variable names, relative to where the user is; `undefined` if it is
 * not set, or may not be read.
 *
 * @throws {Deno.errors.NotFound} If there is no such folder.
 */
export function environmentFolder(variable: string): Source | undefined {
  const { state } = Deno.permissions.querySync({ name: "env", variable });
  const named = state === "granted" ? Deno.env.get(variable) : undefined;
  if (!named) return undefined;
  const directory = callersPath(named);
  if (!statSync(directory, { throwIfNoEntry: false })?.isDirectory()) {
    throw new Deno.errors.NotFound(`Cannot use ${variable}: ${directory} is no folder`);
  }
  return { place: variable, chosen: true, read: (files) => readFolder(directory, files) };
}

/**
 * Reads a file and checks it.
 *
 * @throws {Deno.errors.NotFound} If there is none.
 * @throws {Deno.errors.InvalidData} If it is not an ordinary file, or not the file it should be.
 */
export async function readDataFile(
  path: string,
  file: DataFile,
): Promise<Uint8Array<ArrayBuffer>> {
  const { isFile, size } = await Deno.stat(path);
  if (!isFile) throw new Deno.errors.InvalidData(`Cannot use ${path}: it is not a file`);
  if (size > maxByteLength(file)) {
    throw new Deno.errors.InvalidData(
      `Cannot use ${path}: it is ${size} bytes, expected at most ${file.byteLength}`,
    );
  }
  return await checkedContent(file, await Deno.readFile(path), path);
}

async function* readFolder(
  directory: string,
  files: readonly DataFile[],
): AsyncGenerator<FoundFile> {
  for (const file of files) {
    yield { file, content: await readPlainOrCompressed(directory, file) };
  }
}

async function readPlainOrCompressed(
  directory: string,
  file: DataFile,
): Promise<Uint8Array<ArrayBuffer>> {
  for (const name of [file.name, `${file.name}.gz`]) {
    try {
      return await readDataFile(join(directory, name), file);
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
  throw new Deno.errors.NotFound(`no ${file.name} or ${file.name}.gz in ${directory}`);
}
