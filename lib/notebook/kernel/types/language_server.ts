import { Buffer } from "node:buffer";
import { startChild } from "../../../processes/mod.ts";

const HEAD_END = "\r\n\r\n";
/** JSON-RPC's code for a request that is not understood. */
const METHOD_NOT_FOUND = -32601;

/**
 * A client of a language server that is a child process: messages of JSON-RPC over its standard
 * input and output, each after a head with its length
 * ([Language Server Protocol 3.17](https://microsoft.github.io/language-server-protocol/)).
 * Whatever is asked of a server that has ended is answered by `undefined`.
 */
export class LanguageServer implements AsyncDisposable {
  readonly #child: Deno.ChildProcess;
  readonly #input: WritableStreamDefaultWriter<Uint8Array<ArrayBuffer>>;
  readonly #settings: Readonly<Record<string, unknown>>;
  readonly #end = new AbortController();
  readonly #answers = new Map<unknown, (result: unknown) => void>();
  readonly #reading: Promise<void>;
  #requests = 0;
  #ended = false;

  /**
   * Starts the server. It has to be told to `initialize` before all else.
   *
   * @param options.env Environment variables to set or change.
   * @param options.settings What it is answered when it asks for the configuration of a section.
   * @throws {Deno.errors.NotFound} If there is no such program; others as the platform has it.
   */
  constructor(
    command: string,
    args: string[],
    { env = {}, settings = {} }: {
      readonly env?: Record<string, string>;
      readonly settings?: Readonly<Record<string, unknown>>;
    } = {},
  ) {
    this.#settings = settings;
    this.#child = startChild(command, {
      args,
      env,
      stdin: "piped",
      stdout: "piped",
      stderr: "null",
      signal: this.#end.signal,
    });
    this.#input = this.#child.stdin.getWriter();
    this.#reading = this.#read();
  }

  /**
   * Asks and waits for the result: `undefined` if the server answers by an error, has ended, or
   * does not answer before the signal is aborted, by which the request is cancelled.
   */
  async request(
    method: string,
    params: unknown,
    { signal }: { readonly signal?: AbortSignal } = {},
  ): Promise<unknown> {
    if (this.#ended || signal?.aborted) return undefined;
    const id = ++this.#requests;
    const { promise, resolve } = Promise.withResolvers<unknown>();
    const cancel = () => {
      this.notify("$/cancelRequest", { id });
      resolve(undefined);
    };
    signal?.addEventListener("abort", cancel);
    this.#answers.set(id, resolve);
    this.#send({ id, method, params });
    try {
      return await promise;
    } finally {
      this.#answers.delete(id);
      signal?.removeEventListener("abort", cancel);
    }
  }

  /** Tells the server what it does not answer. */
  notify(method: string, params: unknown): void {
    this.#send({ method, params });
  }

  /** Ends the server, by a signal since it has nothing to save, and waits for its end. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#end.abort();
    await this.#reading;
    await this.#child.status;
  }

  #send(message: Readonly<Record<string, unknown>>): void {
    if (this.#ended) return;
    const body = JSON.stringify({ jsonrpc: "2.0", ...message });
    const head = `Content-Length: ${Buffer.byteLength(body)}${HEAD_END}`;
    // A pipe that broke is the server's end, of which its output tells as well.
    this.#input.write(new TextEncoder().encode(head + body)).catch(() => {});
  }

  async #read(): Promise<void> {
    try {
      let bytes = Buffer.alloc(0);
      for await (const chunk of this.#child.stdout) {
        bytes = this.#take(Buffer.concat([bytes, chunk]));
      }
    } catch {
      // What does not speak the protocol is of no use any more.
      this.#end.abort();
    }
    this.#ended = true;
    this.#answers.forEach((resolve) => resolve(undefined));
    await this.#input.close().catch(() => {});
  }

  /** Takes the messages that have come whole, and returns the bytes after them. */
  #take(bytes: Buffer<ArrayBuffer>): Buffer<ArrayBuffer> {
    for (;;) {
      const headEnd = bytes.indexOf(HEAD_END);
      if (headEnd < 0) return bytes;
      const head = bytes.toString("latin1", 0, headEnd);
      const length = /^Content-Length: *(\d+)/im.exec(head)?.[1];
      if (length === undefined) {
        throw new SyntaxError(`Cannot read a message: its head is "${head}", without a length`);
      }
      const start = headEnd + HEAD_END.length;
      const end = start + Number(length);
      if (bytes.length < end) return bytes;
      this.#receive(JSON.parse(bytes.toString("utf8", start, end)));
      bytes = bytes.subarray(end);
    }
  }

  #receive(message: unknown): void {
    if (!isObject(message)) return;
    const { id, method, params, result } = message;
    if (method === undefined) {
      this.#answers.get(id)?.(result);
    } else if (method === "workspace/configuration") {
      this.#send({ id, result: this.#configuration(params) });
    } else if (id !== undefined) {
      const error = { code: METHOD_NOT_FOUND, message: `This client has no ${method}` };
      this.#send({ id, error });
    }
  }

  #configuration(params: unknown): unknown[] {
    const items = isObject(params) && Array.isArray(params.items) ? params.items : [];
    return items.map((item: unknown) =>
      isObject(item) ? this.#settings[String(item.section)] ?? null : null
    );
  }
}

/** Whether a value that came as JSON is an object. */
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
