/** The kinds of ZeroMQ sockets that a kernel and its clients have. */
export type SocketType = "DEALER" | "PUB" | "REP" | "ROUTER" | "SUB";

/** A message: one frame or several, which travel and arrive together. */
export type Frames = readonly Uint8Array<ArrayBuffer>[];

const MORE = 1;
const LONG = 2;
const COMMAND = 4;

/** A frame beyond this is taken for a fault of the peer: no notebook holds so much. */
const MOST_BYTES = 2 ** 31;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/**
 * A TCP connection that speaks ZMTP 3.0 with the NULL mechanism, which is how ZeroMQ's sockets talk
 * to one another where nothing is encrypted.
 *
 * Source: rfc.zeromq.org, 23/ZMTP 3.0.
 */
export class ZmtpConnection {
  /** What the peer calls itself: a client gives all its sockets the same name. Empty if none. */
  readonly identity: string;
  readonly #connection: Deno.TcpConn;
  readonly #input: Input;
  #written: Promise<unknown> = Promise.resolve();
  #backlog = 0;

  private constructor(connection: Deno.TcpConn, input: Input, identity: string) {
    this.#connection = connection;
    this.#input = input;
    this.identity = identity;
  }

  /**
   * Greets the peer over a fresh connection, which is closed if that fails.
   *
   * @throws {SyntaxError} If the peer does not speak ZMTP 3 with the NULL mechanism.
   * @throws {Deno.errors.UnexpectedEof} If it hangs up.
   */
  static async greet(
    connection: Deno.TcpConn,
    type: SocketType,
    { identity = "" }: { identity?: string } = {},
  ): Promise<ZmtpConnection> {
    try {
      connection.setNoDelay(true);
      const input = new Input(connection);
      await writeAll(connection, greeting());
      checkGreeting(await input.read(64));
      const properties = { "Socket-Type": type, ...identity !== "" && { Identity: identity } };
      await writeAll(connection, frame(ready(properties), COMMAND));
      const { flags, data } = await readFrame(input);
      if ((flags & COMMAND) === 0) throw new SyntaxError("Cannot greet: the peer is not ready");
      return new ZmtpConnection(connection, input, readyProperties(data).get("identity") ?? "");
    } catch (error) {
      connection.close();
      throw error;
    }
  }

