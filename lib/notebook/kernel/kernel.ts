import { answerComplete, answerInspect, answerIsComplete, KERNEL_INFO } from "./answers.ts";
import {
  Channels,
  type Connection,
  type JsonObject,
  type Message,
  type Request,
} from "./protocol/mod.ts";
import { Engine } from "./engine.ts";
import { type Cell, Execution } from "./execution.ts";
import { History } from "./history.ts";
import type { CommMessage } from "./inside/mod.ts";
import { Outputs } from "./outputs.ts";
import { typeFaultsDisplay } from "./type_faults.ts";
import type { Types } from "./types/mod.ts";

/** How a kernel works, where that can be chosen. */
export interface KernelOptions {
  /**
   * The folder from which relative imports go, where types are looked at: completion and
   * descriptions by them, and their errors under cells. They are not if it is not given.
   */
  readonly typesFrom?: string;
}

/**
 * A kernel for TypeScript: it speaks Jupyter's protocol to front ends, and lets Deno's own kernel,
 * which is its child, run the cells.
 */
export class Kernel implements AsyncDisposable {
  /** Is fulfilled when a front end has asked the kernel to end. */
  readonly ended: Promise<void>;
  readonly #end: () => void;
  readonly #channels: Channels;
  readonly #outputs: Outputs;
  readonly #execution: Execution;
  readonly #typesFrom: string | undefined;
  readonly #history = new History();
  /** The names under which comms were opened, by their ids. */
  readonly #comms = new Map<string, string>();
  #engine: Promise<Engine>;
  #types: Promise<Types> | undefined;
  #isClosed = false;

