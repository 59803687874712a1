import { writeAtomically } from "../files/mod.ts";
import { sha256 } from "./sha256.ts";

const MANIFEST = "SHA256SUMS";
const LISTED_FOLDERS = ["results", "weights"];

/**
 * Checks every file under results/ and weights/ of a data folder against its SHA256SUMS,
 * which sha256sum(1) reads too: `sha256sum --check SHA256SUMS` in that folder.
 *
 * @throws {Deno.errors.InvalidData} If files are altered, missing or unlisted; it names each.
 * @throws {Deno.errors.NotFound} If there is no SHA256SUMS.
 * @throws {SyntaxError} If a line of it is malformed or repeats a file.
 */
export async function verifySums(dataDirectory: string): Promise<void> {
  const path = `${dataDirectory}/${MANIFEST}`;
  const listed = parseManifest(await Deno.readTextFile(path), path);
  const found = await sums(dataDirectory);
  const complaints: string[] = [];
  for (const [file, sum] of listed) {
    if (!found.has(file)) complaints.push(`${file} is missing`);
    else if (found.get(file) !== sum) complaints.push(`${file} is altered`);
  }
  for (const file of found.keys()) {
    if (!listed.has(file)) complaints.push(`${file} is not listed`);
  }
  if (complaints.length > 0) {
    throw new Deno.errors.InvalidData(
      `Cannot trust the files of ${dataDirectory}: by ${path}, ${complaints.join(", ")}`,
    );
  }
}

/** Writes SHA256SUMS of a data folder anew, sorted by path. */
export async function writeSums(dataDirectory: string): Promise<void> {
  const lines = [...await sums(dataDirectory)].map(([file, sum]) => `${sum}  ${file}\n`);
  await writeAtomically(`${dataDirectory}/${MANIFEST}`, lines.join(""));
}

function parseManifest(text: string, path: string): Map<string, string> {
  const listed = new Map<string, string>();
  text.split("\n").slice(0, -1).forEach((line, i) => {
    const [, sum, file] = line.match(/^([0-9a-f]{64}) [ *](.+)$/) ?? [];
    if (file === undefined || listed.has(file)) {
      throw new SyntaxError(
        `Cannot read ${path}: line ${i + 1} is ${
          JSON.stringify(line)
        }, expected a SHA-256, two spaces and a path that no other line has`,
      );
    }
    listed.set(file, sum);
  });
  if (!text.endsWith("\n") && text !== "") {
    throw new SyntaxError(`Cannot read ${path}: its last line does not end, expected a newline`);
  }
  return listed;
}

/** The SHA-256 of every listed folder's files by their paths within the data folder, sorted. */
async function sums(dataDirectory: string): Promise<Map<string, string>> {
  const paths: string[] = [];
  for (const folder of LISTED_FOLDERS) paths.push(...await filesUnder(dataDirectory, folder));
  const found = new Map<string, string>();
  for (const path of paths.sort()) {
    found.set(path, await sha256(await Deno.readFile(`${dataDirectory}/${path}`)));
  }
  return found;
}

async function filesUnder(root: string, folder: string): Promise<string[]> {
  const files: string[] = [];
  try {
    for await (const { name, isDirectory } of Deno.readDir(`${root}/${folder}`)) {
      const path = `${folder}/${name}`;
      if (isDirectory) files.push(...await filesUnder(root, path));
      else files.push(path);
    }
  } catch (error) {
    // A checkout without results or weights has nothing to list, and git keeps no empty folder.
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return files;
}
