import type { Channels, Json, Request } from "./protocol/mod.ts";
import type { Engine } from "./engine.ts";
import type { Outcome } from "./inside/mod.ts";
import type { Outputs } from "./outputs.ts";

/** A cell as it is run. */
export interface Cell {
  /** Tells cells apart, from 1. */
  readonly number: number;
  /** How people call it, such as `cell [3]`. */
  readonly name: string;
  readonly text: string;
  /** JupyterLab's id of it. */
  readonly id: string | undefined;
}

/** What the execution of cells needs and tells. */
export interface ExecutionOptions {
  readonly channels: Channels;
  readonly outputs: Outputs;
  /** What runs cells now. */
  readonly engine: () => Promise<Engine>;
  /** A cell that is not silent has come, and has this number. */
  readonly onInput: (cell: Cell, count: number) => void;
  /** It can be read, and is about to run. */
  readonly onRun: (cell: Cell) => void;
  /** A cell has run without an error. */
  readonly onRan: (cell: Cell) => void;
}

type Failure = Outcome & { status: "error" };

/** Runs one cell after the other, in the order in which they are asked for. */
export class Execution {
  readonly #options: ExecutionOptions;
  readonly #compiler = loadCompiler();
  readonly #cells = new Map<number, Cell>();
  readonly #queue: Request[] = [];
  #request: Request | undefined;
  #isAtWork = false;
  #isGivenUp = false;
  #count = 0;

  constructor(options: ExecutionOptions) {
    this.#options = options;
  }

  /** The request that is carried out now. */
  get request(): Request | undefined {
    return this.#request;
  }

  /** Puts a cell behind those that wait. */
  async add(request: Request): Promise<void> {
    this.#queue.push(request);
    if (this.#isAtWork) return;
    this.#isAtWork = true;
    while (this.#queue.length > 0) await this.#carryOut(this.#queue.shift());
    this.#isAtWork = false;
  }

  /** Gives up the cells that wait, and the one that is being compiled. */
  abortQueue(): void {
    const { channels } = this.#options;
    this.#isGivenUp = true;
    for (const request of this.#queue.splice(0)) {
      channels.publishStatus("busy", request.header);
      channels.reply(request, "execute_reply", {
        status: "aborted",
        execution_count: this.#count,
      });
      channels.publishStatus("idle", request.header);
    }
  }

  async #carryOut(request: Request | undefined): Promise<void> {
    if (request === undefined) return;
    const { channels } = this.#options;
    this.#request = request;
    this.#isGivenUp = false;
    channels.publishStatus("busy", request.header);
    const outcome = await this.#execute(request);
    channels.reply(request, "execute_reply", {
      ...outcome.status === "ok"
        ? { status: "ok", payload: [], user_expressions: {} }
        : errorContent(outcome),
      execution_count: this.#count,
    });
    this.#request = undefined;
    channels.publishStatus("idle", request.header);
    if (outcome.status === "error" && request.content.stop_on_error !== false) this.abortQueue();
  }

  async #execute({ header, content, metadata }: Request): Promise<Outcome> {
    const { outputs, onInput, onRan } = this.#options;
    const isSilent = content.silent === true;
    const isCounted = !isSilent && content.store_history !== false;
    if (isCounted) this.#count++;
    const cell: Cell = {
      number: this.#cells.size + 1,
      name: isCounted ? `cell [${this.#count}]` : "code without a cell",
      text: String(content.code),
      id: typeof metadata.cellId === "string" ? metadata.cellId : undefined,
    };
    const { number, text } = cell;
    this.#cells.set(number, cell);
    outputs.begin(number, { header, count: this.#count });
    if (!isSilent) {
      outputs.publish(
        "execute_input",
        { code: text, execution_count: this.#count },
        { cell: number },
      );
      onInput(cell, this.#count);
    }
    const outcome = await this.#compileAndRun(cell, { show: !isSilent });
    outputs.flush();
    if (outcome.status === "ok") {
      if (!isSilent) onRan(cell);
      return outcome;
    }
    const failure = { ...outcome, traceback: [...outcome.traceback, ...this.#excerpt(outcome)] };
    if (!isSilent) outputs.publish("error", errorContent(failure), { cell: number });
    return failure;
  }

  async #compileAndRun(cell: Cell, { show }: { show: boolean }): Promise<Outcome> {
    const { number, name, text } = cell;
    const { compileCell, CellSyntaxError } = await this.#compiler;
    try {
      const engine = await this.#options.engine();
      const { code, sourceMap } = compileCell(text);
      if (show) this.#options.onRun(cell);
      if (this.#isGivenUp) throw new DOMException("Stopped before it began", "AbortError");
      return await engine.run({ cell: number, name, code, sourceMap, show });
    } catch (error) {
      const { name: ename, message: evalue } = error instanceof Error
        ? error
        : new Error(`${error}`);
      const description = error instanceof CellSyntaxError ? error.description : evalue;
      return { status: "error", ename, evalue, traceback: `${ename}: ${description}`.split("\n") };
    }
  }

  /** The line of a cell from which an error came, and a caret. */
  #excerpt({ place }: Failure): string[] {
    const cell = place && this.#cells.get(place.cell);
    const line = place && cell?.text.split("\n")[place.line - 1];
    if (place === undefined || cell === undefined || line === undefined) return [];
    const caret = line.slice(0, place.column - 1).replace(/\S/g, " ") + "^";
    return ["", `${cell.name}, line ${place.line}:`, line, caret];
  }
}

/** Loads TypeScript, and compiles once, since the first time takes as long. */
async function loadCompiler() {
  const compiler = await import("./code/mod.ts");
  compiler.compileCell("");
  return compiler;
}

function errorContent({ ename, evalue, traceback }: Failure): Record<string, Json> {
  return { status: "error", ename, evalue, traceback };
}
