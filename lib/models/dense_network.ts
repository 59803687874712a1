import * as tf from "@tensorflow/tfjs";
import { glorotUniform } from "./initializers.ts";

/**
 * The dense network of study A's first try: images `[batch, 28, 28, 1]` in [0, 1] to logits
 * `[batch, 10]`, with 101,770 parameters.
 *
 * Source: TensorFlow's tutorial "Basic classification: Classify images of clothing".
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { denseNetwork } from "./mod.ts";
 *
 * const model = denseNetwork({ seed: 0 });
 * assertEquals(model.outputs[0].shape, [null, 10]);
 * ```
 */
export function denseNetwork({ seed }: { seed: number }): tf.Sequential {
  return tf.sequential({
    name: "dense",
    layers: [
      tf.layers.flatten({ name: "flatten", inputShape: [28, 28, 1] }),
      tf.layers.dense({
        name: "dense1",
        units: 128,
        activation: "relu",
        kernelInitializer: glorotUniform(seed, "dense1"),
      }),
      tf.layers.dense({
        name: "logits",
        units: 10,
        kernelInitializer: glorotUniform(seed, "logits"),
      }),
    ],
  });
}
