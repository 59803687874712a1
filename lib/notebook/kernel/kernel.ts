import { Channels, type Request } from "./channels.ts";
import type { Connection } from "./connection_file.ts";
import { Engine } from "./engine.ts";
import { History } from "./history.ts";
import type { CommMessage, Outcome } from "./inside/protocol.ts";
import { type Json, type JsonObject, PROTOCOL_VERSION } from "./messages.ts";
import { Outputs } from "./outputs.ts";

/** How the kernel works, where that can be chosen. */
export interface KernelOptions {
  /** Whether types are looked at: completion and hover by them, and errors under cells. */
  readonly types?: boolean;
}

type Failure = Outcome & { status: "error" };

/**
 * A kernel for TypeScript: it speaks Jupyter's protocol to front ends, and lets Deno's own kernel,
 * which is its child, run the cells.
 */
export class Kernel implements AsyncDisposable {
  /** Is fulfilled when a front end has asked the kernel to end. */
  readonly ended: Promise<void>;
  readonly #channels: Channels;
  readonly #outputs: Outputs;
  readonly #history = new History();
  readonly #compiler = import("./cell_code.ts");
  readonly #comms = new Map<string, string>();
  readonly #sources = new Map<number, { readonly name: string; readonly text: string }>();
  readonly #end: () => void;
  readonly #queue: Request[] = [];
  #engine: Promise<Engine>;
  #isClosed = false;
  #running: Request | undefined;
  #cells = 0;
  #count = 0;

