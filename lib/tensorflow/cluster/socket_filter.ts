/** The four numbers of an address. */
export type Ipv4Address = readonly [number, number, number, number];

/** A filter of a socket, as `setsockopt` takes it. */
export interface SocketFilter {
  /** `struct sock_fprog`: how many instructions, and where they are. */
  readonly struct: Uint8Array<ArrayBuffer>;
  /** The instructions, to which the struct points: they have to live as long. */
  readonly program: Uint8Array<ArrayBuffer>;
}

/** Bytes of one instruction. */
const INSTRUCTION = 8;

/** Where the kernel lets a program read the IPv4 header, and in it the address of destination. */
const DESTINATION = 0xfff0_0000 + 16;

/**
 * A socket's filter that takes only packets to one address: the program loads the destination,
 * compares it, and takes or drops the packet.
 *
 * Source: Linux, Documentation/networking/filter.rst, and `SKF_NET_OFF` of linux/filter.h.
 */
export function acceptOnly([a, b, c, d]: Ipv4Address): SocketFilter {
  const program = instructions([
    [0x20, 0, 0, DESTINATION], // load a word
    [0x15, 0, 1, (a << 24 | b << 16 | c << 8 | d) >>> 0], // if it is equal, go on, else skip one
    [0x06, 0, 0, 0xffff_ffff], // take all of it
    [0x06, 0, 0, 0], // drop it
  ]);
  const struct = new Uint8Array(16);
  const view = new DataView(struct.buffer);
  view.setUint16(0, program.length / INSTRUCTION, true);
  view.setBigUint64(8, Deno.UnsafePointer.value(Deno.UnsafePointer.of(program)), true);
  return { struct, program };
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
