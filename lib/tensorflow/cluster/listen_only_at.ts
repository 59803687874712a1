/**
 * Lets a listening socket of this process take connections to one address only. TensorFlow's
 * server listens at all addresses of the machine, and has no setting for that: so the socket gets a
 * filter, by which the kernel drops whatever was sent to another address.
 *
 * Only on Linux, and only where the address is one of numbers: a name may stand for an address that
 * a router translates. Says whether it did.
 *
 * Source: Linux, Documentation/networking/filter.rst; tcp(7) and packet(7) on `SKF_NET_OFF`.
 *
 * @param address `host:port`; the socket is found by the port.
 */
export function listenOnlyAt(address: string): boolean {
  const [, host, port] = /^(.*):(\d+)$/.exec(address) ?? [];
  const bytes = host?.split(".").map(Number);
  const isNumeric = bytes?.length === 4 && bytes.every((byte) => byte >= 0 && byte < 256);
  if (!isNumeric || Deno.build.os !== "linux") return false;
  const libc = Deno.dlopen("libc.so.6", {
    getsockname: { parameters: ["i32", "buffer", "buffer"], result: "i32" },
    getsockopt: { parameters: ["i32", "i32", "i32", "buffer", "buffer"], result: "i32" },
    setsockopt: { parameters: ["i32", "i32", "i32", "buffer", "u32"], result: "i32" },
  });
  const { getsockname, getsockopt, setsockopt } = libc.symbols;
  const program = acceptOnly(bytes);
  const filter = new Uint8Array(16);
  const view = new DataView(filter.buffer);
  view.setUint16(0, program.length / INSTRUCTION, true);
  view.setBigUint64(8, Deno.UnsafePointer.value(Deno.UnsafePointer.of(program)), true);
  const listens = (socket: number) => {
    // struct sockaddr: the family, the port with its high byte first, the address.
    const name = new DataView(new ArrayBuffer(128));
    const accepts = new Int32Array(1);
    return getsockname(socket, name.buffer, Uint32Array.of(128)) === 0 &&
      getsockopt(socket, SOL_SOCKET, SO_ACCEPTCONN, accepts, Uint32Array.of(4)) === 0 &&
      accepts[0] === 1 && [AF_INET, AF_INET6].includes(name.getUint16(0, true)) &&
      name.getUint16(2) === Number(port);
  };
  const sockets = Array.from({ length: DESCRIPTORS }, (_, socket) => socket).filter(listens);
  const results = sockets.map((socket) =>
    setsockopt(socket, SOL_SOCKET, SO_ATTACH_FILTER, filter, filter.length)
  );
  libc.close();
  return results.length > 0 && results.every((result) => result === 0);
}

const SOL_SOCKET = 1;
const SO_ATTACH_FILTER = 26;
const SO_ACCEPTCONN = 30;
const AF_INET = 2;
const AF_INET6 = 10;

/** Among how many descriptors the socket is looked for. */
const DESCRIPTORS = 1024;

/** Bytes of one instruction. */
const INSTRUCTION = 8;

/** Where a packet's IPv4 header begins, and in it the address that it goes to. */
const DESTINATION = 0xfff0_0000 + 16;

/** The filter's program: load the packet's destination, compare it, take it or drop it. */
function acceptOnly(address: readonly number[]): Uint8Array<ArrayBuffer> {
  const [a, b, c, d] = address;
  return instructions([
    [0x20, 0, 0, DESTINATION], // load a word
    [0x15, 0, 1, (a << 24 | b << 16 | c << 8 | d) >>> 0], // if it is equal, go on, else skip one
    [0x06, 0, 0, 0xffff_ffff], // take all of it
    [0x06, 0, 0, 0], // drop it
  ]);
}

/** `struct sock_filter`: the code, how many to skip if so and if not, a number. */
function instructions(list: readonly (readonly number[])[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(INSTRUCTION * list.length);
  const view = new DataView(bytes.buffer);
  list.forEach(([code, ifSo, ifNot, number], i) => {
    view.setUint16(INSTRUCTION * i, code, true);
    view.setUint8(INSTRUCTION * i + 2, ifSo);
    view.setUint8(INSTRUCTION * i + 3, ifNot);
    view.setUint32(INSTRUCTION * i + 4, number, true);
  });
  return bytes;
}
