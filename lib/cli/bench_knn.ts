/**
 * `deno task bench:knn`: exact nearest neighbours beside faiss and scikit-learn.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { loadFashionMnist } from "../dataset/mod.ts";
import { command } from "./command.ts";
import { DATA } from "./folders.ts";
import { oneOf, wholeNumber } from "./options.ts";
import { denoPeer, preparePython, pythonPeer, racePeers } from "./peers.ts";

const USAGE = `deno task bench:knn [options]

Measures how long it takes to find the 5 nearest of the 60,000 training images of each of the 10,000
test images, all that is done to fit included: ours, faiss's IndexFlatL2 and scikit-learn's brute
force in float32. They take turns on the same machine. What they need from Python goes into
.venv.peers, once.

  --rounds N       turns of each, 5 if not given
  --format FORMAT  text (if not given) or json: nothing else goes to standard output`;

if (import.meta.main) {
  await command(USAGE, async (signal) => {
    const { values } = parseArgs({
      args: Deno.args,
      options: {
        rounds: { type: "string", default: "5" },
        format: { type: "string", default: "text" },
      },
    });
    const rounds = wholeNumber("--rounds", values.rounds, { min: 1, max: 1000 });
    const format = oneOf("--format", values.format, ["text", "json"]);
    const python = await preparePython("neighbours", { signal });
    // The peers read the files that this leaves in the cache.
    await loadFashionMnist({ signal });
    const theirs = (who: string, library: string) =>
      pythonPeer(who, ["knn_speed.py", library, `${DATA}/cache`], { python });
    const standings = await racePeers([
      denoPeer("ours", ["knn_speed.ts", "tensorflow"]),
      denoPeer("ours on the wasm backend", ["knn_speed.ts", "wasm"]),
      theirs("faiss IndexFlatL2", "faiss"),
      theirs("scikit-learn brute, float32", "scikit-learn"),
    ], { rounds, signal, log: (line) => console.error(line) });
    const rows = standings.map(({ who, runsPerSecond, ratio }) => ({
      who,
      seconds: 1 / runsPerSecond,
      ratio,
    }));
    if (format === "json") return console.log(JSON.stringify(rows, null, 2));
    for (const { who, seconds, ratio } of rows) {
      console.log(`${who}: ${seconds.toFixed(2)} s, ${ratio.toFixed(2)} times as long as ours`);
    }
  });
}
