import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import {
  BoundSocket,
  connectSocket,
  LOOPBACK,
} from "../../../../lib/notebook/kernel/protocol/sockets.ts";
import { type Frames, ZmtpConnection } from "../../../../lib/notebook/kernel/protocol/zmtp.ts";
import { ignore, runPyzmq } from "./pyzmq.ts";

const never = new AbortController().signal;

/** A socket that answers each message with its frames in reverse. */
function reversing(type: "ROUTER" | "REP"): BoundSocket {
  const socket: BoundSocket = new BoundSocket(type, {
    port: 0,
    receive: (frames, identity) =>
      socket.send(type === "REP" ? frames : frames.toReversed(), identity),
  });
  return socket;
}

Deno.test({
  name: "BoundSocket answers pyzmq's DEALER: empty, short, long frames, 10 MB, many frames",
  ignore,
  async fn() {
    using socket = reversing("ROUTER");
    const printed = await runPyzmq(
      `
s = context.socket(zmq.DEALER)
s.connect(f"tcp://127.0.0.1:{sys.argv[1]}")
for frames in [[b"a"], [b"", b"b"], [b"x" * 255, b"y" * 256], [b"z" * 10_000_000, b"1"], [bytes([i % 256]) * i for i in range(1000)]]:
    s.send_multipart(frames)
    assert s.recv_multipart() == frames[::-1], len(frames)
print("done")
context.destroy(linger=0)`,
      String(socket.port),
    );
    assertEquals(printed, "done\n");
  },
});

Deno.test({
  name: "BoundSocket tells clients apart by their identities, and each gets its own answers",
  ignore,
  async fn() {
    const seen: string[] = [];
    using socket: BoundSocket = new BoundSocket("ROUTER", {
      port: 0,
      receive(frames, identity) {
        seen.push(identity);
        socket.send(frames, identity);
      },
    });
    await runPyzmq(
      `
clients = []
for name in (b"one", b"\\xff\\x00two"):
    s = context.socket(zmq.DEALER)
    s.identity = name
    s.connect(f"tcp://127.0.0.1:{sys.argv[1]}")
    clients.append((name, s))
for _ in range(3):
    for name, s in clients:
        s.send(name)
for _ in range(3):
    for name, s in clients:
        assert s.recv() == name
context.destroy(linger=0)`,
      String(socket.port),
    );
    assertEquals([...new Set(seen)].sort(), ["one", "\xff\x00two"]);
  },
});

Deno.test({
  name: "BoundSocket is a heartbeat for pyzmq's REQ, and publishes to each SUB in order",
  ignore,
  async fn() {
    using heart = reversing("REP");
    const subscribed = Promise.withResolvers<void>();
    let count = 0;
    using publisher = new BoundSocket("PUB", {
      port: 0,
      receive: () => ++count === 2 && subscribed.resolve(),
    });
    const listening = runPyzmq(
      `
r = context.socket(zmq.REQ)
r.connect(f"tcp://127.0.0.1:{sys.argv[1]}")
for i in range(3):
    r.send(b"ping")
    assert r.recv() == b"ping"
subs = []
for _ in range(2):
    s = context.socket(zmq.SUB)
    s.setsockopt(zmq.RCVHWM, 0)
    s.connect(f"tcp://127.0.0.1:{sys.argv[2]}")
    s.setsockopt(zmq.SUBSCRIBE, b"")
    subs.append(s)
for s in subs:
    for i in range(5000):
        assert s.recv_multipart() == [b"topic", str(i).encode()], i
print("all")
context.destroy(linger=0)`,
      String(heart.port),
      String(publisher.port),
    );
    await subscribed.promise;
    const encoder = new TextEncoder();
    for (let i = 0; i < 5000; i++) {
      publisher.publish([encoder.encode("topic"), encoder.encode(String(i))]);
    }
    assertEquals(await listening, "all\n");
  },
});

