import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { freshConnection } from "../../../lib/notebook/kernel/protocol/connection_file.ts";
import { kernelSpec, TYPES_VARIABLE } from "../../../lib/notebook/kernel/mod.ts";
import {
  isJsonObject,
  type JsonObject,
  Messages,
} from "../../../lib/notebook/kernel/protocol/messages.ts";
import type { Message } from "../../../lib/notebook/kernel/protocol/messages.ts";
import { LOOPBACK } from "../../../lib/notebook/kernel/protocol/sockets.ts";
import { type SocketType, ZmtpConnection } from "../../../lib/notebook/kernel/protocol/zmtp.ts";

const NOTEBOOKS = fileURLToPath(new URL("../../../notebooks", import.meta.url));

/** Milliseconds after which a test gives up a kernel that does not answer. */
const PATIENCE = 60_000;

/** What a cell gave, as a front end sees it. */
export class CellRun {
  readonly outputs: Message[] = [];
  reply: JsonObject = {};

  /** What was printed, on one stream or on both, and the values as text. */
  text(name?: "stdout" | "stderr"): string {
    return this.outputs.map(({ header: { msg_type: type }, content }) => {
      if (type === "stream" && (name ?? content.name) === content.name) return content.text;
      return type === "execute_result" && name === undefined ? plain(content) : "";
    }).join("");
  }

  /** Outputs in order, text that was printed at once as one: `["stdout", "…"]`, `["error", "…"]`. */
  get merged(): (readonly [string, string])[] {
    const merged: (readonly [string, string])[] = [];
    for (const { header: { msg_type: type }, content } of this.outputs) {
      const last = merged.at(-1);
      if (type === "stream" && last !== undefined && last[0] === content.name) {
        merged.splice(-1, 1, [last[0], last[1] + content.text]);
      } else if (type === "stream") merged.push([String(content.name), String(content.text)]);
      else if (type === "error") merged.push([type, `${content.ename}: ${content.evalue}`]);
      else merged.push([type, plain(content)]);
    }
    return merged;
  }

  /** `RangeError: message` of the error it ended with; undefined where there is none. */
  get error(): string | undefined {
    return this.merged.find(([type]) => type === "error")?.[1];
  }

  get traceback(): string {
    const lines = this.reply.traceback;
    return Array.isArray(lines) ? lines.join("\n") : "";
  }
}

/** A cell that is under way. */
export interface Underway {
  readonly run: CellRun;
  /** Has come when the reply and the status idle have. */
  readonly ended: Promise<CellRun>;
}

/** The kernel as Jupyter starts it, and a client of it. */
export class Client implements AsyncDisposable {
  readonly connection = freshConnection();
  /** Messages on the channel of outputs that belong to no cell of this client. */
  readonly strays: Message[] = [];
  readonly #child: Deno.ChildProcess;
  readonly #file: string;
  readonly #messages = new Messages(this.connection.key);
  readonly #runs = new Map<string, { run: CellRun; replied: () => void; idle: () => void }>();
  readonly #answers = new Map<string, (message: Message) => void>();
  readonly #questions: ((message: Message) => void)[] = [];
  #sockets: Record<"shell" | "control" | "stdin" | "iopub", ZmtpConnection> | undefined;

