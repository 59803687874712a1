/**
 * `deno task assembly`: compiles lib/knn/assembly, TypeScript by AssemblyScript's dialect, to
 * search.wasm.
 *
 * @module
 */
import * as asc from "assemblyscript/asc";
import { writeAtomically } from "../files/mod.ts";
import { command } from "./command.ts";
import { ROOT } from "./folders.ts";

const USAGE = `deno task assembly

Compiles lib/knn/assembly/search.ts, in AssemblyScript, to search.wasm beside it.`;

const FOLDER = `${ROOT}lib/knn/assembly`;

/** The compiled file. */
export const ASSEMBLY = `${FOLDER}/search.wasm`;

// deno-fmt-ignore
const OPTIONS = [
  "search.ts", "--outFile", "search.wasm", "-O3", "--noAssert", "--runtime", "stub",
  // The memory is the caller's, shared by the threads.
  "--enable", "simd,threads", "--importMemory", "--sharedMemory",
  "--initialMemory", "1", "--maximumMemory", "65536",
  // Vectors go from one function of ours to another, not to JavaScript.
  "--disableWarning", "112",
];

/**
 * The bytes that AssemblyScript makes of the sources.
 *
 * @throws {SyntaxError} Where they do not compile.
 */
export async function compileAssembly(): Promise<Uint8Array> {
  let wasm: Uint8Array | undefined;
  const { error, stderr } = await asc.main(OPTIONS, {
    readFile: (name) => {
      try {
        return Deno.readTextFileSync(`${FOLDER}/${name}`);
      } catch {
        // The compiler asks for files that may exist.
        return null;
      }
    },
    writeFile: (_, contents) => {
      if (typeof contents !== "string") wasm = contents;
    },
    listFiles: () => [],
  });
  if (error || !wasm) throw new SyntaxError(`Cannot compile the assembly: ${stderr}`);
  return wasm;
}

if (import.meta.main) {
  await command(USAGE, async () => await writeAtomically(ASSEMBLY, await compileAssembly()));
}
