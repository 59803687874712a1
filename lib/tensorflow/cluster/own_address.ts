import type { Ipv4Address } from "./socket_filter.ts";

/**
 * The address of this machine that a host of a cluster stands for, be it given in numbers or by a
 * name; `undefined` if there is none. That is so where a router translates addresses, and where a
 * machine has its name for itself only: Debian's own name is 127.0.1.1, which others do not reach.
 *
 * Linux only.
 */
export async function ownAddress(host: string): Promise<Ipv4Address | undefined> {
  const libc = Deno.dlopen("libc.so.6", symbols);
  try {
    const address = await addressOf(libc.symbols, host);
    if (address === undefined || !canBind(libc.symbols, address)) return undefined;
    const onlyForItself = address[0] === 127 && host !== "localhost" && !/^[\d.]+$/.test(host);
    return onlyForItself ? undefined : address;
  } finally {
    libc.close();
  }
}

const symbols = {
  socket: { parameters: ["i32", "i32", "i32"], result: "i32" },
  bind: { parameters: ["i32", "buffer", "u32"], result: "i32" },
  close: { parameters: ["i32"], result: "i32" },
  // A name may have to be asked for over the network.
  getaddrinfo: {
    parameters: ["buffer", "pointer", "buffer", "buffer"],
    result: "i32",
    nonblocking: true,
  },
  freeaddrinfo: { parameters: ["pointer"], result: "void" },
} as const;

type Libc = Deno.StaticForeignLibraryInterface<typeof symbols>;

const AF_INET = 2;
const SOCK_STREAM = 1;

/** The address that numbers are, or the first of a name. */
async function addressOf(libc: Libc, host: string): Promise<Ipv4Address | undefined> {
  const text = new TextEncoder().encode(`${host}\0`);
  // struct addrinfo: four numbers, of which the second is the family and the third the socket's
  // type; the address' length; and at byte 24 a pointer to the address.
  const hints = new Int32Array([0, AF_INET, SOCK_STREAM, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  const found = new BigUint64Array(1);
  if (await libc.getaddrinfo(text, null, hints, found) !== 0) return undefined;
  const list = Deno.UnsafePointer.create(found[0]);
  if (list === null) return undefined;
  try {
    const socketAddress = new Deno.UnsafePointerView(list).getPointer(24);
    if (socketAddress === null) return undefined;
    const view = new Deno.UnsafePointerView(socketAddress);
    return [view.getUint8(4), view.getUint8(5), view.getUint8(6), view.getUint8(7)];
  } finally {
    libc.freeaddrinfo(list);
  }
}

/** Whether an address is one of this machine's: then a socket can be bound to it. */
function canBind({ socket, bind, close }: Libc, address: Ipv4Address): boolean {
  // struct sockaddr_in: the family, the port, the address, eight bytes of nothing.
  const name = Uint8Array.of(AF_INET, 0, 0, 0, ...address, ...new Uint8Array(8));
  const tried = socket(AF_INET, SOCK_STREAM, 0);
  try {
    return bind(tried, name, name.length) === 0;
  } finally {
    close(tried);
  }
}
