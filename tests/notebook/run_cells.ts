import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { kernelSpec, TYPES_VARIABLE } from "../../lib/notebook/kernel/mod.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** The virtual environment. */
export const ENVIRONMENT = join(ROOT, ".venv");

/** What a notebook keeps of an output. */
export interface Output {
  readonly output_type: string;
  /** Of what was printed. */
  readonly text?: string;
  /** Of values and figures. */
  readonly data?: Readonly<Record<string, string>>;
  readonly metadata?: Readonly<Record<string, Readonly<Record<string, string | number>>>>;
  /** Of errors. */
  readonly ename?: string;
  readonly evalue?: string;
}

/** What came of a cell. */
export interface CellRun {
  readonly outputs: readonly Output[];
  readonly seconds: number;
  /** Seconds from Stop to the cell's end; `null` where nobody pressed it. */
  readonly stopped: number | null;
}

/** Runs cells in one kernel, in the notebooks' folder, as nbclient does, and presses Stop in one. */
export async function runCells(
  cells: readonly string[],
  { stop = null }: { stop?: number | null } = {},
): Promise<CellRun[]> {
  const kernel = "kernel-under-test";
  const jupyter = await Deno.makeTempDir({ prefix: "jupyter-" });
  try {
    const spec = join(jupyter, "kernels", kernel);
    await Deno.mkdir(spec, { recursive: true });
    await Deno.writeTextFile(
      join(spec, "kernel.json"),
      JSON.stringify(kernelSpec({ env: { NO_COLOR: "1", [TYPES_VARIABLE]: "off" } })),
    );
    const child = new Deno.Command(join(ENVIRONMENT, "bin", "python"), {
      args: [fileURLToPath(new URL("run_cells.py", import.meta.url))],
      env: { JUPYTER_PATH: jupyter, JUPYTER_RUNTIME_DIR: jupyter, IPYTHONDIR: jupyter },
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    const writer = child.stdin.getWriter();
    const task = { kernel, folder: join(ROOT, "notebooks"), cells, stop };
    await writer.write(new TextEncoder().encode(JSON.stringify(task)));
    await writer.close();
    const { code, stdout, stderr } = await child.output();
    if (code !== 0) throw new Error(new TextDecoder().decode(stderr));
    return JSON.parse(new TextDecoder().decode(stdout));
  } finally {
    await Deno.remove(jupyter, { recursive: true });
  }
}
