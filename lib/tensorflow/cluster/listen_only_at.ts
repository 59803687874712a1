import { setTimeout as delay } from "node:timers/promises";
import { ownAddress } from "./own_address.ts";
import { acceptOnly } from "./socket_filter.ts";

/**
 * Lets a socket of this process take connections to one address only, as soon as it listens.
 * TensorFlow's server listens at all addresses of the machine, and has no setting for that: so the
 * socket gets a filter, by which the kernel drops whatever was sent to another address.
 *
 * Only on Linux, and only where the address is this machine's own. Where a router translates it,
 * packets arrive under another, and nothing is filtered.
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
  const own = Deno.build.os === "linux" ? await ownAddress(host) : undefined;
  if (own === undefined) return false;
  const libc = Deno.dlopen("libc.so.6", symbols);
  try {
    const filter = acceptOnly(own);
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
  getsockname: { parameters: ["i32", "buffer", "buffer"], result: "i32" },
  getsockopt: { parameters: ["i32", "i32", "i32", "buffer", "buffer"], result: "i32" },
  setsockopt: { parameters: ["i32", "i32", "i32", "buffer", "u32"], result: "i32" },
} as const;

type Libc = Deno.StaticForeignLibraryInterface<typeof symbols>;

const SOL_SOCKET = 1;
const SO_ATTACH_FILTER = 26;
const SO_ACCEPTCONN = 30;
const AF_INET = 2;
const AF_INET6 = 10;

/** Among how many descriptors the socket is looked for. */
const DESCRIPTORS = 1024;

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
