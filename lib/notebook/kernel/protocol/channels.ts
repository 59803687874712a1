import type { Connection } from "./connection_file.ts";
import { type Draft, type Header, type Message, Messages } from "./messages.ts";
import { BoundSocket } from "./sockets.ts";
import type { Frames } from "./zmtp.ts";

/** A channel on which front ends ask. */
export type RequestChannel = "shell" | "control";

/** A message with what is needed to answer it. */
export interface Request extends Message {
  readonly channel: RequestChannel;
  /** The client that asks. */
  readonly identity: string;
}

/** The five sockets that front ends see. */
export class Channels implements Disposable {
  readonly #messages: Messages;
  readonly #sockets: Record<RequestChannel | "stdin" | "iopub" | "heartbeat", BoundSocket>;

  /**
   * Binds them. Messages that are not signed by the connection's key are dropped.
   *
   * @throws {Deno.errors.AddrInUse} If another program has one of the ports.
   */
  constructor(
    connection: Connection,
    { onRequest, onInput }: {
      onRequest: (request: Request) => void;
      onInput: (message: Message) => void;
    },
  ) {
    this.#messages = new Messages(connection.key);
    const bind = (port: number, receive: (message: Message, identity: string) => void) =>
      new BoundSocket("ROUTER", {
        port,
        receive: (frames, identity) => {
          const message = this.#unpack(frames);
          if (message !== undefined) receive(message, identity);
        },
      });
    const ask = (channel: RequestChannel) => (message: Message, identity: string) =>
      onRequest({ ...message, channel, identity });
    this.#sockets = {
      shell: bind(connection.shell_port, ask("shell")),
      control: bind(connection.control_port, ask("control")),
      stdin: bind(connection.stdin_port, onInput),
      iopub: new BoundSocket("PUB", { port: connection.iopub_port, receive: () => {} }),
      heartbeat: new BoundSocket("REP", {
        port: connection.hb_port,
        receive: (frames, identity) => this.#sockets.heartbeat.send(frames, identity),
      }),
    };
  }

  /** Tells all clients. */
  publish(draft: Draft): void {
    const message = this.#messages.make(draft);
    this.#sockets.iopub.publish(this.#messages.pack(message, { topic: draft.type }));
  }

  /** Answers a request. */
  reply(request: Request, type: string, content: Draft["content"]): void {
    const message = this.#messages.make({ type, content, parent: request.header });
    this.#sockets[request.channel].send(this.#messages.pack(message), request.identity);
  }

  /** Asks the client behind a request for a line of text. */
  askForInput(request: Request, content: Draft["content"]): void {
    const message = this.#messages.make({
      type: "input_request",
      content,
      parent: request.header,
    });
    this.#sockets.stdin.send(this.#messages.pack(message), request.identity);
  }

  /** Says whether the kernel is at work, and on what. */
  publishStatus(state: "busy" | "idle" | "starting", parent?: Header): void {
    this.publish({ type: "status", content: { execution_state: state }, parent });
  }

  [Symbol.dispose](): void {
    Object.values(this.#sockets).forEach((socket) => socket[Symbol.dispose]());
  }

  #unpack(frames: Frames): Message | undefined {
    try {
      return this.#messages.unpack(frames);
    } catch (error) {
      console.error(error instanceof Error ? error.message : error);
      return undefined;
    }
  }
}
