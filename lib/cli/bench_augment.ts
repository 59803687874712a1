/**
 * `deno task bench:augment`: the speed of study B's augmentation beside Keras's.
 *
 * @module
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { Peer, type PeerCommand, race, type Standing } from "../benchmark/speed/mod.ts";
import { preparePeers, prepareTensorflow } from "../setup/mod.ts";
import { command } from "./command.ts";
import { oneOf, wholeNumber } from "./options.ts";

const USAGE = `deno task bench:augment [options]

Measures how many images a second study B's augmentation makes, beside Keras's ImageDataGenerator
with the same settings, and what it costs within a training step of study B's network. They take
turns on the same machine. What they need from Python goes into .venv.peers, once.

  --rounds N       turns of each, 7 if not given
  --format FORMAT  text (if not given) or json: nothing else goes to standard output`;

/** Images a run, as in tests/peers/augmentation_speed.ts and .py. */
const BATCH = 256;

const PEERS = fileURLToPath(new URL("../../tests/peers/", import.meta.url));

const ours = (what: string): PeerCommand => ({
  who: "ours",
  command: Deno.execPath(),
  args: ["run", "--no-prompt", "-A", join(PEERS, "augmentation_speed.ts"), what],
});

/** Lets the peers take turns; the first variant is the one that the others are compared with. */
async function measure(commands: PeerCommand[], rounds: number): Promise<Standing[]> {
  await using stack = new AsyncDisposableStack();
  const peers: Peer[] = [];
  for (const command of commands) peers.push(stack.use(await Peer.start(command)));
  return await race(peers, {
    rounds,
    whoOf: ({ who }, variant) => variant === "a batch" ? who : variant,
    log: (line) => console.error(line),
  });
}

if (import.meta.main) {
  await command(USAGE, async () => {
    const { values } = parseArgs({
      args: Deno.args,
      options: {
        rounds: { type: "string", default: "7" },
        format: { type: "string", default: "text" },
      },
    });
    const rounds = wholeNumber("--rounds", values.rounds, { min: 1, max: 1000 });
    const format = oneOf("--format", values.format, ["text", "json"]);
    const { status } = await prepareTensorflow();
    if (status === "unavailable") throw new TypeError("Cannot measure: TensorFlow is not set up");
    const keras = join(PEERS, "augmentation_speed.py");
    const peer = {
      who: "Keras's ImageDataGenerator",
      command: await preparePeers(),
      args: [keras],
    };
    const standings = {
      "augmentation alone": await measure([ours("alone"), peer], rounds),
      "a training step": await measure([ours("step")], rounds),
    };
    const rows = Object.entries(standings).flatMap(([what, standings]) =>
      standings.map(({ who, runsPerSecond, ratio }) => ({
        what,
        who,
        imagesPerSecond: runsPerSecond * BATCH,
        ratio,
      }))
    );
    if (format === "json") return console.log(JSON.stringify(rows, null, 2));
    for (const { what, who, imagesPerSecond, ratio } of rows) {
      const speed = Math.round(imagesPerSecond).toLocaleString("en").padStart(7);
      const times = `the first is ${ratio.toFixed(3)} times as fast`;
      console.log(`${what}, ${who}: ${speed} images/s; ${times}`);
    }
  });
}
