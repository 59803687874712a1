/**
 * The kernel's agent within Deno's kernel: runs the cells that the kernel in front sends, and puts
 * what comes of them among the outputs.
 *
 * @module
 */
import { captureOutputs, flushChildren } from "./capture.ts";
import { COMMS, receiveComm } from "./comms.ts";
import { announce, bound, emit, taken, within } from "./contexts.ts";
import { displayData } from "./display.ts";
import { runScript } from "./evaluate.ts";
import type { LineStart } from "./line_worker.ts";
import { type FromAgent, MARKS, type Outcome, type Place, type ToAgent } from "./protocol.ts";
import { nameCell, nameCellsInStacks, placeIn, placeOfError } from "./stack_traces.ts";
import { abort, each, letQuestionsBeStopped, race, rejectWaits, stopSignal } from "./stop.ts";

/** The code of the cell that runs. */
let main: () => Promise<unknown> = () => Promise.resolve();

/** The cell that runs, and what ends it where it does not end by itself. */
let running: { readonly cell: number; readonly end: (outcome: Outcome) => void } | undefined;

/**
 * Serves the kernel in front until it hangs up, which ends this process.
 *
 * @param options.token Tells the kernel that this is its agent.
 */
export function startAgent({ port, token }: { port: number; token: string }): void {
  captureOutputs();
  letQuestionsBeStopped();
  nameCellsInStacks();
  Object.assign(globalThis, {
    $cell: { race, each, named, start },
    [Symbol.for("Jupyter.comms")]: COMMS,
    [Symbol.for("Jupyter.stopSignal")]: stopSignal,
  });
  if (Deno.build.os !== "windows") {
    // Jupyter may send it to the whole group. The kernel in front has it too, and tells what to do.
    Deno.addSignalListener("SIGINT", () => {});
  }
  const line = new Worker(new URL("./line_worker.ts", import.meta.url), { type: "module" });
  const write = (message: FromAgent) => line.postMessage(JSON.stringify(message));
  line.onmessage = ({ data }: MessageEvent<ToAgent>) => take(data, write);
  const firstLine = JSON.stringify({ type: "hello", token } satisfies FromAgent);
  line.postMessage({ port, firstLine, taken } satisfies LineStart);
}

function take(message: ToAgent, write: (message: FromAgent) => void): void {
  if (message.type === "run") run(message);
  else if (message.type === "ping") write({ type: "pong" });
  else if (message.type === "stop") abort();
  // A cell may have ended while the word was on its way, and another one have begun.
  else if (message.type === "reject") {
    if (running?.cell === message.cell) rejectWaits();
  } else if (message.type === "end") endCell(message.cell);
  else if (message.type === "comm") queueMicrotask(() => receiveComm(message.message));
}

function run({ cell, name, code, sourceMap, show }: ToAgent & { type: "run" }): void {
  const { promise, resolve } = Promise.withResolvers<Outcome>();
  running = { cell, end: resolve };
  within(cell, async () => {
    announce();
    void finish(cell, promise);
    const refusal = await runScript(code + nameCell(cell, { name, sourceMap }));
    if (refusal !== undefined) return resolve(failure(refusal.error, placeIn(cell, refusal)));
    // What runs may be terminated, and with it all microtasks that wait, such as those by which the
    // next message comes: it runs when there are none.
    setImmediate(bound(() => queueMicrotask(() => void runMain({ show }).then(resolve))));
  });
}

async function finish(cell: number, ended: Promise<Outcome>): Promise<void> {
  const outcome = await ended;
  running = undefined;
  await flushChildren();
  emit(MARKS.done, { cell, outcome });
}

async function runMain({ show }: { show: boolean }): Promise<Outcome> {
  try {
    const value = await main();
    if (show && value !== undefined) {
      emit("execute_result", { ...await displayData(value), transient: {} });
    }
    return { status: "ok" };
  } catch (error) {
    return failure(error);
  }
}

/** Ends a cell that is being terminated, and would not end by itself. */
function endCell(cell: number): void {
  if (running?.cell !== cell) return;
  rejectWaits();
  running.end(failure(new DOMException("Stopped", "AbortError")));
}

function failure(error: unknown, unread?: Place): Outcome {
  const place = placeOfError(error) ?? unread;
  const shown = Deno.inspect(error, { colors: !Deno.noColor });
  const isError = error instanceof Error || error instanceof DOMException;
  return {
    status: "error",
    ename: isError ? error.name : "Uncaught",
    evalue: isError ? error.message : shown,
    traceback: (isError ? shown : `Uncaught ${shown}`).split("\n"),
    ...place !== undefined && { place },
  };
}

/** Takes a cell's code from its script, which only declares its names. */
function start(given: typeof main): void {
  main = given;
}

/**
 * Makes sure that a module has what a cell imports from it, as modules do.
 *
 * @throws {SyntaxError} If it lacks a name.
 */
function named<T extends object>(module: T, names: readonly string[], specifier: string): T {
  for (const name of names) {
    if (!(name in module)) {
      throw new SyntaxError(`The module "${specifier}" has no export "${name}"`);
    }
  }
  return module;
}
