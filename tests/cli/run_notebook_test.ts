import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { jupyterOf } from "../../lib/cli/jupyter.ts";
import { runNotebook } from "../../lib/cli/run_notebook.ts";
import { outputErrors, outputKinds, stringifyNotebook } from "../../lib/notebook_files/mod.ts";
import { code, notebookOf, prose } from "../notebook_files/fixtures.ts";
import { granted } from "../permissions.ts";
import { ROOT } from "./run_command.ts";

const PYTHON = join(ROOT, ".venv", "bin", "python");
const REFERENCE = "data/reference/study_a.json";

// Without nbclient, which the first `lab` or `notebooks` installs, there is nothing to run it by.
const ignore = !granted("read", "write", "run", "env") || !(await isNbclientThere());

async function isNbclientThere(): Promise<boolean> {
  try {
    const { success } = await new Deno.Command(PYTHON, {
      args: ["-c", "import nbclient"],
      stderr: "null",
    }).output();
    return success;
  } catch {
    return false;
  }
}

async function run(signal: AbortSignal, ...sources: string[]) {
  await using jupyter = await jupyterOf(PYTHON);
  const folder = await Deno.makeTempDir();
  try {
    const path = join(folder, "01_tiny.ipynb");
    const cells = sources.map((source, i) => ({ ...code(source, null), id: `cell-${i}` }));
    const text = stringifyNotebook(notebookOf(prose("# Tiny"), ...cells));
    await Deno.writeTextFile(path, text);
    const result = await runNotebook(path, jupyter, { size: "test", signal });
    assertEquals(await Deno.readTextFile(path), text);
    return { folder: await Deno.realPath(folder), ...result };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test({
  name: "runNotebook() gives the outputs, what was read, and goes on behind an error",
  ignore,
  fn: async () => {
    const { folder, notebook, inputs } = await run(
      new AbortController().signal,
      'console.log(Deno.env.get("NOTEBOOK_SIZE"), Deno.cwd())',
      `(await Deno.readTextFile(${JSON.stringify(join(ROOT, REFERENCE))})).length > 2`,
      'throw new RangeError("too far")',
      "6 * 7",
    );
    const [, first, second, , last] = notebook.cells;
    assertEquals(first.outputs?.map(({ text }) => text), [[`test ${folder}\n`]]);
    assertEquals(second.outputs?.map(({ data }) => data?.["text/plain"]), [["true"]]);
    assertEquals(outputErrors(notebook), ["cell 4: RangeError: too far"]);
    assertEquals(outputKinds(last.outputs ?? []), ["execute_result text/plain"]);
    assertEquals(last.execution_count, 4);
    assertEquals(inputs, [REFERENCE]);
  },
});

Deno.test({
  name: "runNotebook() loses no output of a kernel that calls cells done too early",
  ignore,
  fn: async () => {
    const sources = [...Array(40).keys()].map((i) => `console.log("cell ${i}"); ${i}`);
    const { notebook } = await run(new AbortController().signal, ...sources);
    assertEquals(
      notebook.cells.slice(1).map(({ outputs = [] }) =>
        outputs.map(({ text, data }) => text ?? data?.["text/plain"])
      ),
      sources.map((_, i) => [[`cell ${i}\n`], [`${i}`]]),
    );
  },
});

Deno.test({
  name: "runNotebook() has the error of a cell that ends Deno's kernel",
  ignore,
  fn: async () => {
    const { notebook } = await run(new AbortController().signal, "Deno.exit(3)", "1");
    const [error, ...others] = outputErrors(notebook);
    assertStringIncludes(error, "KernelEnded: Deno's kernel has ended (exit code 3)");
    assertEquals(others, []);
  },
});

Deno.test({
  name: "runNotebook() ends within seconds of a stop",
  ignore,
  fn: async () => {
    const started = performance.now();
    await assertRejects(
      () => run(AbortSignal.timeout(3_000), "await new Promise((go) => setTimeout(go, 60_000))"),
      Error,
      "Cannot run 01_tiny.ipynb",
    );
    assert(performance.now() - started < 20_000);
  },
});
