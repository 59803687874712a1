import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { granted } from "./permissions.ts";

/** The checkout's folder of the data files, which `deno task test` fills. */
const CACHE = fileURLToPath(new URL("../data/cache", import.meta.url));

/** Whether tests of the real data can run; where not, they are skipped by name. */
export function fashionMnistAvailable(): boolean {
  if (!granted("read")) return false;
  return ["train", "t10k"].every((part) =>
    existsSync(`${CACHE}/${part}-images-idx3-ubyte`) &&
    existsSync(`${CACHE}/${part}-labels-idx1-ubyte`)
  );
}