  /** Messages as they come, until either side hangs up. */
  async *messages(): AsyncGenerator<Frames> {
    let frames: Uint8Array<ArrayBuffer>[] = [];
    try {
      while (true) {
        const { flags, data } = await readFrame(this.#input);
        if (flags & COMMAND) {
          await this.#answer(data);
          continue;
        }
        frames.push(data);
        if (flags & MORE) continue;
        yield frames;
        frames = [];
      }
    } catch (error) {
      if (!isHangUp(error)) throw error;
    }
  }

  /** Octets that are on their way to the peer. */
  get backlog(): number {
    return this.#backlog;
  }

  /** Sends a message behind those that are on their way; a peer that is gone gets none. */
  send(frames: Frames): Promise<void> {
    const bytes = concatenated(
      frames.map((data, i) => frame(data, i < frames.length - 1 ? MORE : 0)),
    );
    this.#backlog += bytes.length;
    const written = this.#written.then(() => writeAll(this.#connection, bytes))
      .finally(() => this.#backlog -= bytes.length);
    this.#written = written.catch(() => {});
    return written.catch((error) => {
      if (!isHangUp(error)) throw error;
    });
  }

  close(): void {
    try {
      this.#connection.close();
    } catch {
      // The peer was quicker.
    }
  }

  /** A ping carries two octets of time to live, and what the answer repeats. */
  async #answer(command: Uint8Array): Promise<void> {
    const name = decoder.decode(command.subarray(1, 1 + command[0]));
    if (name !== "PING") return;
    const pong = concatenated([Uint8Array.of(4), encoder.encode("PONG"), command.slice(7)]);
    await writeAll(this.#connection, frame(pong, COMMAND));
  }
}

/** Bytes of a connection, read in large pieces and given in those asked for. */
class Input {
  readonly #connection: Deno.TcpConn;
  readonly #chunk = new Uint8Array(2 ** 16);
  #rest = this.#chunk.subarray(0, 0);

  constructor(connection: Deno.TcpConn) {
    this.#connection = connection;
  }

  async read(length: number): Promise<Uint8Array<ArrayBuffer>> {
    const result = new Uint8Array(length);
    let filled = 0;
    while (filled < length) {
      if (this.#rest.length === 0) {
        const count = await this.#connection.read(this.#chunk);
        if (count === null) throw new Deno.errors.UnexpectedEof("Cannot read: the peer hung up");
        this.#rest = this.#chunk.subarray(0, count);
      }
      const part = this.#rest.subarray(0, length - filled);
      result.set(part, filled);
      filled += part.length;
      this.#rest = this.#rest.subarray(part.length);
    }
    return result;
  }
}

async function readFrame(input: Input): Promise<{ flags: number; data: Uint8Array<ArrayBuffer> }> {
  const [flags] = await input.read(1);
  const size = flags & LONG
    ? Number(new DataView((await input.read(8)).buffer).getBigUint64(0))
    : (await input.read(1))[0];
  if (size > MOST_BYTES) {
    throw new SyntaxError(
      `Cannot read a frame: it has ${size} bytes, at most ${MOST_BYTES} may be`,
    );
  }
  return { flags, data: await input.read(size) };
}

function frame(data: Uint8Array, flags: number): Uint8Array<ArrayBuffer> {
  const isLong = data.length > 255;
  const head = new Uint8Array(isLong ? 9 : 2);
  head[0] = flags | (isLong ? LONG : 0);
  if (isLong) new DataView(head.buffer).setBigUint64(1, BigInt(data.length));
  else head[1] = data.length;
  return concatenated([head, data]);
}

function greeting(): Uint8Array {
  const bytes = new Uint8Array(64);
  bytes.set([0xff], 0);
  bytes.set([0x7f, 3, 0], 9);
  bytes.set(encoder.encode("NULL"), 12);
  return bytes;
}

function checkGreeting(bytes: Uint8Array): void {
  const mechanism = decoder.decode(bytes.subarray(12, 32)).replace(/\0+$/, "");
  if (bytes[0] !== 0xff || bytes[9] !== 0x7f || bytes[10] < 3 || mechanism !== "NULL") {
    throw new SyntaxError("Cannot greet: the peer does not speak ZMTP 3 with the NULL mechanism");
  }
}

/** The command READY: a name and properties, each with its length before it. */
function ready(properties: Readonly<Record<string, string>>): Uint8Array {
  const parts = [Uint8Array.of(5), encoder.encode("READY")];
  for (const [name, value] of Object.entries(properties)) {
    const [nameBytes, valueBytes] = [encoder.encode(name), encoder.encode(value)];
    const length = new Uint8Array(4);
    new DataView(length.buffer).setUint32(0, valueBytes.length);
    parts.push(Uint8Array.of(nameBytes.length), nameBytes, length, valueBytes);
  }
  return concatenated(parts);
}

/** The properties by name in lower case, since names are compared without regard to case. */
function readyProperties(command: Uint8Array<ArrayBuffer>): Map<string, string> {
  const view = new DataView(command.buffer, command.byteOffset, command.length);
  const properties = new Map<string, string>();
  let at = 1 + command[0];
  while (at < command.length) {
    const name = decoder.decode(command.subarray(at + 1, at += 1 + command[at]));
    const size = view.getUint32(at);
    properties.set(name.toLowerCase(), latin1(command.subarray(at + 4, at += 4 + size)));
  }
  return properties;
}

/** Octets as a text, one character each: an identity may be any. */
const latin1 = (bytes: Uint8Array): string => String.fromCharCode(...bytes);

function concatenated(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const result = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    result.set(part, at);
    at += part.length;
  }
  return result;
}

async function writeAll(connection: Deno.TcpConn, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += await connection.write(bytes.subarray(at));
}

/** Whether an error says no more than that one of the two sides has closed the connection. */
const isHangUp = (error: unknown): boolean =>
  [
    Deno.errors.UnexpectedEof,
    Deno.errors.ConnectionReset,
    Deno.errors.ConnectionAborted,
    Deno.errors.BrokenPipe,
    Deno.errors.BadResource,
    Deno.errors.Interrupted,
  ].some((type) => error instanceof type);
