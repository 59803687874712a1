import type { DataFile } from "./data_file.ts";

/** What a source is given beside the files to look for. */
export interface ReadOptions {
  /** Is told what takes time. */
  log: (line: string) => void;
  /** Stops the reading. */
  signal?: AbortSignal;
}

/** A file that a source has found. */
export interface FoundFile {
  file: DataFile;
  /** Its decompressed content, checked against the SHA-256. */
  content: Uint8Array<ArrayBuffer>;
}

/** A place where the data files may be. */
export interface Source {
  /** What the place is called in messages. */
  readonly place: string;
  /** Whether the user chose the place: what fails there is an error, not a reason to go on. */
  readonly chosen: boolean;
  /** Gives the files one by one, and throws at the first that is not to be had. */
  read(files: readonly DataFile[], options: ReadOptions): AsyncIterable<FoundFile>;
}
