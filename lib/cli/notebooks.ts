/**
 * `deno task notebooks [--check] [NAME…]`: runs the notebooks headless.
 *
 * @module
 */
import { basename, join, relative } from "node:path";
import { parseArgs } from "node:util";
import { loadFashionMnist } from "../dataset/mod.ts";
import { writeAtomically } from "../files/mod.ts";
import {
  countFaults,
  differingKinds,
  galleryPicture,
  hashCells,
  type Notebook,
  outputErrors,
  parseNotebook,
  sha256,
  staleness,
  stringifyNotebook,
  withProvenance,
} from "../notebook_files/mod.ts";
import { checkCells } from "./check_cells.ts";
import { command, unlessStopped } from "./command.ts";
import { ROOT } from "./folders.ts";
import { type Jupyter, setUpJupyter } from "./jupyter.ts";
import { runNotebook } from "./run_notebook.ts";

const USAGE = `deno task notebooks [--check] [NAME…]

Runs the notebooks, or those named (03 for 03_small_cnn), each from a clean kernel and from top to
bottom, and writes their outputs, which takes minutes.

  --check  runs them at a small size, writes nothing, and fails on an error, on outputs of other
           kinds than the committed ones, on committed outputs that are stale or not of one clean
           run, on a notebook over 3 MB, and on cells that do not type-check or lint. Cells are
           counted from 1, prose included`;

const FOLDER = join(ROOT, "notebooks");
const MOST_BYTES = 3_000_000;

/** Runs a notebook at the reader's size and writes its outputs, unless a cell fails. */
async function write(path: string, jupyter: Jupyter, signal: AbortSignal): Promise<string[]> {
  const { notebook, inputs, seconds } = await runNotebook(path, jupyter, {
    size: "reader",
    signal,
  });
  const errors = outputErrors(notebook);
  if (errors.length === 0) {
    const hashes = await Promise.all(
      inputs.map(async (input) => [input, await hashFile(input) ?? ""] as const),
    );
    const provenance = { cells: await hashCells(notebook), inputs: Object.fromEntries(hashes) };
    const picture = galleryPicture(notebook);
    if (picture !== undefined) await writeAtomically(picturePath(path), picture);
    await writeAtomically(path, stringifyNotebook(withProvenance(notebook, provenance)));
  }
  console.log(`${basename(path)}: ${seconds.toFixed(1)} s`);
  return errors;
}

/** Looks for faults in a committed notebook, and runs it at the test's size. */
async function check(path: string, jupyter: Jupyter, signal: AbortSignal): Promise<string[]> {
  const text = await Deno.readTextFile(path);
  const committed: Notebook = parseNotebook(text, basename(path));
  const bytes = new TextEncoder().encode(text).length;
  const { notebook, inputs, seconds } = await runNotebook(path, jupyter, { size: "test", signal });
  console.log(`${basename(path)}: ${seconds.toFixed(1)} s at the test's size`);
  return [
    ...(bytes > MOST_BYTES ? [`it has ${bytes} bytes, at most ${MOST_BYTES} may be`] : []),
    ...countFaults(committed),
    ...await galleryFaults(path, committed),
    ...await staleness(committed, hashFile, { read: inputs }),
    ...outputErrors(committed).map((error) => `committed with an error, ${error}`),
    ...outputErrors(notebook),
    ...differingKinds(committed, notebook),
    ...await checkCells(path, committed),
  ];
}

/** What was found, or else why it could not be looked for: one notebook does not hide another's. */
async function faultsOf(find: () => Promise<string[]>): Promise<string[]> {
  try {
    return await find();
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

/** Where a notebook's picture for the README lies. */
const picturePath = (path: string) =>
  join(FOLDER, "pictures", basename(path).replace(/ipynb$/, "png"));

/** Whether the README shows what the notebook does. */
async function galleryFaults(path: string, committed: Notebook): Promise<string[]> {
  const picture = galleryPicture(committed);
  if (picture === undefined) return ["no cell with a figure has the tag gallery"];
  const shown = await hashFile(relative(ROOT, picturePath(path)));
  return shown === await sha256(picture) ? [] : ["its picture in notebooks/pictures is another"];
}

async function hashFile(path: string): Promise<string | undefined> {
  try {
    return await sha256(await Deno.readFile(join(ROOT, path)));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** The notebooks' paths in order: those whose names begin with one of `names`, or all. */
async function findNotebooks(names: readonly string[]): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir(FOLDER), ({ name }) => name);
  const all = entries.filter((name) => /^\d\d_.*\.ipynb$/.test(name)).sort();
  const unknown = names.find((name) => !all.some((notebook) => notebook.startsWith(name)));
  if (unknown !== undefined) {
    throw new RangeError(`there is no notebook "${unknown}", only ${all.join(", ")}`);
  }
  return all.filter((notebook) =>
    names.length === 0 || names.some((name) => notebook.startsWith(name))
  ).map((name) => join(FOLDER, name));
}

if (import.meta.main) {
  await command(USAGE, async (signal) => {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { check: { type: "boolean", default: false } },
    });
    const paths = await findNotebooks(positionals);
    await using jupyter = await unlessStopped(signal, setUpJupyter());
    // Once here, or the first notebook would tell where the files came from.
    await loadFashionMnist({ signal });
    const faults: string[] = [];
    for (const path of paths) {
      const found = await faultsOf(() => (values.check ? check : write)(path, jupyter, signal));
      signal.throwIfAborted();
      faults.push(...found.map((fault) => `${basename(path)}, ${fault}`));
    }
    if (faults.length > 0) {
      throw new Error(`faults in the notebooks: ${faults.length}\n${faults.join("\n")}`);
    }
  });
}
