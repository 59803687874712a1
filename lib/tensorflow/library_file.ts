/** ELF's numbers of the machines for which Deno is built (`e_machine`). */
const MACHINES: Readonly<Record<number, string>> = { 0x3e: "x86_64", 0xb7: "aarch64" };

/** Bytes of an ELF header of 64 bits. */
const HEADER_SIZE = 64;

/**
 * Asserts that a file is a whole shared library for this machine. The system's loader says little
 * of one that is not, and a file that was cut short ends the process.
 *
 * Source: System V ABI, "ELF Header". Other systems than Linux have other formats, which are not
 * looked at.
 *
 * @throws {TypeError} If it is no library, or for another machine, or cut short.
 */
export function assertLibraryFile(path: string): void {
  if (Deno.build.os !== "linux") return;
  const header = new Uint8Array(HEADER_SIZE);
  using file = Deno.openSync(path);
  const fail = (reason: string): never => {
    throw new TypeError(`Cannot open TensorFlow's library ${path}: ${reason}`);
  };
  const { size } = file.statSync();
  file.readSync(header);
  const view = new DataView(header.buffer);
  if (view.getUint32(0) !== 0x7f454c46 || size < HEADER_SIZE) fail("it is no shared library");
  const machine = view.getUint16(18, true);
  if (MACHINES[machine] !== Deno.build.arch) {
    const name = MACHINES[machine] ?? `machine ${machine}`;
    fail(`it is for ${name}, and this is ${Deno.build.arch}`);
  }
  // The table of sections stands at the end.
  const sections = Number(view.getBigUint64(40, true));
  const end = sections + view.getUint16(58, true) * view.getUint16(60, true);
  if (size < end) fail(`it is cut short, ${size} bytes of ${end}; install it again`);
}
