import { assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { denseNetwork, parameterCount } from "../../lib/models/mod.ts";

await tf.setBackend("cpu");

Deno.test("denseNetwork() has the tutorial's layers and 101,770 parameters", () => {
  const model = denseNetwork({ seed: 0 });
  assertEquals(
    model.layers.map((layer) => [layer.name, layer.outputShape, layer.countParams()]),
    [
      ["flatten", [null, 784], 0],
      ["dense1", [null, 128], 100_480],
      ["logits", [null, 10], 1_290],
    ],
  );
  assertEquals(parameterCount(model), { total: 101_770, trainable: 101_770, nonTrainable: 0 });
  model.dispose();
});
