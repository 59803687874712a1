import { fileURLToPath } from "node:url";
import { startChild } from "../processes/mod.ts";

const EMULATOR = fileURLToPath(new URL("./network_emulator.py", import.meta.url));

/** What a network is like. */
export interface NetworkOptions {
  /** Bits a second that a host can send; as many as the machine can if not given. */
  readonly rate?: number;
  /** Milliseconds that a packet takes, and the share of packets that are lost. */
  readonly delay?: number;
  readonly loss?: number;
}

/** Hosts on this machine that only see each other. */
export interface Network {
  /** Their addresses. */
  readonly addresses: readonly string[];
  /** What runs a command on a host: the beginning of its command line. */
  readonly prefixes: readonly (readonly string[])[];
}

/** Whether this process may make networks: Linux, root, and a kernel that has namespaces. */
export async function canMakeNetworks(): Promise<boolean> {
  if (Deno.build.os !== "linux") return false;
  const name = `probe-${Deno.pid}`;
  try {
    await ip(["netns", "add", name]);
    await ip(["netns", "delete", name]);
    return true;
  } catch {
    return false;
  }
}

/**
 * Makes network namespaces of their own for some hosts, and takes them away afterwards. They are
 * joined by pairs of virtual Ethernet devices and a bridge; where packets are to be late or lost, by
 * a program that hands them on, as not every kernel can do that by itself (`tc netem`).
 *
 * @throws {Error} If the machine does not permit it.
 */
export async function withNetwork<T>(
  count: number,
  { rate, delay = 0, loss = 0 }: NetworkOptions,
  use: (network: Network) => Promise<T>,
): Promise<T> {
  const hosts = Array.from({ length: count }, (_, i) => `host${i}-${Deno.pid}`);
  const hub = `hub-${Deno.pid}`;
  const made: string[] = [];
  let emulator: Deno.ChildProcess | undefined;
  try {
    for (const name of [hub, ...hosts]) {
      await ip(["netns", "add", name]);
      made.push(name);
    }
    if (delay > 0 || loss > 0) emulator = await emulate(hosts, { delay, loss });
    else await bridge(hub, hosts, { rate });
    return await use({
      addresses: hosts.map((_, i) => addressOf(i)),
      prefixes: hosts.map((host) => ["ip", "netns", "exec", host]),
    });
  } finally {
    emulator?.kill("SIGKILL");
    await emulator?.status;
    for (const name of made) await ip(["netns", "delete", name]);
  }
}

const addressOf = (index: number) => `10.77.0.${index + 1}`;

async function bridge(
  hub: string,
  hosts: readonly string[],
  { rate }: Pick<NetworkOptions, "rate">,
): Promise<void> {
  await ip(["-n", hub, "link", "add", "bridge", "type", "bridge"]);
  await ip(["-n", hub, "link", "set", "bridge", "up"]);
  for (const [i, host] of hosts.entries()) {
    const port = ["peer", "name", `port${i}`, "netns", hub];
    await ip(["link", "add", "eth0", "netns", host, "type", "veth", ...port]);
    await ip(["-n", hub, "link", "set", `port${i}`, "master", "bridge", "up"]);
    await up(host, "eth0", i);
    if (rate === undefined) continue;
    const bucket = ["rate", `${rate}bit`, "burst", "128kb", "latency", "50ms"];
    await run(
      "ip",
      ["netns", "exec", host, "tc", "qdisc", "add", "dev", "eth0", "root", "tbf"]
        .concat(bucket),
    );
  }
}

/** Starts the program that hands packets on, and waits until it has made the devices. */
async function emulate(
  hosts: readonly string[],
  { delay, loss }: Required<Pick<NetworkOptions, "delay" | "loss">>,
): Promise<Deno.ChildProcess> {
  const child = startChild("python3", {
    args: [EMULATOR, String(delay), String(loss), ...hosts],
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
  });
  for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
    if (text.includes("ready")) break;
  }
  for (const [i, host] of hosts.entries()) await up(host, "eth0", i);
  return child;
}

async function up(host: string, device: string, index: number): Promise<void> {
  await ip(["-n", host, "address", "add", `${addressOf(index)}/24`, "dev", device]);
  await ip(["-n", host, "link", "set", device, "up"]);
  await ip(["-n", host, "link", "set", "lo", "up"]);
}

const ip = (args: string[]) => run("ip", args);

async function run(command: string, args: string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command(command, { args, stdin: "null" }).output();
  if (success) return;
  const words = new TextDecoder().decode(stderr).trim();
  throw new Error(`Cannot run ${command} ${args.join(" ")}: ${words}`);
}