  /**
   * Binds the connection's ports and starts Deno's kernel.
   *
   * @throws {Deno.errors.AddrInUse} If another program has one of the ports.
   */
  constructor(connection: Connection, { typesFrom }: KernelOptions = {}) {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.ended = promise;
    this.#end = resolve;
    this.#channels = new Channels(connection, {
      onRequest: (request) => void this.#take(request),
      onInput: ({ content: { value } }) => void this.#answerInput(String(value)),
    });
    this.#outputs = new Outputs(this.#channels);
    this.#execution = new Execution({
      channels: this.#channels,
      outputs: this.#outputs,
      // Where Deno's kernel did not start, each cell tries it again.
      engine: () => this.#engine.catch(() => this.#engine = this.#startEngine()),
      onInput: ({ text }, count) => this.#history.add(count, text),
      onRun: (cell) => void this.#checkTypes(cell),
      onRan: (cell) => this.#onRan(cell),
    });
    this.#typesFrom = typesFrom;
    this.#engine = this.#startEngine();
    this.#channels.publishStatus("starting");
  }

  /** Stops the cell that runs, and gives up those that wait behind it. */
  async stop(): Promise<void> {
    this.#execution.abortQueue();
    const engine = await this.#engineIfUp();
    if (engine === undefined || await engine.stop()) return;
    await this.#replaceEngine("It could not be stopped, so Deno's kernel was ended");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true;
    const engine = await this.#engineIfUp();
    await engine?.[Symbol.asyncDispose]();
    const types = await this.#types;
    await types?.[Symbol.asyncDispose]();
    this.#channels[Symbol.dispose]();
  }

  #engineIfUp(): Promise<Engine | undefined> {
    return this.#engine.catch(() => undefined);
  }

  #startEngine(): Promise<Engine> {
    let isUp = false;
    const engine = Engine.start({
      onTurn: (cell) => this.#outputs.turnTo(cell),
      onPrint: (name, text) => this.#outputs.print(name, text),
      onOutput: (message) => this.#publish(message),
      onInput: ({ content }) => void this.#askForInput(content),
      onEnd: (reason) => {
        if (isUp && !this.#isClosed && this.#engine === engine) void this.#replaceEngine(reason);
      },
    });
    // That it does not start is told to the cells.
    engine.then(() => isUp = true, () => {});
    return engine;
  }

  /** Begins anew where Deno's kernel is gone or past help; the cell that ran fails. */
  async #replaceEngine(reason: string): Promise<void> {
    const old = this.#engine;
    this.#engine = this.#startEngine();
    for (const id of this.#comms.keys()) {
      this.#outputs.publish("comm_close", { comm_id: id, data: {} });
    }
    this.#comms.clear();
    const message = `${reason}. A new one has been started: all variables are lost.`;
    if (this.#execution.request === undefined) this.#outputs.print("stderr", message + "\n");
    const engine = await old.catch(() => undefined);
    engine?.abandon({
      status: "error",
      ename: "KernelEnded",
      evalue: message,
      traceback: [`KernelEnded: ${message}`],
    });
    await engine?.[Symbol.asyncDispose]();
  }

  #onRan(cell: Cell): void {
    const isFirst = this.#types === undefined;
    const types = this.#startedTypes();
    if (isFirst) void this.#checkTypes(cell);
    void types?.then((types) => types.ran(cell.text, { cell: cell.id }));
  }

  async #checkTypes({ number, text, id }: Cell): Promise<void> {
    const types = await this.#types;
    const faults = await types?.check(text, { cell: id }) ?? [];
    if (faults.length === 0) return;
    this.#outputs.publish("display_data", typeFaultsDisplay(faults), { cell: number });
  }

  /** Types are looked at from the first question on, or else once a first cell has had all cores. */
  #startedTypes(): Promise<Types> | undefined {
    const folder = this.#typesFrom;
    if (folder === undefined) return undefined;
    return this.#types ??= import("./types/mod.ts").then(({ Types }) => Types.start({ folder }));
  }

  async #take(request: Request): Promise<void> {
    const { header: { msg_type: type } } = request;
    if (type === "execute_request") return await this.#execution.add(request);
    this.#channels.publishStatus("busy", request.header);
    await this.#answer(request);
    this.#channels.publishStatus("idle", request.header);
    // The front end takes the last word for the kernel's state, and a cell may be under way.
    const running = this.#execution.request;
    if (running !== undefined) this.#channels.publishStatus("busy", running.header);
  }

  async #answer(request: Request): Promise<void> {
    const { header: { msg_type: type }, content } = request;
    const reply = async (content: JsonObject | Promise<JsonObject>) =>
      this.#channels.reply(request, type.replace("_request", "_reply"), {
        status: "ok",
        ...await content,
      });
    switch (type) {
      case "kernel_info_request":
        return await reply(KERNEL_INFO);
      case "is_complete_request":
        return await reply(answerIsComplete(content));
      case "complete_request":
        return await reply(
          answerComplete(content, { types: this.#startedTypes(), engine: this.#engineIfUp() }),
        );
      case "inspect_request":
        return await reply(answerInspect(content, { types: this.#startedTypes() }));
      case "history_request":
        return await reply({ history: this.#history.find(content) });
      case "comm_info_request":
        return await reply({ comms: this.#commsOf(content.target_name?.toString()) });
      case "comm_open":
      case "comm_msg":
      case "comm_close":
        return await this.#sendComm(type, request);
      case "interrupt_request":
        await reply({});
        return void this.stop();
      case "shutdown_request":
        await reply({ restart: content.restart === true });
        this.#end();
    }
  }

  /** Passes on what a cell gives. */
  #publish({ header: { msg_type: type }, content, metadata, buffers }: Message): void {
    this.#noteComm(type, content);
    this.#outputs.publish(type, content, { metadata, buffers });
  }

  async #sendComm(type: CommMessage["type"], { content, metadata, buffers }: Request) {
    this.#noteComm(type, content);
    const engine = await this.#engineIfUp();
    engine?.sendComm({
      type,
      content,
      metadata,
      buffers: buffers.map((bytes) => bytes.toBase64()),
    });
  }

  #noteComm(type: string, { comm_id: id, target_name: target }: JsonObject): void {
    if (type === "comm_open") this.#comms.set(String(id), String(target));
    if (type === "comm_close") this.#comms.delete(String(id));
  }

  #commsOf(target: string | undefined): JsonObject {
    const comms = [...this.#comms].filter(([, name]) => target === undefined || name === target);
    return Object.fromEntries(comms.map(([id, name]) => [id, { target_name: name }]));
  }

  async #askForInput(content: JsonObject): Promise<void> {
    const { request } = this.#execution;
    if (request?.content.allow_stdin === true) this.#channels.askForInput(request, content);
    else await this.#answerInput(null);
  }

  async #answerInput(text: string | null): Promise<void> {
    const engine = await this.#engineIfUp();
    await engine?.answerInput(text);
  }
}
