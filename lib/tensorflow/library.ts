import { createRequire } from "node:module";
import { dirname, isAbsolute, join, resolve } from "node:path";

/** TensorFlow's shared library by platform: as Python's wheels name it, then the stock one. */
const FILE_NAMES: Partial<Record<typeof Deno.build.os, string[]>> = {
  darwin: ["libtensorflow_cc.2.dylib", "libtensorflow.2.dylib"],
  linux: ["libtensorflow_cc.so.2", "libtensorflow.so.2"],
  windows: ["tensorflow.dll"],
};

/**
 * Finds TensorFlow's shared library and returns its path. Looked for in this order:
 *
 * 1. the environment variable `TENSORFLOW_LIBRARY`, a file or a folder, relative to where
 *    `deno task` was called: where it is set, nothing else is tried;
 * 2. the active virtual environment, `VIRTUAL_ENV`;
 * 3. a virtual environment `.venv` in this module's folder or one above it, then in the
 *    working directory or one above it;
 * 4. the folder `deps/lib` of the package `@tensorflow/tfjs-node-gpu`;
 * 5. the folders of `LD_LIBRARY_PATH` (on macOS `DYLD_LIBRARY_PATH`), then
 *    /usr/local/lib and /usr/lib.
 *
 * @throws {Deno.errors.NotFound} If it is in none of these places; the message names each.
 */
export function findTensorflowLibrary(): string {
  const fileNames = FILE_NAMES[Deno.build.os] ?? [];
  const named = callersPath(environment("TENSORFLOW_LIBRARY"));
  const tried: string[] = [];
  if (named !== undefined && isFile(named)) return named;
  for (const folder of named === undefined ? candidateFolders() : [named]) {
    for (const fileName of fileNames) {
      if (isFile(join(folder, fileName))) return join(folder, fileName);
    }
    tried.push(folder);
  }
  const places = tried.map((folder) => `\n  ${folder}`).join("");
  throw new Deno.errors.NotFound(
    named === undefined
      ? `Cannot find TensorFlow's library: no ${fileNames.join(" or ")} in${places}\n` +
        "Install it with pip (tensorflow-cpu) in .venv, or name it in TENSORFLOW_LIBRARY"
      : `Cannot find TensorFlow's library: TENSORFLOW_LIBRARY names ${named}, which is neither ` +
        `such a file nor a folder with ${fileNames.join(" or ")}`,
  );
}

function candidateFolders(): string[] {
  const virtualEnvironments = [
    environment("VIRTUAL_ENV"),
    ...[import.meta.dirname, Deno.cwd()].flatMap((start) => folderAndParents(start))
      .map((folder) => join(folder, ".venv")),
  ];
  const searchPath = Deno.build.os === "darwin" ? "DYLD_LIBRARY_PATH" : "LD_LIBRARY_PATH";
  const folders = [
    ...virtualEnvironments.flatMap((folder) => folder === undefined ? [] : sitePackages(folder)),
    ...packageFolder(),
    ...(environment(searchPath)?.split(":").filter((folder) => folder !== "") ?? []),
    ...(Deno.build.os === "windows" ? [] : ["/usr/local/lib", "/usr/lib"]),
  ];
  return [...new Set(folders)];
}

/** A Python wheel's folder in a virtual environment, for each Python version that is in it. */
function sitePackages(virtualEnvironment: string): string[] {
  const wheel = ["site-packages", "tensorflow"];
  if (Deno.build.os === "windows") return [join(virtualEnvironment, "Lib", ...wheel)];
  try {
    return Array.from(Deno.readDirSync(join(virtualEnvironment, "lib")))
      .filter(({ name }) => name.startsWith("python"))
      .map(({ name }) => join(virtualEnvironment, "lib", name, ...wheel));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [virtualEnvironment];
    throw error;
  }
}

function packageFolder(): string[] {
  const module = "@tensorflow/tfjs-node-gpu/dist/tfjs_binding.js";
  try {
    return [join(dirname(createRequire(import.meta.url).resolve(module)), "..", "deps", "lib")];
  } catch {
    return []; // The package has not been loaded: then it has no library either.
  }
}

function folderAndParents(start: string | undefined): string[] {
  const folders: string[] = [];
  for (let folder = start; folder !== undefined; folder = dirname(folder)) {
    folders.push(folder);
    if (dirname(folder) === folder) break;
  }
  return folders;
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
      return false;
    }
    throw error;
  }
}

/** Relative paths start where a task was called, which `deno task` says: it runs elsewhere. */
function callersPath(path: string | undefined): string | undefined {
  if (path === undefined || isAbsolute(path)) return path;
  return resolve(environment("INIT_CWD") ?? "", path);
}

function environment(name: string): string | undefined {
  return Deno.env.get(name) || undefined;
}
