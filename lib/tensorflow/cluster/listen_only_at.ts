import { setTimeout as delay } from "node:timers/promises";
import { acceptOnly, type Ipv4Address } from "./socket_filter.ts";

/**
 * Lets a socket of this process take connections to one address only, as soon as it listens.
 * TensorFlow's server listens at all addresses of the machine, and has no setting for that: so the
 * socket gets a filter, by which the kernel drops whatever was sent to another address.
 *
 * Only on Linux, and only where the address is one of this machine's in numbers. Where it is a name,
 * or one that a router translates, packets arrive under another, and nothing is filtered.
 *
 * @param address `host:port`; the socket is found by the port.
 * @param options.signal Ends the search for the socket.
 * @returns Whether there is a filter.
 */
export async function listenOnlyAt(
  address: string,
  { signal }: { readonly signal: AbortSignal },
): Promise<boolean> {
  const [, host = "", port] = /^(.*):(\d+)$/.exec(address) ?? [];
  const numbers = ipv4(host);
  if (numbers === undefined || Deno.build.os !== "linux") return false;
  const libc = Deno.dlopen("libc.so.6", symbols);
  try {
    if (!isOwn(libc.symbols, numbers)) return false;
    const filter = acceptOnly(numbers);
    for (;;) {
      const [socket] = listening(libc.symbols, Number(port));
      if (socket !== undefined) {
        const { setsockopt } = libc.symbols;
        const options = [SOL_SOCKET, SO_ATTACH_FILTER] as const;
        return setsockopt(socket, ...options, filter.struct, filter.struct.length) === 0;
      }
      if (signal.aborted) return false;
      await delay(5);
    }
  } finally {
    libc.close();
  }
}

const symbols = {
  socket: { parameters: ["i32", "i32", "i32"], result: "i32" },
  bind: { parameters: ["i32", "buffer", "u32"], result: "i32" },
  close: { parameters: ["i32"], result: "i32" },
  getsockname: { parameters: ["i32", "buffer", "buffer"], result: "i32" },
  getsockopt: { parameters: ["i32", "i32", "i32", "buffer", "buffer"], result: "i32" },
  setsockopt: { parameters: ["i32", "i32", "i32", "buffer", "u32"], result: "i32" },
} as const;

type Libc = Deno.StaticForeignLibraryInterface<typeof symbols>;

const SOL_SOCKET = 1;
const SO_ATTACH_FILTER = 26;
const SO_ACCEPTCONN = 30;
const SOCK_STREAM = 1;
const AF_INET = 2;
const AF_INET6 = 10;

/** Among how many descriptors the socket is looked for. */
const DESCRIPTORS = 1024;

function ipv4(host: string): Ipv4Address | undefined {
  const [a, b, c, d, ...more] = host.split(".").map((part) => /^\d{1,3}$/.test(part) ? +part : 256);
  const fits = more.length === 0 && [a, b, c, d].every((byte) => byte < 256);
  return fits ? [a, b, c, d] : undefined;
}

/** Whether an address is one of this machine's: then a socket can be bound to it. */
function isOwn({ socket, bind, close }: Libc, address: Ipv4Address): boolean {
  // struct sockaddr_in: the family, the port, the address, eight bytes of nothing.
  const name = Uint8Array.of(AF_INET, 0, 0, 0, ...address, ...new Uint8Array(8));
  const tried = socket(AF_INET, SOCK_STREAM, 0);
  try {
    return bind(tried, name, name.length) === 0;
  } finally {
    close(tried);
  }
}

/** The descriptors of this process's sockets that listen at a port. */
function listening({ getsockname, getsockopt }: Libc, port: number): number[] {
  return Array.from({ length: DESCRIPTORS }, (_, socket) => socket).filter((socket) => {
    // struct sockaddr: the family, the port with its high byte first, the address.
    const name = new DataView(new ArrayBuffer(128));
    const accepts = new Int32Array(1);
    return getsockname(socket, name.buffer, Uint32Array.of(128)) === 0 &&
      getsockopt(socket, SOL_SOCKET, SO_ACCEPTCONN, accepts, Uint32Array.of(4)) === 0 &&
      accepts[0] === 1 && [AF_INET, AF_INET6].includes(name.getUint16(0, true)) &&
      name.getUint16(2) === port;
  });
}
