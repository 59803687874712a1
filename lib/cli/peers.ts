import { dirname } from "node:path";
import {
  Peer,
  type PeerCommand,
  race,
  type RaceOptions,
  type Standing,
} from "../benchmark/speed/mod.ts";
import { preparePeers, prepareTensorflow } from "../setup/mod.ts";
import { unlessStopped } from "./command.ts";
import { PEERS } from "./folders.ts";

/**
 * Sets up what the speed tasks need; gives the peers' Python.
 *
 * @param peers Which of them are needed.
 * @throws {TypeError} If TensorFlow cannot be had.
 */
export async function preparePython(
  peers: Parameters<typeof preparePeers>[0],
  { signal }: { readonly signal: AbortSignal },
): Promise<string> {
  const { status } = await unlessStopped(signal, prepareTensorflow());
  if (status === "unavailable") throw new TypeError("Cannot measure: TensorFlow is not set up");
  return await unlessStopped(signal, preparePeers(peers));
}

/** How a TypeScript program of `tests/peers` is started. */
export function denoPeer(who: string, [script, ...args]: readonly string[]): PeerCommand {
  return {
    who,
    command: Deno.execPath(),
    args: ["run", "--no-prompt", "-A", `${PEERS}/${script}`, ...args],
  };
}

/** How a Python program of `tests/peers` is started. */
export function pythonPeer(
  who: string,
  [script, ...args]: readonly string[],
  { python }: { readonly python: string },
): PeerCommand {
  return {
    who,
    command: python,
    args: [`${PEERS}/${script}`, ...args],
    // torch.compile looks for the environment's own tools on the path.
    env: { PATH: `${dirname(python)}:${Deno.env.get("PATH") ?? ""}` },
  };
}

/**
 * Starts the programs one after the other, lets them {@linkcode race} and ends them, at the signal
 * early.
 */
export async function racePeers(
  commands: readonly PeerCommand[],
  options: RaceOptions & { readonly signal: AbortSignal },
): Promise<Standing[]> {
  await using stack = new AsyncDisposableStack();
  const peers: Peer[] = [];
  for (const command of commands) peers.push(stack.use(await Peer.start(command, options)));
  return await race(peers, options);
}
