import { assert, assertEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { loadModel, saveModel } from "../../lib/models/mod.ts";
import { randomStream } from "../../lib/tensorflow/mod.ts";
import { granted } from "../permissions.ts";

await tf.setBackend("cpu");

/** Saves a model of one dense layer, lets `damage` at its files and expects loading to fail. */
async function assertRefused(
  damage: (paths: { json: string; weights: string }) => Promise<void>,
  { error, message }: { error: new (message: string) => Error; message: string },
) {
  const directory = await Deno.makeTempDir();
  const model = tf.sequential({
    layers: [tf.layers.dense({ name: "logits", inputShape: [2], units: 3 })],
  });
  try {
    await saveModel(model, directory);
    await damage({ json: join(directory, "model.json"), weights: join(directory, "weights.bin") });
    await assertRejects(() => loadModel(directory), error, message);
  } finally {
    model.dispose();
    await Deno.remove(directory, { recursive: true });
  }
}

/** Replaces text in a file; there must be something to replace. */
async function replaceText(path: string, text: string, replacement: string) {
  const before = await Deno.readTextFile(path);
  assertEquals(before.includes(text), true);
  await Deno.writeTextFile(path, before.replaceAll(text, replacement));
}

function testRefusal(name: string, ...args: Parameters<typeof assertRefused>) {
  Deno.test({
    name: `loadModel() refuses ${name}`,
    ignore: !granted("read", "write"),
    fn: () => assertRefused(...args),
  });
}

testRefusal(
  "a missing model.json",
  ({ json }) => Deno.remove(json),
  { error: Deno.errors.NotFound, message: "" },
);
testRefusal(
  "a missing weights.bin",
  ({ weights }) => Deno.remove(weights),
  { error: Deno.errors.NotFound, message: "" },
);
testRefusal(
  "a model.json that breaks off",
  ({ json }) => Deno.truncate(json, 100),
  { error: SyntaxError, message: "model.json is not JSON" },
);
testRefusal(
  "JSON that describes something else",
  ({ json }) => Deno.writeTextFile(json, '{"name": "package"}'),
  { error: SyntaxError, message: "is no saved model of float weights" },
);
testRefusal(
  "weights of a type that it does not read",
  ({ json }) => replaceText(json, '"float16"', '"uint8"'),
  { error: SyntaxError, message: "is no saved model of float weights" },
);
testRefusal(
  "a layer that does not exist",
  ({ json }) => replaceText(json, '"Dense"', '"Dance"'),
  { error: SyntaxError, message: "describes no model" },
);
testRefusal(
  "a model that does not end in a softmax",
  ({ json }) => replaceText(json, '"Softmax"', '"ReLU"'),
  { error: SyntaxError, message: "does not end in a softmax" },
);
testRefusal(
  "weights that the layers do not have",
  ({ json }) => replaceText(json, '"logits/bias"', '"logits/offset"'),
  { error: SyntaxError, message: "describes no model" },
);
testRefusal(
  "weights that are too short",
  ({ weights }) => Deno.truncate(weights, 17),
  { error: RangeError, message: "weights.bin has 17 bytes, expected 18" },
);
testRefusal(
  "weights that are too long",
  ({ weights }) => Deno.writeFile(weights, new Uint8Array(2), { append: true }),
  { error: RangeError, message: "weights.bin has 20 bytes, expected 18" },
);
testRefusal(
  "a weight that is NaN",
  async ({ weights }) => {
    const values = new Float16Array((await Deno.readFile(weights)).buffer);
    values[values.length - 1] = NaN;
    await Deno.writeFile(weights, new Uint8Array(values.buffer));
  },
  { error: RangeError, message: 'weight "logits/bias" is NaN' },
);

Deno.test({
  name: "loadModel() survives any changed byte of model.json: a model or a typed error",
  ignore: !granted("read", "write"),
  fn: async () => {
    const directory = await Deno.makeTempDir();
    const model = tf.sequential({
      layers: [tf.layers.dense({ name: "logits", inputShape: [2], units: 3 })],
    });
    await saveModel(model, directory);
    const path = join(directory, "model.json");
    const saved = await Deno.readFile(path);
    const random = randomStream(0, "damage");
    for (let i = 0; i < 300; i++) {
      const position = Math.floor(random() * saved.length);
      await Deno.writeFile(path, saved.with(position, Math.floor(random() * 256)));
      try {
        (await loadModel(directory)).dispose();
      } catch (error) {
        const typed = error instanceof SyntaxError || error instanceof RangeError;
        assert(typed, `byte ${position}: ${error}`);
      }
    }
    model.dispose();
    await Deno.remove(directory, { recursive: true });
  },
});
