import { encodeHex } from "@std/encoding";
import { gunzip } from "./gunzip.ts";

/** A file of the data set, as it is when decompressed. */
export interface DataFile {
  /** Its name, without `.gz`. */
  readonly name: string;
  /** Its length in bytes. */
  readonly byteLength: number;
  /** The SHA-256 of its content, in lower-case hexadecimal digits. */
  readonly sha256: string;
}

/** The four files of Fashion-MNIST, as corrected on 31 August 2017. */
export const DATA_FILES = {
  trainImages: {
    name: "train-images-idx3-ubyte",
    byteLength: 47_040_016,
    sha256: "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
  },
  trainLabels: {
    name: "train-labels-idx1-ubyte",
    byteLength: 60_008,
    sha256: "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
  },
  testImages: {
    name: "t10k-images-idx3-ubyte",
    byteLength: 7_840_016,
    sha256: "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
  },
  testLabels: {
    name: "t10k-labels-idx1-ubyte",
    byteLength: 10_008,
    sha256: "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34",
  },
} as const satisfies Record<string, DataFile>;

/** The most bytes that a file may take, compressed or not: gzip adds little to the worst content. */
export function maxByteLength({ byteLength }: DataFile): number {
  return byteLength + 1024;
}

/**
 * Makes sure that bytes are those of a file, decompressing them if they are gzip.
 *
 * @param bytes The file as it was found, compressed or not.
 * @param origin The path or address it was found at, for the error.
 * @returns The decompressed content.
 * @throws {Deno.errors.InvalidData} If it is broken gzip, or the content is another.
 */
export async function checkedContent(
  file: DataFile,
  bytes: Uint8Array<ArrayBuffer>,
  origin: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const content = isGzip(bytes) ? unpacked(file, bytes, origin) : bytes;
  const sha256 = encodeHex(await crypto.subtle.digest("SHA-256", content));
  if (sha256 !== file.sha256) {
    throw new Deno.errors.InvalidData(
      `Cannot use ${origin}: SHA-256 of its content is ${sha256}, expected ${file.sha256}`,
    );
  }
  return content;
}

function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

function unpacked(
  { byteLength }: DataFile,
  bytes: Uint8Array<ArrayBuffer>,
  origin: string,
): Uint8Array<ArrayBuffer> {
  try {
    return gunzip(bytes, { maxByteLength: byteLength });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new Deno.errors.InvalidData(`Cannot use ${origin}: ${error.message}`, { cause: error });
  }
}
