import { assert, assertAlmostEquals, assertEquals, assertMatch } from "@std/assert";
import { fileURLToPath } from "node:url";
import { canMakeNetworks, type Network, withNetwork } from "../../lib/cli/network.ts";
import { latestCheckpoint } from "../../lib/training/mod.ts";
import { granted } from "../permissions.ts";
import { tensorflowAvailable } from "../tensorflow/available.ts";
import { runWorkers } from "../tensorflow/cluster/workers.ts";

const RUN = fileURLToPath(new URL("cluster_run.ts", import.meta.url));
const ignore = !granted("run", "write", { name: "net", host: "127.0.0.1" }) ||
  !tensorflowAvailable() || Deno.build.os === "windows";

/** How often a run is killed. `KILLS=10` for the long form. */
const KILLS = granted("env") ? Number(Deno.env.get("KILLS") ?? 2) : 0;

/** The longest time, in milliseconds, that a worker is left alive after it has joined. */
const LIFE = 800;

interface Run {
  readonly weights: number[];
  readonly history: { readonly loss: number; readonly validation: { readonly loss: number } }[];
  readonly error?: string;
}

async function run(size: number, settings: object, network?: Network): Promise<Run[]> {
  const workers = await runWorkers(RUN, size, { args: [JSON.stringify(settings)], network });
  return workers.map(({ said, complained }) => {
    assert(said !== "" || complained === "" || "dies" in settings, complained);
    return JSON.parse(said || "{}");
  });
}

/** Asserts that workers have the weights of one alone. */
function assertAlike(alone: Run, [chief, ...others]: readonly Run[]): void {
  for (const other of others) assertEquals(other, chief);
  alone.weights.forEach((weight, i) => assertAlmostEquals(chief.weights[i], weight, 1e-6));
  alone.history.forEach(({ loss, validation }, i) => {
    assertAlmostEquals(chief.history[i].loss, loss, 1e-6);
    assertAlmostEquals(chief.history[i].validation.loss, validation.loss, 1e-6);
  });
}

Deno.test({
  name: "fit() gives several workers the weights of one, though their shares are not equal",
  ignore,
  async fn() {
    const [alone] = await run(1, { net: "linear" });
    for (const size of [2, 3]) assertAlike(alone, await run(size, { net: "linear" }));
  },
});

for (
  const [what, options] of [
    ["network namespaces", {}],
    ["a network with 20 ms of delay and 1 % loss", { delay: 20, loss: 0.01 }],
  ] as const
) {
  Deno.test({
    name: `fit() gives several workers the weights of one, in ${what}`,
    ignore: ignore || !await canMakeNetworks(),
    async fn() {
      const [alone] = await run(1, { net: "linear" });
      const workers = await withNetwork(
        3,
        options,
        (network) => run(3, { net: "linear" }, network),
      );
      assertAlike(alone, workers);
    },
  });
}

Deno.test({
  name: "fit() keeps batch normalisation, averages and dropout of all workers together",
  ignore,
  async fn() {
    const [chief, other] = await run(2, { net: "tiny" });
    assertEquals(other, chief);
  },
});

Deno.test({
  name: "fitRecipe() refuses a worker with another seed, and says so to all",
  ignore,
  async fn() {
    for (const { error } of await run(2, { net: "tiny", workerSeed: 5 })) {
      assertMatch(error ?? "", /^RangeError: .*worker 1 \(.*\): its seed is 5, the chief's is 0/);
    }
  },
});

Deno.test({
  name: "fit() goes on to the bit after a worker or the chief was killed, and names whom",
  ignore,
  async fn() {
    const [expected] = await run(2, { net: "tiny" });
    let kills = 0;
    while (kills < KILLS) {
      const directory = await Deno.makeTempDir();
      const settings = { net: "tiny", directory };
      const dies = { worker: kills % 2, after: Math.random() * LIFE };
      const { error } = (await run(2, { ...settings, dies }))[1 - dies.worker];
      if (error !== undefined) {
        assertMatch(error, new RegExp(`ConnectionAborted: .*worker ${dies.worker} \\(`));
        kills++;
      }
      assertEquals((await run(2, settings))[0], expected);
      await Deno.remove(directory, { recursive: true });
    }
  },
});

Deno.test({
  name: "fit() writes a checkpoint when the chief loses a worker, whenever the next was due",
  ignore,
  async fn() {
    const directory = await Deno.makeTempDir();
    const settings = { net: "tiny", directory, minutes: 1000 };
    const [{ error }] = await run(2, { ...settings, dies: { worker: 1, epoch: 2 } });
    assertMatch(error ?? "", /ConnectionAborted: .*worker 1 \(/);
    // Two epochs of eight steps were done.
    assertMatch(await latestCheckpoint(directory) ?? "", /checkpoint-16\.bin$/);
    const [expected] = await run(2, { net: "tiny" });
    assertEquals((await run(2, settings))[0], expected);
    await Deno.remove(directory, { recursive: true });
  },
});