  private constructor(file: string) {
    this.#file = file;
    Deno.writeTextFileSync(file, JSON.stringify(this.connection));
    const [command, ...args] = kernelSpec().argv.map((part) =>
      part.replace("{connection_file}", file)
    );
    this.#child = new Deno.Command(command, {
      args,
      cwd: NOTEBOOKS,
      env: { NO_COLOR: "1", [TYPES_VARIABLE]: "off" },
      stdout: "null",
      stderr: "null",
    }).spawn();
  }

  /** Starts a kernel in the notebooks' folder, without types, and waits until it answers. */
  static async start(): Promise<Client> {
    const client = new Client(join(await Deno.makeTempDir(), "kernel.json"));
    await client.#connect();
    return client;
  }

  get pid(): number {
    return this.#child.pid;
  }

  get status(): Promise<Deno.CommandStatus> {
    return this.#child.status;
  }

  /** Runs a cell to its end. */
  async run(code: string, options: { allowStdin?: boolean } = {}): Promise<CellRun> {
    return await (await this.begin(code, options)).ended;
  }

  /** Sends a cell and does not wait. */
  async begin(
    code: string,
    { allowStdin = false }: { allowStdin?: boolean } = {},
  ): Promise<Underway> {
    const replied = Promise.withResolvers<void>();
    const idle = Promise.withResolvers<void>();
    const run = new CellRun();
    const message = this.#messages.make({
      type: "execute_request",
      content: {
        code,
        silent: false,
        store_history: true,
        user_expressions: {},
        allow_stdin: allowStdin,
        stop_on_error: false,
      },
    });
    this.#runs.set(message.header.msg_id, { run, replied: replied.resolve, idle: idle.resolve });
    await this.#socket("shell").send(this.#messages.pack(message));
    const ended = inTime(Promise.all([replied.promise, idle.promise]).then(() => run), code);
    return { run, ended };
  }

  /** Asks for something else than a cell; gives the reply's content. */
  async ask(
    channel: "shell" | "control",
    type: string,
    content: JsonObject = {},
  ): Promise<JsonObject> {
    const { promise, resolve } = Promise.withResolvers<Message>();
    const message = this.#messages.make({ type, content });
    this.#answers.set(message.header.msg_id, resolve);
    await this.#socket(channel).send(this.#messages.pack(message));
    return (await inTime(promise, type)).content;
  }

  /** Presses Stop. */
  async stop(): Promise<void> {
    await this.ask("control", "interrupt_request");
  }

  /** The next question of a cell. */
  question(): Promise<Message> {
    const { promise, resolve } = Promise.withResolvers<Message>();
    this.#questions.push(resolve);
    return inTime(promise, "a question");
  }

  /** Answers a question. */
  async answer(value: string): Promise<void> {
    const message = this.#messages.make({ type: "input_reply", content: { value } });
    await this.#socket("stdin").send(this.#messages.pack(message));
  }

  kill(signal: Deno.Signal): void {
    this.#child.kill(signal);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      this.#child.kill("SIGTERM");
    } catch {
      // The test has ended it.
    }
    await this.status;
    Object.values(this.#sockets ?? {}).forEach((socket) => socket.close());
    await Deno.remove(join(this.#file, ".."), { recursive: true });
  }

  #socket(name: "shell" | "control" | "stdin" | "iopub"): ZmtpConnection {
    if (this.#sockets === undefined) throw new TypeError("Cannot send: there is no connection yet");
    return this.#sockets[name];
  }

  async #connect(): Promise<void> {
    const { shell_port, control_port, stdin_port, iopub_port } = this.connection;
    const identity = this.#messages.session;
    const [shell, control, stdin, iopub] = await Promise.all([
      connect("DEALER", shell_port, identity),
      connect("DEALER", control_port, identity),
      connect("DEALER", stdin_port, identity),
      connect("SUB", iopub_port, identity),
    ]);
    await iopub.send([Uint8Array.of(1)]);
    this.#sockets = { shell, control, stdin, iopub };
    void this.#receive(shell, (message) => this.#takeReply(message));
    void this.#receive(control, (message) => this.#takeReply(message));
    void this.#receive(stdin, (message) => this.#questions.shift()?.(message));
    void this.#receive(iopub, (message) => this.#takeOutput(message));
    await this.ask("shell", "kernel_info_request");
  }

  async #receive(socket: ZmtpConnection, take: (message: Message) => void): Promise<void> {
    for await (const frames of socket.messages()) take(this.#messages.unpack(frames));
  }

  #takeReply(message: Message): void {
    const id = message.parent_header.msg_id ?? "";
    const entry = this.#runs.get(id);
    if (entry === undefined) return this.#answers.get(id)?.(message);
    entry.run.reply = message.content;
    entry.replied();
  }

  #takeOutput(message: Message): void {
    const { header: { msg_type: type }, parent_header: { msg_id: id = "" }, content } = message;
    const entry = this.#runs.get(id);
    if (type === "status") {
      if (content.execution_state === "idle") entry?.idle();
    } else if (type !== "execute_input") (entry?.run.outputs ?? this.strays).push(message);
  }
}

/** Connects as soon as the kernel listens. */
async function connect(type: SocketType, port: number, identity: string): Promise<ZmtpConnection> {
  while (true) {
    const connection = await Deno.connect({ hostname: LOOPBACK, port }).catch(() => undefined);
    if (connection !== undefined) return await ZmtpConnection.greet(connection, type, { identity });
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

function plain({ data }: JsonObject): string {
  return isJsonObject(data) ? String(data["text/plain"]) : "";
}

async function inTime<T>(promise: Promise<T>, what: string): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`No end of ${what}`)), PATIENCE);
  return await Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
