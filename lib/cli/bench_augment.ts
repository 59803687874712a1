/**
 * `deno task bench:augment`: the speed of study B's augmentation beside Keras's.
 *
 * @module
 */
import { parseArgs } from "node:util";
import type { Peer } from "../benchmark/speed/mod.ts";
import { command } from "./command.ts";
import { oneOf, wholeNumber } from "./options.ts";
import { denoPeer, preparePython, pythonPeer, racePeers } from "./peers.ts";

const USAGE = `deno task bench:augment [options]

Measures how many images a second study B's augmentation makes, beside Keras's ImageDataGenerator
with the same settings, and what it costs within a training step of study B's network. They take
turns on the same machine. What they need from Python goes into .venv.peers, once.

  --rounds N       turns of each, 7 if not given
  --format FORMAT  text (if not given) or json: nothing else goes to standard output`;

/** Images a run, as in tests/peers/augmentation_speed.ts and .py. */
const BATCH = 256;

if (import.meta.main) {
  await command(USAGE, async (signal) => {
    const { values } = parseArgs({
      args: Deno.args,
      options: {
        rounds: { type: "string", default: "7" },
        format: { type: "string", default: "text" },
      },
    });
    const rounds = wholeNumber("--rounds", values.rounds, { min: 1, max: 1000 });
    const format = oneOf("--format", values.format, ["text", "json"]);
    const python = await preparePython("networks", { signal });
    const ours = (what: string) => denoPeer("ours", ["augmentation_speed.ts", what]);
    const keras = pythonPeer("Keras's ImageDataGenerator", ["augmentation_speed.py"], { python });
    const options = {
      rounds,
      signal,
      whoOf: ({ who }: Peer, variant: string) => variant === "a batch" ? who : variant,
      log: (line: string) => console.error(line),
    };
    const standings = {
      "augmentation alone": await racePeers([ours("alone"), keras], options),
      "a training step": await racePeers([ours("step")], options),
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
