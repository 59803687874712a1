import { join } from "node:path";
import { isJsonObject, type Json } from "./messages.ts";
import { LOOPBACK } from "./sockets.ts";

/** Where a kernel's five sockets are, and with what its messages are signed. */
export interface Connection {
  readonly ip: string;
  readonly transport: string;
  readonly signature_scheme: string;
  /** Empty where messages are not signed. */
  readonly key: string;
  readonly shell_port: number;
  readonly control_port: number;
  readonly stdin_port: number;
  readonly iopub_port: number;
  readonly hb_port: number;
}

const PORTS = ["shell_port", "control_port", "stdin_port", "iopub_port", "hb_port"] as const;

/**
 * Reads the file by which Jupyter tells a kernel where to listen.
 *
 * @throws {SyntaxError} If it is no connection file.
 * @throws {RangeError} If it asks for more than TCP at the loopback address, signed by HMAC-SHA256.
 */
export async function readConnectionFile(path: string): Promise<Connection> {
  const fields: Json = JSON.parse(await Deno.readTextFile(path));
  const text = (name: string) => {
    const value = isJsonObject(fields) ? fields[name] : undefined;
    if (typeof value === "string") return value;
    throw new SyntaxError(`Cannot read ${path}: ${name} is ${value}, expected a text`);
  };
  const only = (name: string, expected: string) => {
    if (text(name) === expected) return expected;
    throw new RangeError(`Cannot start a kernel: ${name} is "${text(name)}", expected ${expected}`);
  };
  const port = (name: string) => {
    const value = isJsonObject(fields) ? fields[name] : undefined;
    if (typeof value === "number" && Number.isInteger(value) && value > 0 && value < 65536) {
      return value;
    }
    throw new SyntaxError(`Cannot read ${path}: ${name} is ${value}, expected 1 to 65535`);
  };
  const [shell_port, control_port, stdin_port, iopub_port, hb_port] = PORTS.map(port);
  return {
    ip: only("ip", LOOPBACK),
    transport: only("transport", "tcp"),
    signature_scheme: only("signature_scheme", "hmac-sha256"),
    key: text("key"),
    shell_port,
    control_port,
    stdin_port,
    iopub_port,
    hb_port,
  };
}

/** Writes a connection file that its owner alone can read, into a folder of his. */
export async function writeConnectionFile(
  folder: string,
  connection: Connection,
): Promise<string> {
  const path = join(folder, "connection.json");
  await Deno.writeTextFile(path, JSON.stringify(connection), { mode: 0o600 });
  return path;
}

/** A connection with a new key and with ports that were free a moment ago. */
export function freshConnection(): Connection {
  const listeners = PORTS.map(() => Deno.listen({ hostname: LOOPBACK, port: 0 }));
  const ports = listeners.map(({ addr }) => addr.port);
  listeners.forEach((listener) => listener.close());
  const [shell_port, control_port, stdin_port, iopub_port, hb_port] = ports;
  return {
    ip: LOOPBACK,
    transport: "tcp",
    signature_scheme: "hmac-sha256",
    key: crypto.randomUUID(),
    shell_port,
    control_port,
    stdin_port,
    iopub_port,
    hb_port,
  };
}
