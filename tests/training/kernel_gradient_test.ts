import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { kernelGradient } from "../../lib/training/mod.ts";
import { linearModel, reference, tinyDataset, weightValues, withoutLeaks } from "./tiny.ts";

await tf.setBackend("cpu");

Deno.test("kernelGradient() is the loss's gradient by one kernel, computed in float64", () =>
  withoutLeaks(async () => {
    const model = linearModel();
    const dataset = tinyDataset(12, { seed: 0 });
    const gradient = kernelGradient(model, dataset, { layer: "logits" });
    assertEquals(gradient.shape, [4, 3]);
    const expected = reference(weightValues(model), dataset).gradient;
    (await gradient.data()).forEach((value, i) => assertAlmostEquals(value, expected[i], 1e-6));
    gradient.dispose();
    model.dispose();
  }));

Deno.test("kernelGradient() refuses a layer without a kernel, by its name", () => {
  const model = linearModel();
  const [flatten] = model.layers;
  assertThrows(
    () => kernelGradient(model, tinyDataset(1, { seed: 0 }), { layer: flatten.name }),
    RangeError,
    `layer "${flatten.name}" has no kernel`,
  );
  model.dispose();
});
