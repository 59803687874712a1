import { type Frames, type SocketType, ZmtpConnection } from "./zmtp.ts";

/** Where the sockets of a kernel are bound: nowhere else can they be reached. */
export const LOOPBACK = "127.0.0.1";

/** Milliseconds between two attempts to reach a program that is about to listen. */
const RETRY = 5;

/** Octets that wait for a client which does not read; beyond them it is given up. */
const MOST_BACKLOG = 2 ** 28;

/** A bound socket of ZeroMQ; clients come and go, and none holds up the others. */
export class BoundSocket implements Disposable {
  readonly #listener: Deno.TcpListener;
  readonly #peers = new Map<string, ZmtpConnection>();

  /**
   * Binds the socket.
   *
   * @param receive Gets each message, and the identity by which {@linkcode BoundSocket.send} finds
   *   the client that sent it.
   * @throws {Deno.errors.AddrInUse} If another program has the port.
   */
  constructor(
    type: SocketType,
    { port, receive }: { port: number; receive: (frames: Frames, identity: string) => void },
  ) {
    this.#listener = Deno.listen({ hostname: LOOPBACK, port });
    void this.#accept(type, receive);
  }

  /** The port, which the system has chosen if 0 was asked for. */
  get port(): number {
    return this.#listener.addr.port;
  }

  /** Sends to one client; to one that has gone, nothing. */
  send(frames: Frames, identity: string): void {
    const peer = this.#peers.get(identity);
    if (peer === undefined) return;
    if (peer.backlog > MOST_BACKLOG) peer.close();
    else void peer.send(frames).catch(() => peer.close());
  }

  /** Sends to all clients. */
  publish(frames: Frames): void {
    for (const identity of this.#peers.keys()) this.send(frames, identity);
  }

  [Symbol.dispose](): void {
    this.#listener.close();
    for (const peer of this.#peers.values()) peer.close();
  }

  async #accept(type: SocketType, receive: (frames: Frames, identity: string) => void) {
    try {
      for await (const connection of this.#listener) {
        // Whoever knocks with something else than ZeroMQ is turned away without a word.
        void this.#serve(connection, type, receive).catch(() => {});
      }
    } catch (error) {
      if (!(error instanceof Deno.errors.BadResource)) throw error;
    }
  }

  async #serve(
    connection: Deno.TcpConn,
    type: SocketType,
    receive: (frames: Frames, identity: string) => void,
  ): Promise<void> {
    const peer = await ZmtpConnection.greet(connection, type);
    const identity = peer.identity || crypto.randomUUID();
    this.#peers.set(identity, peer);
    try {
      for await (const frames of peer.messages()) receive(frames, identity);
    } finally {
      if (this.#peers.get(identity) === peer) this.#peers.delete(identity);
      peer.close();
    }
  }
}

/**
 * Connects to a socket of a program that is about to bind it, however long it takes.
 *
 * @throws {DOMException} The signal's reason, if it is aborted before.
 */
export async function connectSocket(
  type: SocketType,
  { port, signal }: { port: number; signal: AbortSignal },
): Promise<ZmtpConnection> {
  while (true) {
    signal.throwIfAborted();
    try {
      return await ZmtpConnection.greet(await Deno.connect({ hostname: LOOPBACK, port }), type);
    } catch (error) {
      if (!(error instanceof Deno.errors.ConnectionRefused)) throw error;
      await new Promise((resolve) => setTimeout(resolve, RETRY));
    }
  }
}