  constructor(connection: Connection) {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.ended = promise;
    this.#end = resolve;
    this.#channels = new Channels(connection, {
      onRequest: (request) => void this.#answer(request),
      onInput: ({ content: { value } }) =>
        void this.#engine.then((engine) => engine.answerInput(String(value))),
    });
    this.#outputs = new Outputs(this.#channels);
    this.#engine = this.#startEngine();
    void this.#channels.publishStatus("starting");
  }

  /** Stops the cell that runs, and gives up those that wait behind it. */
  async stop(): Promise<void> {
    this.#abortQueue();
    const engine = await this.#engine;
    if (await engine.stop()) return;
    await this.#replaceEngine("It could not be stopped, so Deno's kernel was ended");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true;
    const engine = await this.#engine.catch(() => undefined);
    await engine?.[Symbol.asyncDispose]();
    this.#channels[Symbol.dispose]();
  }

  #startEngine(): Promise<Engine> {
    const engine = Engine.start({
      onTurn: (cell) => this.#outputs.turnTo(cell),
      onPrint: (name, text) => this.#outputs.print(name, text),
      onOutput: ({ header: { msg_type: type }, content, metadata, buffers }) => {
        if (type === "comm_open") this.#comms.set(String(content.comm_id), String(content.target_name));
        if (type === "comm_close") this.#comms.delete(String(content.comm_id));
        this.#outputs.publish(type, content, { metadata, buffers });
      },
      onInput: (message) => void this.#askForInput(message.content),
      onEnd: (reason) => {
        if (!this.#isClosed && this.#engine === engine) void this.#replaceEngine(reason);
      },
    });
    return engine;
  }

  /** Begins anew where Deno's kernel is gone or past help; the cell that ran fails. */
  async #replaceEngine(reason: string): Promise<void> {
    const old = this.#engine;
    this.#engine = this.#startEngine();
    this.#comms.clear();
    const message = `${reason}. A new one has been started: all variables are lost.`;
    if (this.#running === undefined) this.#outputs.print("stderr", message + "\n");
    const engine = await old.catch(() => undefined);
    engine?.abandon({
      status: "error",
      ename: "KernelEnded",
      evalue: message,
      traceback: [`KernelEnded: ${message}`],
    });
    await engine?.[Symbol.asyncDispose]();
  }

  async #answer(request: Request): Promise<void> {
    const { header: { msg_type: type } } = request;
    if (type === "execute_request") {
      this.#queue.push(request);
      if (this.#running === undefined) await this.#runQueue();
      return;
    }
    await this.#channels.publishStatus("busy", request.header);
    await this.#answerAtOnce(request);
    await this.#channels.publishStatus("idle", request.header);
    // The front end takes the last word for the kernel's state, and a cell may be under way.
    if (this.#running !== undefined) {
      await this.#channels.publishStatus("busy", this.#running.header);
    }
  }

  async #answerAtOnce(request: Request): Promise<void> {
    const { header: { msg_type: type }, content } = request;
    const reply = (content: JsonObject) =>
      this.#channels.reply(request, type.replace("_request", "_reply"), { status: "ok", ...content });
    switch (type) {
      case "kernel_info_request":
        return await reply(KERNEL_INFO);
      case "is_complete_request": {
        const { isComplete } = await import("./is_complete.ts");
        return await reply({ ...isComplete(String(content.code)) });
      }
      case "history_request":
        return await reply({ history: this.#history.find(content) });
      case "complete_request":
        return await reply(await this.#complete(content));
      case "inspect_request":
        return await reply({ found: false, data: {}, metadata: {} });
      case "comm_info_request": {
        const comms = this.#comms.entries()
          .filter(([, target]) => [undefined, target].includes(content.target_name?.toString()))
          .map(([id, target]) => [id, { target_name: target }] as const);
        return await reply({ comms: Object.fromEntries(comms) });
      }
      case "comm_open":
      case "comm_msg":
      case "comm_close":
        return await this.#sendComm(type, request);
      case "interrupt_request":
        await reply({});
        void this.stop();
        return;
      case "shutdown_request":
        await reply({ restart: content.restart === true });
        this.#end();
    }
  }

  async #runQueue(): Promise<void> {
    for (let request; (request = this.#queue.shift()) !== undefined;) {
      this.#running = request;
      await this.#channels.publishStatus("busy", request.header);
      const outcome = await this.#execute(request);
      await this.#channels.reply(request, "execute_reply", {
        ...outcome.status === "ok"
          ? { status: "ok", payload: [], user_expressions: {} }
          : errorContent(outcome),
        execution_count: this.#count,
      });
      this.#running = undefined;
      await this.#channels.publishStatus("idle", request.header);
      if (outcome.status === "error" && request.content.stop_on_error !== false) this.#abortQueue();
    }
  }

  async #execute({ header, content }: Request): Promise<Outcome> {
    const text = String(content.code);
    const isSilent = content.silent === true;
    if (!isSilent && content.store_history !== false) this.#history.add(++this.#count, text);
    const cell = ++this.#cells;
    const name = isSilent ? "code without a cell" : `cell [${this.#count}]`;
    this.#sources.set(cell, { name, text });
    this.#outputs.begin(cell, { header, count: this.#count });
    if (!isSilent) {
      this.#outputs.publish(
        "execute_input",
        { code: text, execution_count: this.#count },
        { cell },
      );
    }
    const outcome = await this.#compileAndRun(cell, { name, text, show: !isSilent });
    this.#outputs.flush();
    if (outcome.status === "ok") return outcome;
    const failure = { ...outcome, traceback: [...outcome.traceback, ...this.#excerpt(outcome)] };
    if (!isSilent) this.#outputs.publish("error", errorContent(failure), { cell });
    return failure;
  }

  async #compileAndRun(
    cell: number,
    { name, text, show }: { name: string; text: string; show: boolean },
  ): Promise<Outcome> {
    const { compileCell, CellSyntaxError } = await this.#compiler;
    try {
      const engine = await this.#engine;
      const { code, sourceMap } = compileCell(text);
      return await engine.run({ cell, name, code, sourceMap, show });
    } catch (error) {
      const { name: ename, message: evalue } = error instanceof Error ? error : new Error(`${error}`);
      const shown = error instanceof CellSyntaxError ? error.description : `${ename}: ${evalue}`;
      return { status: "error", ename, evalue, traceback: shown.split("\n") };
    }
  }

  /** The line of a cell from which an error came, and a caret. */
  #excerpt({ place }: Failure): string[] {
    const source = place && this.#sources.get(place.cell);
    const line = place && source?.text.split("\n")[place.line - 1];
    if (place === undefined || source === undefined || line === undefined) return [];
    const caret = line.slice(0, place.column - 1).replace(/\S/g, " ") + "^";
    return ["", `${source.name}, line ${place.line}:`, line, caret];
  }

  /** Gives up the cells that wait. */
  #abortQueue(): void {
    for (const request of this.#queue.splice(0)) {
      void (async () => {
        await this.#channels.publishStatus("busy", request.header);
        await this.#channels.reply(request, "execute_reply", {
          status: "aborted",
          execution_count: this.#count,
        });
        await this.#channels.publishStatus("idle", request.header);
      })();
    }
  }

  async #complete(content: JsonObject): Promise<JsonObject> {
    const engine = await this.#engine;
    const cursor = Number(content.cursor_pos);
    return await engine.complete(String(content.code), cursor) ??
      { matches: [], cursor_start: cursor, cursor_end: cursor, metadata: {} };
  }

  async #askForInput(content: JsonObject): Promise<void> {
    const request = this.#running;
    if (request?.content.allow_stdin === true) {
      await this.#channels.askForInput(request, content);
    } else await (await this.#engine).answerInput(null);
  }

  async #sendComm(type: CommMessage["type"], { content, metadata, buffers }: Request) {
    if (type === "comm_open") this.#comms.set(String(content.comm_id), String(content.target_name));
    if (type === "comm_close") this.#comms.delete(String(content.comm_id));
    const engine = await this.#engine;
    engine.sendComm({
      type,
      content,
      metadata,
      buffers: buffers.map((buffer) => buffer.toBase64()),
    });
  }
}

const KERNEL_INFO: JsonObject = {
  protocol_version: PROTOCOL_VERSION,
  implementation: "deno",
  implementation_version: Deno.version.deno,
  language_info: {
    name: "typescript",
    version: Deno.version.typescript,
    mimetype: "text/x.typescript",
    file_extension: ".ts",
    pygments_lexer: "typescript",
    codemirror_mode: "typescript",
    nbconvert_exporter: "script",
  },
  banner: `TypeScript ${Deno.version.typescript} on Deno ${Deno.version.deno}`,
  help_links: [{ text: "Deno's manual", url: "https://docs.deno.com" }],
  debugger: false,
};

function errorContent({ ename, evalue, traceback }: Failure): Record<string, Json> {
  return { status: "error", ename, evalue, traceback };
}
