import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { glorotUniform, heNormal } from "../../lib/models/initializers.ts";

await tf.setBackend("cpu");

/** Mean, standard deviation and greatest magnitude of a kernel that an initialiser draws. */
function describe(initializer: ReturnType<typeof heNormal>, shape: number[]) {
  return tf.tidy(() => {
    const kernel = initializer.apply(shape);
    const { mean, variance } = tf.moments(kernel);
    return {
      mean: mean.dataSync()[0],
      deviation: Math.sqrt(variance.dataSync()[0]),
      greatest: tf.max(tf.abs(kernel)).dataSync()[0],
    };
  });
}

Deno.test("glorotUniform() is uniform in ±√(6 / (fanIn + fanOut))", () => {
  // A convolution's fans count the kernel's positions: 9 × 64 in, 9 × 128 out.
  const limit = Math.sqrt(6 / (9 * 64 + 9 * 128));
  const { mean, deviation, greatest } = describe(glorotUniform(0, "conv"), [3, 3, 64, 128]);
  assertAlmostEquals(mean, 0, limit / 100);
  assertAlmostEquals(deviation, limit / Math.sqrt(3), limit / 100);
  assert(greatest <= limit && greatest > 0.999 * limit, `${greatest} for a limit of ${limit}`);
});

Deno.test("heNormal() has standard deviation √(2 / fanIn), truncated where Keras truncates", () => {
  const expected = Math.sqrt(2 / 1000);
  const { mean, deviation, greatest } = describe(heNormal(0, "dense"), [1000, 300]);
  assertAlmostEquals(mean, 0, expected / 100);
  assertAlmostEquals(deviation, expected, expected / 200);
  // The deviation of a normal distribution truncated at ±2: √(1 - 4φ(2) / erf(√2)), from Python.
  const limit = 2 * expected / 0.8796256610342398;
  assert(greatest <= limit && greatest > 0.99 * limit, `${greatest} for a limit of ${limit}`);
});

Deno.test("heNormal() and glorotUniform() draw by seed and layer name", () => {
  for (const initializer of [heNormal, glorotUniform]) {
    const draw = (seed: number, name: string) => describe(initializer(seed, name), [20, 10]);
    assertEquals(draw(5, "dense1"), draw(5, "dense1"));
    assert(draw(5, "dense1").mean !== draw(5, "dense2").mean);
    assert(draw(5, "dense1").mean !== draw(6, "dense1").mean);
  }
});
