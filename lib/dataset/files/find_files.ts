import { readCache, writeCache } from "./cache.ts";
import type { DataFile } from "./data_file.ts";
import type { Source } from "./source.ts";

/** Options of {@linkcode findFiles}. */
export interface FindFilesOptions {
  /** The folder that is looked at first and keeps what the sources give. */
  cacheDirectory: string;
  /** Is told, a line each, what takes time and where the files came from. */
  log: (line: string) => void;
  /** Stops the search. */
  signal?: AbortSignal;
}

/**
 * Finds files in the cache, or else in the first of the sources that has them. A file that one
 * source gave is not asked of the next.
 *
 * @returns The decompressed content of each file, checked against its SHA-256, in their order.
 * @throws {Deno.errors.NotFound} If files are missing at the end, with every place and reason, or in
 *   a place that the user chose.
 * @throws {Deno.errors.InvalidData} If a place that the user chose has a wrong file.
 * @throws {DOMException} An AbortError, if the signal stops the search.
 */
export async function findFiles(
  files: readonly DataFile[],
  sources: readonly Source[],
  { cacheDirectory, log, signal }: FindFilesOptions,
): Promise<Uint8Array<ArrayBuffer>[]> {
  const contents = new Map<DataFile, Uint8Array<ArrayBuffer>>();
  const reasons: string[] = [];
  for (const file of files) {
    try {
      contents.set(file, await readCache(cacheDirectory, file));
    } catch (error) {
      if (error instanceof Deno.errors.InvalidData) log(`${error.message}; looking for another`);
      // One reason for the cache is enough, whichever files it lacks.
      reasons[0] ??= `the cache: ${messageOf(error)}`;
    }
  }
  for (const source of sources) {
    signal?.throwIfAborted();
    const missing = files.filter((file) => !contents.has(file));
    if (missing.length === 0) break;
    try {
      for await (const { file, content } of source.read(missing, { log, signal })) {
        contents.set(file, content);
        await keep(file, content, { cacheDirectory, log });
      }
      log(`Found ${missing.map(({ name }) => name).join(", ")} in ${source.place}`);
    } catch (error) {
      signal?.throwIfAborted();
      const reason = `${source.place}: ${messageOf(error)}`;
      if (source.chosen && error instanceof Deno.errors.InvalidData) {
        throw new Deno.errors.InvalidData(reason, { cause: error });
      }
      if (source.chosen) throw new Deno.errors.NotFound(reason, { cause: error });
      reasons.push(reason);
    }
  }
  return files.map((file) => contents.get(file) ?? notFound(file, reasons));
}

/** Writes to the cache; that it can't is worth a line, but the content is there all the same. */
async function keep(
  file: DataFile,
  content: Uint8Array,
  { cacheDirectory, log }: Pick<FindFilesOptions, "cacheDirectory" | "log">,
): Promise<void> {
  try {
    await writeCache(cacheDirectory, file, content);
  } catch (error) {
    log(`Cannot keep ${file.name} in ${cacheDirectory}: ${messageOf(error)}`);
  }
}

function notFound(file: DataFile, reasons: readonly string[]): never {
  throw new Deno.errors.NotFound(
    `Cannot find ${file.name}. Tried:\n${reasons.map((reason) => `- ${reason}\n`).join("")}` +
      "Download the four .gz files of Fashion-MNIST and set FASHION_MNIST_DIR to their folder, " +
      "or install the Debian package dataset-fashion-mnist",
  );
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { message, cause } = error;
  // fetch() says no more than "fetch failed": the cause says why.
  const more = cause instanceof Error && !message.includes(cause.message);
  return more ? `${message}: ${cause.message}` : message;
}
