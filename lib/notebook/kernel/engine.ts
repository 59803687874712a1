import { AgentLine } from "./agent_line.ts";
import { DenoKernel } from "./deno_kernel.ts";
import {
  type CommMessage,
  MARKS,
  type Outcome,
  STOPPED_INPUT,
  type ToAgent,
} from "./inside/mod.ts";
import { isJsonObject, type Json, type JsonObject, type Message } from "./protocol/mod.ts";

/** Milliseconds in which code that hears the stop signal alone is expected to end. */
const SOON = 500;

/** Milliseconds that code gets which has asked for the stop signal. */
const PATIENCE = 10_000;

/** How often the termination of a loop is asked for. */
const ATTEMPTS = 5;

/** Characters of what libraries have written to standard error that are told if the process ends. */
const MOST_OF_LOG = 2000;

/** What comes of cells, in order. */
export interface EngineEvents {
  /** From here on outputs are this cell's. */
  onTurn(cell: number): void;
  onPrint(name: string, text: string): void;
  onOutput(message: Message): void;
  onInput(message: Message): void;
  /** The process has ended by itself. */
  onEnd(reason: string): void;
}

interface Running {
  readonly cell: number;
  readonly done: Promise<Outcome>;
  readonly resolve: (outcome: Outcome) => void;
  /** Whether it has asked for the stop signal. */
  hears: boolean;
}

/** Deno's kernel with our agent in it: runs one cell at a time, and stops it. */
export class Engine implements AsyncDisposable {
  readonly #deno: DenoKernel;
  readonly #line: AgentLine;
  readonly #events: EngineEvents;
  #running: Running | undefined;
  #asks = false;
  #pressedAgain: (() => void) | undefined;

  private constructor(deno: DenoKernel, line: AgentLine, events: EngineEvents) {
    this.#deno = deno;
    this.#line = line;
    this.#events = events;
  }

  /**
   * Starts Deno's kernel and its agent.
   *
   * @throws {Error} If the process ends before that.
   */
  static async start(events: EngineEvents): Promise<Engine> {
    const line = new AgentLine();
    let engine: Engine | undefined;
    let log = "";
    const deno = await DenoKernel.start({
      onOutput: (message) => engine !== undefined && engine.#take(message),
      onInput: (message) => {
        if (engine !== undefined) engine.#asks = true;
        events.onInput(message);
      },
      onWrite: (name, text) => {
        if (name === "stdout") return events.onPrint(name, text);
        // Libraries log there what says nothing to a reader. It matters where the process ends.
        log = (log + text).slice(-MOST_OF_LOG);
        Deno.stderr.writeSync(new TextEncoder().encode(text));
      },
    });
    const ended = new AbortController();
    void deno.status.then(({ code, signal }) => {
      const reason = `Deno's kernel has ended (${signal ?? `exit code ${code}`})` +
        (log.trim() === "" ? "" : `. It last wrote: ${log.trim()}`);
      ended.abort(new Error(reason));
      events.onEnd(reason);
    });
    // It allows cells to ask for input, as far as Deno's kernel is concerned.
    void deno.execute(line.bootstrap, { silent: true, allowStdin: true });
    await line.accept(ended.signal);
    // That it is called unstable, for one, says nothing of an end that comes later.
    log = "";
    return engine = new Engine(deno, line, events);
  }

  /** Runs a cell to its end. */
  async run(cell: Omit<ToAgent & { type: "run" }, "type">): Promise<Outcome> {
    const { promise: done, resolve } = Promise.withResolvers<Outcome>();
    this.#running = { cell: cell.cell, done, resolve, hears: false };
    this.#line.send({ type: "run", ...cell });
    const outcome = await done;
    this.#running = undefined;
    return outcome;
  }

