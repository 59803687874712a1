import { assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { MODEL_IDS, MODELS } from "../../lib/models/mod.ts";

await tf.setBackend("cpu");

Deno.test("MODELS build every network of MODEL_IDS, named by its id, from images to logits", () => {
  assertEquals<string[]>(Object.keys(MODELS), [...MODEL_IDS]);
  for (const id of MODEL_IDS) {
    const model = MODELS[id]({ seed: 0 });
    assertEquals(model.inputs[0].shape, [null, 28, 28, 1]);
    assertEquals(model.outputs[0].shape, [null, 10]);
    assertEquals(model.name, id);
    model.dispose();
  }
});
