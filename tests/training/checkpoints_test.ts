import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { initBackend } from "../../lib/tensorflow/mod.ts";
import { fitRecipe, type FitRecipeOptions } from "../../lib/training/mod.ts";
import { granted } from "../permissions.ts";
import { tensorflowAvailable } from "../tensorflow/available.ts";
import { RECIPE, tinyNet } from "./tiny_net.ts";
import { tinyDataset, weightValues, withoutLeaks } from "./tiny.ts";

const dataset = tinyDataset(40, { seed: 0 });

async function run(options: Partial<FitRecipeOptions>, net = tinyNet) {
  const model = net();
  try {
    const { history } = await fitRecipe(model, dataset, { recipe: RECIPE, seed: 0, ...options });
    return {
      weights: weightValues(model),
      history: history.map(({ seconds: _, ...metrics }) => metrics),
    };
  } finally {
    model.dispose();
  }
}

/** A signal that aborts when it is asked for the n-th time: after each step, among others. */
function stopAtCheck(n: number): AbortSignal {
  const controller = new AbortController();
  const { signal } = controller;
  let checks = 0;
  signal.throwIfAborted = () => {
    if (++checks === n) controller.abort();
    AbortSignal.prototype.throwIfAborted.call(signal);
  };
  return signal;
}

/**
 * The checks of a whole run: of three epochs with five steps, and two of validation. Every third of
 * them is still each of an epoch's eight once.
 */
const CHECKS = 3 * (1 + 5 + 2);

async function inFolder(use: (directory: string) => Promise<void>): Promise<void> {
  const directory = await Deno.makeTempDir();
  await use(directory).finally(() => Deno.remove(directory, { recursive: true }));
}

async function names(directory: string): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir(directory), ({ name }) => name);
  return entries.sort();
}

async function stopped(directory: string, check = 12): Promise<void> {
  const checkpoints = { directory, minutes: 0 };
  await assertRejects(() => run({ checkpoints, signal: stopAtCheck(check) }), DOMException);
}

for (
  const [backend, ignore, every] of [
    ["cpu", !granted("write"), 1],
    ["tensorflow", !granted("write") || !tensorflowAvailable(), 3],
  ] as const
) {
  const start = async () => {
    if (backend === "cpu") await tf.setBackend("cpu");
    else await initBackend({ backend });
  };

  Deno.test({
    name: `fit() ends with the same weights and history, wherever it was stopped, on ${backend}`,
    ignore,
    async fn() {
      await start();
      await withoutLeaks(() =>
        inFolder(async (directory) => {
          const plain = await run({ checkpoints: { directory: `${directory}/plain` } });
          assertEquals(await run({ checkpoints: { directory: `${directory}/again` } }), plain);
          for (let check = 1; check <= CHECKS; check += every) {
            const checkpoints = { directory: `${directory}/${check}`, minutes: 0 };
            await stopped(checkpoints.directory, check);
            assertEquals(await run({ checkpoints: { ...checkpoints, resume: true } }), plain);
          }
        })
      );
    },
  });
}

Deno.test({
  name: "fit() writes a checkpoint when it is stopped, though none is due",
  ignore: !granted("write"),
  async fn() {
    await tf.setBackend("cpu");
    await inFolder(async (directory) => {
      const controller = new AbortController();
      const observer = { onEpochEnd: () => void setImmediate(() => controller.abort()) };
      const checkpoints = { directory, minutes: 60 };
      const { signal } = controller;
      await assertRejects(() => run({ checkpoints, observer, signal }), DOMException);
      assertEquals((await names(directory)).length, 1);
    });
  },
});

Deno.test({
  name: "fit() keeps the last two checkpoints and removes halves that a kill has left",
  ignore: !granted("write"),
  async fn() {
    await tf.setBackend("cpu");
    await inFolder(async (directory) => {
      const half = `checkpoint-3.bin.${crypto.randomUUID()}.tmp`;
      await Deno.writeTextFile(`${directory}/${half}`, "half");
      await Deno.writeTextFile(`${directory}/other.txt`, "kept");
      await stopped(directory);
      assertEquals(await names(directory), ["checkpoint-7.bin", "checkpoint-8.bin", "other.txt"]);
    });
  },
});

Deno.test({
  name: "fit() refuses a folder with a checkpoint, unless it is to go on from it",
  ignore: !granted("write"),
  async fn() {
    await tf.setBackend("cpu");
    await withoutLeaks(() =>
      inFolder(async (directory) => {
        await stopped(directory);
        await assertRejects(
          () => run({ checkpoints: { directory } }),
          Deno.errors.AlreadyExists,
          "checkpoint-8.bin, of a run that can be resumed",
        );
      })
    );
  },
});

Deno.test({
  name: "fit() refuses the checkpoint of another run and names what differs",
  ignore: !granted("write"),
  async fn() {
    await tf.setBackend("cpu");
    await withoutLeaks(() =>
      inFolder(async (directory) => {
        await stopped(directory);
        const checkpoints = { directory, resume: true };
        const message = async (options: Partial<FitRecipeOptions>, net = tinyNet) => {
          const resumed = () => run({ checkpoints, ...options }, net);
          return (await assertRejects(resumed, RangeError)).message;
        };
        assertStringIncludes(await message({ seed: 1 }), "its seed is 0, this run has 1");
        assertStringIncludes(await message({ seed: 1 }), "its training images is");
        const longer = await message({ recipe: { ...RECIPE, epochs: 4 } });
        assertStringIncludes(longer, "its epochs is 3, this run has 4");
        const plain = await message({ recipe: { ...RECIPE, augmentation: undefined } });
        assertStringIncludes(plain, 'its augmentation is "flip and crop", this run has none');
        assertStringIncludes(
          await message({}, () => tinyNet("other")),
          "its model is tiny, this run has other",
        );
      })
    );
  },
});

Deno.test({
  name: "fit() refuses a checkpoint of which a single byte was changed, or that was cut off",
  ignore: !granted("write"),
  async fn() {
    await tf.setBackend("cpu");
    await withoutLeaks(() =>
      inFolder(async (directory) => {
        await stopped(directory);
        const path = `${directory}/checkpoint-8.bin`;
        const bytes = await Deno.readFile(path);
        const damages = [0, 64, 65, 500, bytes.length - 1]
          .map((at) => bytes.with(at, bytes[at] ^ 1))
          .concat([0, 10, 65, 900].map((length) => bytes.slice(0, length)));
        for (const damaged of damages) {
          await Deno.writeFile(path, damaged);
          const checkpoints = { directory, resume: true };
          await assertRejects(() => run({ checkpoints }), RangeError, "it is damaged");
        }
      })
    );
  },
});
