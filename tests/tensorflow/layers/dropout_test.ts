import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { Dropout } from "../../../lib/tensorflow/mod.ts";

await tf.setBackend("cpu");

/** What some calls of one layer in training make of 10,000 ones. */
function masks(layer: Dropout, calls: number): Float32Array[] {
  return tf.tidy(() => {
    const input = tf.ones([100, 100]);
    return Array.from(
      { length: calls },
      () => Float32Array.from(layer.call(input, { training: true }).dataSync()),
    );
  });
}

const different = (a: Float32Array, b: Float32Array) => a.some((value, i) => value !== b[i]);

Deno.test("Dropout draws a fresh mask at each call, the same ones again from the same seed", () => {
  const first = masks(new Dropout({ rate: 0.5, seed: 7 }), 3);
  assertEquals(masks(new Dropout({ rate: 0.5, seed: 7 }), 3), first);
  assert(different(first[0], first[1]) && different(first[1], first[2]));
  assert(different(first[0], masks(new Dropout({ rate: 0.5, seed: 8 }), 1)[0]));
});

Deno.test("Dropout drops `rate` of the values and divides the rest by 1 - rate", () => {
  const [mask] = masks(new Dropout({ rate: 0.25, seed: 0 }), 1);
  const kept = mask.filter((value) => value !== 0);
  for (const value of kept) assertAlmostEquals(value, 4 / 3, 1e-6);
  // Five standard deviations of a binomial distribution of 10,000 draws are 0.022.
  assertAlmostEquals(kept.length / mask.length, 0.75, 0.022);
});

Deno.test("Dropout gives gradients only through the values that it kept", () => {
  tf.tidy(() => {
    const layer = new Dropout({ rate: 0.5, seed: 1 });
    const [mask] = masks(new Dropout({ rate: 0.5, seed: 1 }), 1);
    const gradient = tf.grad((x: tf.Tensor) => layer.call(x, { training: true }));
    assertEquals(Float32Array.from(gradient(tf.ones([100, 100])).dataSync()), mask);
  });
});

Deno.test("Dropout is the identity outside training", () => {
  tf.tidy(() => {
    const layer = new Dropout({ rate: 0.9, seed: 0 });
    for (const options of [{}, { training: false }]) {
      const [output] = [layer.apply(tf.tensor([1, 2, 3]), options)].flat();
      assert(output instanceof tf.Tensor);
      assertEquals([...output.dataSync()], [1, 2, 3]);
    }
  });
});

Deno.test("Dropout is saved as Keras's Dropout, which TensorFlow.js's own layer understands", () => {
  const layer = new Dropout({ name: "dropout1", rate: 0.25, seed: 7 });
  assertEquals(layer.getClassName(), "Dropout");
  const { name, rate, seed } = layer.getConfig();
  assertEquals({ name, rate, seed }, { name: "dropout1", rate: 0.25, seed: 7 });
  assertEquals(tf.layers.dropout({ rate: 0.25, seed: 7 }).getClassName(), layer.getClassName());
});

Deno.test("Dropout leaves no tensor but its output, and none once it is disposed", () => {
  const before = tf.memory().numTensors;
  const layer = new Dropout({ rate: 0.5, seed: 0 });
  const input = tf.ones([4, 4]);
  tf.tidy(() => void layer.apply(input, { training: true }));
  input.dispose();
  layer.dispose();
  assertEquals(tf.memory().numTensors, before);
});

Deno.test("Dropout at rate 1 gives zeros, as Keras 3 does", () => {
  const layer = new Dropout({ rate: 1, seed: 0 });
  assertEquals([...layer.call(tf.tensor([1, 2]), { training: true }).dataSync()], [0, 0]);
  assertEquals([...layer.call(tf.tensor([1, 2]), {}).dataSync()], [1, 2]);
});

Deno.test("Dropout repeats the mask where noiseShape is 1", () => {
  const masked = (noiseShape: (number | null)[]) => {
    const layer = new Dropout({ rate: 0.5, seed: 3, noiseShape });
    assertEquals(layer.getConfig().noiseShape, noiseShape);
    return layer.call(tf.ones([2, 50, 3]), { training: true });
  };
  for (const [noiseShape, axis] of [[[2, 1, 3], 1], [[null, 1, null], 1], [[50, 1], 2]] as const) {
    const mask = masked([...noiseShape]);
    const [least, greatest] = [tf.min(mask, axis), tf.max(mask, axis)];
    assertEquals(least.dataSync(), greatest.dataSync(), "it differs along the repeated axis");
    assert(new Set(least.dataSync()).size === 2, "nothing is dropped, or all");
  }
  for (const noiseShape of [[2, 2, 3], [7, 2, 50, 3]]) {
    assertThrows(() => masked(noiseShape), RangeError, `noiseShape is [${noiseShape}]`);
  }
});

Deno.test("Dropout without a seed drops at random, and is saved without one", () => {
  for (const args of [{ rate: 0.25 }, { rate: 0.25, seed: null }]) {
    const [layer, other] = [new Dropout(args), new Dropout(args)];
    const [first, second] = masks(layer, 2);
    assert(different(first, second) && different(first, masks(other, 1)[0]));
    // Five standard deviations of a binomial distribution of 10,000 draws are 0.022.
    assertAlmostEquals(first.filter((value) => value !== 0).length / first.length, 0.75, 0.022);
    assert(!("seed" in JSON.parse(JSON.stringify(layer.getConfig()))) || args.seed === null);
  }
});

Deno.test("Dropout takes the seeds that Keras and TensorFlow.js take, and saves them", () => {
  for (const seed of [-1, 2 ** 31, 2 ** 40, 0.5]) {
    const [layer, again] = [new Dropout({ rate: 0.5, seed }), new Dropout({ rate: 0.5, seed })];
    assertEquals(masks(layer, 2), masks(again, 2));
    assertEquals(layer.getConfig().seed, seed);
  }
});

Deno.test("Dropout saves what the package's layer does of every option", () => {
  const options = {
    name: "a",
    trainable: false,
    batchInputShape: [4, 3],
    dtype: "float32" as const,
  };
  for (const args of [{ rate: 0.5 }, { rate: 0.5, seed: 7, noiseShape: [4, 1], ...options }]) {
    const [ours, theirs] = [new Dropout(args), tf.layers.dropout(args)];
    assertEquals(ours.getConfig(), { ...theirs.getConfig(), name: ours.name });
    assertEquals(ours.supportsMasking, theirs.supportsMasking);
  }
});

Deno.test("Dropout refuses several inputs", () => {
  const layer = new Dropout({ rate: 0.5 });
  for (const training of [true, false]) {
    const two = [tf.ones([2]), tf.ones([2])];
    assertThrows(() => layer.apply(two, { training }), RangeError, "there are 2 inputs");
  }
});

Deno.test("Dropout refuses a rate outside [0, 1] and a seed that is no number", () => {
  for (const rate of [-0.1, 1.1, NaN]) {
    assertThrows(() => new Dropout({ rate, seed: 0 }), RangeError, `rate is ${rate}`);
  }
  assertThrows(() => new Dropout({ rate: 0.5, seed: NaN }), RangeError, "seed is NaN");
});