  /** Completions by what there is at run time, where nothing runs. */
  async complete(code: string, cursor: number): Promise<JsonObject | undefined> {
    if (this.#running !== undefined) return undefined;
    const reply = await this.#deno.ask({
      type: "complete_request",
      content: { code, cursor_pos: cursor },
    });
    return reply.content;
  }

  sendComm(message: CommMessage): void {
    this.#line.send({ type: "comm", message });
  }

  /** Hands on what was typed; nothing where nobody could be asked. */
  async answerInput(text: string | null): Promise<void> {
    // An answer that comes late is not for the next question.
    if (!this.#asks) return;
    this.#asks = false;
    await this.#deno.answerInput(text);
  }

  /**
   * Stops the cell that runs: first by the stop signal, then where it waits, then by force. Pressed
   * a second time it does not wait for those that hear the signal.
   *
   * @returns Whether the cell has ended.
   */
  async stop(): Promise<boolean> {
    const running = this.#running;
    if (running === undefined) {
      // A timer of a cell that has ended may be in a loop.
      if (!await this.#line.answers({ within: SOON })) await this.#terminate();
      return true;
    }
    if (this.#pressedAgain !== undefined) {
      this.#pressedAgain();
      return true;
    }
    const { promise: again, resolve: pressedAgain } = Promise.withResolvers<void>();
    this.#pressedAgain = pressedAgain;
    const ended = (milliseconds: number) => settles(running.done, milliseconds, again);
    try {
      this.#line.send({ type: "stop" });
      await this.answerInput(STOPPED_INPUT);
      const [hasEnded, answers] = await Promise.all([
        ended(SOON),
        this.#line.answers({ within: SOON }),
      ]);
      if (hasEnded) return true;
      if (running.hears && await ended(PATIENCE)) return true;
      // An answer may have come just before the cell began its loop.
      if (await this.#line.answers({ within: answers ? SOON : SOON / 10 })) {
        this.#line.send({ type: "reject", cell: running.cell });
        if (await ended(SOON / 10)) return true;
        this.#line.send({ type: "end", cell: running.cell });
      } else {
        // It is the first thing that the agent does when it is let.
        this.#line.send({ type: "end", cell: running.cell });
        await this.#terminate();
      }
      return await settles(running.done, 4 * SOON);
    } finally {
      this.#pressedAgain = undefined;
    }
  }

  /** Terminates what holds the thread. Some of V8's functions, such as `fill()`, overhear it. */
  async #terminate(): Promise<void> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      await this.#deno.interrupt();
      if (await this.#line.answers({ within: SOON / ATTEMPTS })) return;
    }
  }

  /** Ends the cell that runs without its doing. */
  abandon(outcome: Outcome): void {
    this.#running?.resolve(outcome);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#deno[Symbol.asyncDispose]();
    this.#line[Symbol.dispose]();
  }

  #take(message: Message): void {
    const { content, header: { msg_type: type } } = message;
    if (type === "status" || type === "execute_input") return;
    const running = this.#running;
    if (type === MARKS.cell) this.#events.onTurn(Number(content.cell));
    else if (type === MARKS.hears) {
      if (running !== undefined) running.hears = true;
    } else if (type === MARKS.pace) {
      this.#line.send({ type: "taken", count: Number(content.count) });
    } else if (type === MARKS.done) {
      if (content.cell === running?.cell) running?.resolve(outcomeOf(content));
    } else if (type === "stream") this.#events.onPrint(String(content.name), String(content.text));
    else this.#events.onOutput(message);
  }
}

function outcomeOf({ outcome }: JsonObject): Outcome {
  const { status, ename, evalue, traceback, place } = fields(outcome);
  if (status === "ok") return { status };
  const { cell, line, column } = fields(place);
  return {
    status: "error",
    ename: String(ename),
    evalue: String(evalue),
    traceback: Array.isArray(traceback) ? traceback.map(String) : [],
    ...place !== undefined &&
      { place: { cell: Number(cell), line: Number(line), column: Number(column) } },
  };
}

const fields = (json: Json | undefined): JsonObject => isJsonObject(json) ? json : {};

/** Whether something settles in a time, or before something else does. */
async function settles(
  promise: Promise<unknown>,
  milliseconds: number,
  unless?: Promise<unknown>,
): Promise<boolean> {
  const { promise: late, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => resolve(false), milliseconds);
  const others = unless === undefined ? [late] : [late, unless.then(() => false)];
  return await Promise.race([promise.then(() => true), ...others])
    .finally(() => clearTimeout(timer));
}