Deno.test({
  name: "connectSocket() and ZmtpConnection speak to sockets that pyzmq has bound",
  ignore,
  async fn() {
    const listener = Deno.listen({ hostname: LOOPBACK, port: 0 });
    const { port } = listener.addr;
    listener.close();
    const serving = runPyzmq(
      `
s = context.socket(zmq.ROUTER)
s.setsockopt(zmq.HEARTBEAT_IVL, 20)
s.bind(f"tcp://127.0.0.1:{sys.argv[1]}")
identity, *frames = s.recv_multipart()
assert [len(f) for f in frames] == [0, 300, 5_000_000]
# Pings go to and fro meanwhile.
import time; time.sleep(0.2)
s.send_multipart([identity, b"", b"q" * 300])
context.destroy(linger=1000)`,
      String(port),
    );
    const connection = await connectSocket("DEALER", { port, signal: never });
    await connection.send([0, 300, 5_000_000].map((length) => new Uint8Array(length)));
    const { value } = await connection.messages().next();
    const frames: Frames = value ?? [];
    assertEquals(frames.map(({ length }) => length), [0, 300]);
    await serving;
    connection.close();
  },
});

Deno.test({
  name: "connectSocket() rejects with the signal's reason, and BoundSocket a port that is taken",
  ignore,
  async fn() {
    const listener = Deno.listen({ hostname: LOOPBACK, port: 0 });
    assertThrows(
      () => new BoundSocket("PUB", { port: listener.addr.port, receive() {} }),
      Deno.errors.AddrInUse,
    );
    listener.close();
    const signal = AbortSignal.timeout(20);
    await assertRejects(
      () => connectSocket("SUB", { port: listener.addr.port, signal }),
      DOMException,
    );
  },
});

Deno.test({
  name: "BoundSocket serves on after peers that hang up midway or speak nonsense",
  ignore,
  async fn() {
    const received: number[] = [];
    const got = Promise.withResolvers<void>();
    using socket = new BoundSocket("ROUTER", {
      port: 0,
      receive(frames) {
        received.push(frames.length);
        got.resolve();
      },
    });
    const greeting = [0xff, 0, 0, 0, 0, 0, 0, 0, 1, 0x7f, 3, 0, 0x4e, 0x55, 0x4c, 0x4c];
    const greeted = [...greeting, ...Array(48).fill(0)];
    const ready = [4, 26, 5, ...new TextEncoder().encode("READY\x0bSocket-Type\0\0\0\x04PULL")];
    const pieces = [
      [],
      greeting,
      [...new TextEncoder().encode("GET / HTTP/1.1\r\n\r\n".repeat(8))],
      [...greeted, 0, 3, 1, 2, 3],
      [...greeted, 4, 9, 5, 82, 69, 65, 68, 89, 200, 1],
      [...greeted, ...ready, 0, 200, 1],
      [...greeted, ...ready, 1, 1, 7],
      [...greeted, ...ready, 2, ...Array(8).fill(255)],
      [...greeted, ...ready, 4, 0],
    ];
    for (const piece of pieces) {
      const connection = await Deno.connect({ hostname: LOOPBACK, port: socket.port });
      if (piece.length > 0) await connection.write(Uint8Array.from(piece));
      connection.close();
    }
    const connection = await connectSocket("DEALER", { port: socket.port, signal: never });
    await connection.send([new Uint8Array(1), new Uint8Array(2)]);
    await got.promise;
    assertEquals(received, [2]);
    connection.close();
  },
});

Deno.test({
  name: "ZmtpConnection.greet() rejects a peer of another protocol, and one that hangs up",
  ignore,
  async fn() {
    const answers = [
      { bytes: new Uint8Array(64), error: SyntaxError },
      { bytes: new Uint8Array(10), error: Deno.errors.UnexpectedEof },
    ];
    for (const { bytes, error } of answers) {
      using listener = Deno.listen({ hostname: LOOPBACK, port: 0 });
      const answering = (async () => {
        using connection = await listener.accept();
        await connection.write(bytes);
        await connection.read(new Uint8Array(64));
      })();
      const connection = await Deno.connect({ hostname: LOOPBACK, port: listener.addr.port });
      await assertRejects(() => ZmtpConnection.greet(connection, "DEALER"), error);
      await answering;
    }
  },
});
