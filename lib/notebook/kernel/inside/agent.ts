/**
 * The kernel's agent within Deno's kernel: runs the cells that the kernel in front sends, and puts
 * what comes of them among the outputs.
 *
 * @module
 */
import { captureOutputs, flushChildren } from "./capture.ts";
import { COMMS, receiveComm } from "./comms.ts";
import { announce, emit, within } from "./contexts.ts";
import { displayData } from "./display.ts";
import { evaluate, forgetEvaluation } from "./evaluate.ts";
import { type FromAgent, MARKS, type Outcome, type ToAgent } from "./protocol.ts";
import { nameCell, nameCellsInStacks, placeOfError } from "./stack_traces.ts";
import { abort, each, letQuestionsBeStopped, race, rejectWaits, stopSignal } from "./stop.ts";

/** Milliseconds in which a cell ends once its waits have been rejected. */
const GRACE = 50;

/** The cell that runs, and what ends it where it does not end by itself. */
let running: { readonly cell: number; readonly end: (outcome: Outcome) => void } | undefined;

/**
 * Connects to the kernel in front and serves it until it hangs up, which ends this process.
 *
 * @param options.token Tells the kernel that this is its agent.
 */
export async function startAgent({ port, token }: { port: number; token: string }): Promise<void> {
  captureOutputs();
  letQuestionsBeStopped();
  nameCellsInStacks();
  Object.assign(globalThis, {
    $cell: { race, each, named },
    [Symbol.for("Jupyter.comms")]: COMMS,
    [Symbol.for("Jupyter.stopSignal")]: stopSignal,
  });
  if (Deno.build.os !== "windows") {
    // Jupyter may send it to the whole group. The kernel in front has it too, and tells what to do.
    Deno.addSignalListener("SIGINT", () => {});
  }
  const line = await Deno.connect({ hostname: "127.0.0.1", port });
  line.setNoDelay(true);
  const write = (message: FromAgent) =>
    line.write(new TextEncoder().encode(JSON.stringify(message) + "\n"));
  await write({ type: "hello", token });
  void listen(line, (message) => {
    // What runs from here may be terminated, and with it whoever called it.
    if (message.type === "run") queueMicrotask(() => run(message));
    else if (message.type === "ping") void write({ type: "pong" });
    else if (message.type === "stop") abort();
    else if (message.type === "giveUp") giveUp(message.cell);
    else queueMicrotask(() => receiveComm(message.message));
  });
}

async function listen(line: Deno.TcpConn, take: (message: ToAgent) => void): Promise<void> {
  let rest = "";
  for await (const text of line.readable.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const json of lines) take(JSON.parse(json));
  }
  Deno.exit();
}

function run({ cell, name, code, sourceMap, show }: ToAgent & { type: "run" }): void {
  const { promise, resolve } = Promise.withResolvers<Outcome>();
  running = { cell, end: resolve };
  within(cell, () => {
    announce();
    void finish(cell, promise);
    // Comes last: a loop that is terminated takes along whoever called it.
    void runToEnd(code + nameCell(cell, { name, sourceMap }), { show }).then(resolve);
  });
}

async function finish(cell: number, ended: Promise<Outcome>): Promise<void> {
  const outcome = await ended;
  running = undefined;
  await flushChildren();
  emit(MARKS.done, { cell, outcome });
}

async function runToEnd(code: string, { show }: { show: boolean }): Promise<Outcome> {
  try {
    const evaluated = await evaluate(code);
    if ("thrown" in evaluated) return failure(evaluated.thrown);
    if (show && evaluated.value !== undefined) {
      emit("execute_result", { ...await displayData(evaluated.value), transient: {} });
    }
    return { status: "ok" };
  } catch (error) {
    return failure(error);
  }
}

/** A cell that waits ends by an error where it waits; one that was terminated has to be ended. */
function giveUp(cell: number): void {
  // It may have ended while the word was on its way, and another one have begun.
  if (running?.cell !== cell) return;
  rejectWaits();
  setTimeout(() => {
    if (running?.cell !== cell) return;
    forgetEvaluation();
    running.end(failure(new DOMException("Stopped", "AbortError")));
  }, GRACE);
}

function failure(error: unknown): Outcome {
  const place = placeOfError(error);
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
