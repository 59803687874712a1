import {
  connectSocket,
  type Draft,
  freshConnection,
  type Message,
  Messages,
  writeConnectionFile,
  type ZmtpConnection,
} from "./protocol/mod.ts";
import { endWithThisProcess } from "./end_with_this_process.ts";
import { AUDIT_VARIABLE } from "./kernel_spec.ts";

/** Who is told what comes from Deno's kernel. */
export interface DenoKernelEvents {
  /** A message on the channel of outputs. */
  onOutput(message: Message): void;
  /** A cell asks for a line of text. */
  onInput(message: Message): void;
  /** Something was written past the kernel, by a child process or a library. */
  onWrite(name: "stdout" | "stderr", text: string): void;
}

/** Deno's own Jupyter kernel, as a child process with a connection that nobody else knows. */
export class DenoKernel implements AsyncDisposable {
  /** How the process ended. */
  readonly status: Promise<Deno.CommandStatus>;
  readonly #child: Deno.ChildProcess;
  readonly #messages: Messages;
  readonly #sockets: Record<"shell" | "control" | "stdin" | "iopub", ZmtpConnection>;
  readonly #replies = new Map<string, (reply: Message) => void>();

  private constructor(
    child: Deno.ChildProcess,
    messages: Messages,
    sockets: Record<"shell" | "control" | "stdin" | "iopub", ZmtpConnection>,
  ) {
    this.#child = child;
    this.#messages = messages;
    this.#sockets = sockets;
    this.status = child.status;
  }

  /**
   * Starts the kernel in this process's folder and waits until it answers.
   *
   * @throws {Error} If it ends before that.
   */
  static async start(events: DenoKernelEvents): Promise<DenoKernel> {
    const folder = await Deno.makeTempDir({ prefix: "deno-kernel-" });
    const audit = Deno.env.get(AUDIT_VARIABLE);
    try {
      const connection = freshConnection();
      const child = new Deno.Command(Deno.execPath(), {
        args: ["jupyter", "--kernel", "--conn", await writeConnectionFile(folder, connection)],
        ...audit && { env: { DENO_AUDIT_PERMISSIONS: audit } },
        stdin: "null",
        stdout: "piped",
        stderr: "piped",
      }).spawn();
      const guard = endWithThisProcess(child.pid);
      const ended = new AbortController();
      void child.status.then(({ code, signal }) => {
        guard[Symbol.dispose]();
        ended.abort(new Error(`Cannot start Deno's kernel: it ended with ${signal ?? code}`));
      });
      const connect = (type: "DEALER" | "SUB", port: number) =>
        connectSocket(type, { port, signal: ended.signal });
      const [shell, control, stdin, iopub] = await Promise.all([
        connect("DEALER", connection.shell_port),
        connect("DEALER", connection.control_port),
        connect("DEALER", connection.stdin_port),
        connect("SUB", connection.iopub_port),
      ]);
      // The kernel takes the first message for the subscription, and publishes from then on.
      await iopub.send([Uint8Array.of(1)]);
      const messages = new Messages(connection.key);
      const kernel = new DenoKernel(child, messages, { shell, control, stdin, iopub });
      kernel.#listen(events);
      return kernel;
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  }

  /** Runs code; gives the reply. */
  execute(
    code: string,
    { silent = false, allowStdin = false }: { silent?: boolean; allowStdin?: boolean } = {},
  ): Promise<Message> {
    return this.#request("shell", {
      type: "execute_request",
      content: {
        code,
        silent,
        store_history: false,
        user_expressions: {},
        allow_stdin: allowStdin,
        stop_on_error: false,
      },
    });
  }

  /** Asks anything else on the shell channel. */
  ask(draft: Draft): Promise<Message> {
    return this.#request("shell", draft);
  }

  /** Terminates the code that runs, within a loop too; what it holds stays. */
  async interrupt(): Promise<void> {
    await this.#request("control", { type: "interrupt_request", content: {} });
    // Its event loop may have ended with what ran in it. It goes on at the next request.
    void this.execute("", { silent: true, allowStdin: true });
  }

  /** Hands on what was typed; nothing where nobody could be asked. */
  async answerInput(value: string | null): Promise<void> {
    const message = this.#messages.make({ type: "input_reply", content: { value } });
    await this.#sockets.stdin.send(this.#messages.pack(message));
  }

  /** Ends the process, whatever it does. */
  async [Symbol.asyncDispose](): Promise<void> {
    try {
      this.#child.kill("SIGKILL");
    } catch {
      // It has ended by itself.
    }
    await this.status;
    Object.values(this.#sockets).forEach((socket) => socket.close());
  }

  async #request(channel: "shell" | "control", draft: Draft): Promise<Message> {
    const message = this.#messages.make(draft);
    const reply = new Promise<Message>((resolve) =>
      this.#replies.set(message.header.msg_id, resolve)
    );
    await this.#sockets[channel].send(this.#messages.pack(message));
    return await reply;
  }

  #listen({ onOutput, onInput, onWrite }: DenoKernelEvents): void {
    const { shell, control, stdin, iopub } = this.#sockets;
    const onReply = (message: Message) => {
      const id = message.parent_header.msg_id ?? "";
      this.#replies.get(id)?.(message);
      this.#replies.delete(id);
    };
    void this.#receive(shell, onReply);
    void this.#receive(control, onReply);
    void this.#receive(stdin, onInput);
    void this.#receive(iopub, onOutput);
    for (const name of ["stdout", "stderr"] as const) void this.#readAll(name, onWrite);
  }

  async #receive(socket: ZmtpConnection, take: (message: Message) => void): Promise<void> {
    for await (const frames of socket.messages()) take(this.#messages.unpack(frames));
  }

  async #readAll(name: "stdout" | "stderr", onWrite: DenoKernelEvents["onWrite"]): Promise<void> {
    for await (const text of this.#child[name].pipeThrough(new TextDecoderStream())) {
      onWrite(name, text);
    }
  }
}
