import { LOOPBACK } from "./protocol/mod.ts";
import { type FromAgent, linesOf, type ToAgent } from "./inside/mod.ts";

/** The line to the agent within Deno's kernel. */
export class AgentLine implements Disposable {
  readonly #listener: Deno.TcpListener;
  readonly #token: string = crypto.randomUUID();
  #connection: Deno.TcpConn | undefined;
  #written: Promise<unknown> = Promise.resolve();
  #onPong: () => void = () => {};

  constructor() {
    this.#listener = Deno.listen({ hostname: LOOPBACK, port: 0 });
  }

  /** The code by which Deno's kernel gets its agent. */
  get bootstrap(): string {
    const module = JSON.stringify(new URL("./inside/agent.ts", import.meta.url).href);
    const options = JSON.stringify({ port: this.#listener.addr.port, token: this.#token });
    return `(await import(${module})).startAgent(${options})`;
  }

  /**
   * Waits for the agent, and turns away whoever else knocks.
   *
   * @throws {DOMException} The signal's reason, if it is aborted before.
   */
  async accept(signal: AbortSignal): Promise<void> {
    const { promise: aborted, reject } = Promise.withResolvers<never>();
    signal.addEventListener("abort", () => reject(signal.reason));
    while (this.#connection === undefined) {
      const connection = await Promise.race([this.#listener.accept(), aborted]);
      const messages = messagesOf(connection);
      const first = await Promise.race([messages.next(), aborted]);
      if (first.done || first.value.type !== "hello" || first.value.token !== this.#token) {
        connection.close();
        continue;
      }
      connection.setNoDelay(true);
      this.#connection = connection;
      void this.#listen(messages);
    }
    this.#listener.close();
  }

  send(message: ToAgent): void {
    const bytes = new TextEncoder().encode(JSON.stringify(message) + "\n");
    this.#written = this.#written.then(async () => {
      for (let at = 0; at < bytes.length;) {
        at += await this.#connection?.write(bytes.subarray(at)) ?? bytes.length;
      }
    }).catch(() => {
      // The agent is gone, which the end of its process tells.
    });
  }

  /** Whether the agent answers: code that does not let go keeps it from that. */
  async answers({ within }: { within: number }): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    this.#onPong = () => resolve(true);
    this.send({ type: "ping" });
    const timer = setTimeout(() => resolve(false), within);
    return await promise.finally(() => clearTimeout(timer));
  }

  [Symbol.dispose](): void {
    try {
      if (this.#connection === undefined) this.#listener.close();
      else this.#connection.close();
    } catch {
      // The other side was quicker.
    }
  }

  async #listen(messages: AsyncGenerator<FromAgent>): Promise<void> {
    try {
      for await (const { type } of messages) if (type === "pong") this.#onPong();
    } catch {
      // As above.
    }
  }
}

async function* messagesOf(connection: Deno.TcpConn): AsyncGenerator<FromAgent> {
  for await (const line of linesOf(connection)) yield JSON.parse(line);
}
