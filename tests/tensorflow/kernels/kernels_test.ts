import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { normalizeBatch } from "../../../lib/tensorflow/kernels/mod.ts";
import { jit, sparseSoftmaxCrossEntropy } from "../../../lib/tensorflow/mod.ts";
import { testOnTensorflow } from "../on_tensorflow.ts";

/** Numbers in [-1, 1) that look random, `levels` different ones. */
function numbers(shape: number[], { levels = 1000, seed = 1 } = {}): tf.Tensor {
  const size = tf.util.sizeFromShape(shape);
  const values = Array.from({ length: size }, (_, i) => ((i + 1) * (7919 + 13 * seed)) % levels);
  return tf.tensor(values.map((value) => 2 * value / levels - 1), shape);
}

function assertClose(actual: tf.Tensor, expected: tf.Tensor, tolerance: number): void {
  assertEquals(actual.shape, expected.shape);
  const values = expected.dataSync();
  actual.dataSync().forEach((value, i) =>
    assertAlmostEquals(value, values[i], tolerance, `value ${i}`)
  );
}

/** What a function gives on TensorFlow.js's own backend in plain JavaScript. */
async function onCpu(compute: () => tf.Tensor[]): Promise<tf.Tensor[]> {
  await tf.setBackend("cpu");
  const results = tf.tidy(() =>
    compute().map((tensor) => ({ values: [...tensor.dataSync()], shape: tensor.shape }))
  );
  await tf.setBackend("tensorflow");
  return results.map(({ values, shape }) => tf.tensor(values, shape));
}

testOnTensorflow("ReLU's gradient is 1 above 0, else 0, also twice over", () => {
  const x = tf.tensor1d([-2, -0, 0, 0.5, 3]);
  const gradient = tf.grad((x: tf.Tensor) => tf.sum(tf.relu(x)));
  assertEquals([...gradient(x).dataSync()], [0, 0, 0, 1, 1]);
  const twice = tf.grad((x: tf.Tensor) =>
    tf.sum(tf.grad((x: tf.Tensor) => tf.sum(tf.square(tf.relu(x))))(x))
  );
  assertEquals([...twice(x).dataSync()], [0, 0, 0, 2, 2]);
});

testOnTensorflow("adding a bias and its gradients are as on the cpu backend", async () => {
  const compute = (shape: number[]) => {
    const [x, bias] = [numbers(shape), numbers(shape.slice(-1), { seed: 2 })];
    const fn = (x: tf.Tensor, bias: tf.Tensor) => tf.sum(tf.square(tf.add(x, bias)));
    return [tf.add(x, bias), ...tf.grads(fn)([x, bias])];
  };
  for (const shape of [[6, 3], [2, 5, 3], [2, 3, 4, 5], [2, 2, 2, 3, 4]]) {
    const expected = await onCpu(() => compute(shape));
    compute(shape).forEach((tensor, i) => assertClose(tensor, expected[i], 1e-4));
  }
});

testOnTensorflow("adding what is no bias is left as it was", () => {
  assertEquals([...tf.add(tf.tensor1d([1, 2]), tf.tensor1d([3, 4])).dataSync()], [4, 6]);
  const column = tf.add(tf.tensor2d([[1, 2], [3, 4]]), tf.tensor2d([[10], [20]]));
  assertEquals([...column.dataSync()], [11, 12, 23, 24]);
  const integers = tf.add(tf.tensor2d([[1, 2]], [1, 2], "int32"), tf.tensor1d([1, 1], "int32"));
  assertEquals([integers.dtype, ...integers.dataSync()], ["int32", 2, 3]);
});

testOnTensorflow("max pooling has the same gradient recorded, with many equal maxima", () => {
  const gradientOf = (size: number, strides: number) =>
    tf.grad((x: tf.Tensor) => {
      const y = tf.maxPool(x.as4D(3, 8, 6, 5), size, strides, "valid");
      return tf.sum(tf.mul(y, tf.square(numbers(y.shape, { seed: 3 }))));
    });
  for (const levels of [1, 2, 3, 1000]) {
    for (const [size, strides] of [[2, 2], [3, 3], [2, 1]]) {
      const gradient = gradientOf(size, strides);
      const recorded = jit((x: tf.Tensor) => gradient(x));
      const x = numbers([3, 8, 6, 5], { levels });
      const expected = gradient(x); // Not recorded: TensorFlow's kernel.
      for (let call = 0; call < 4; call++) assertClose(recorded(x), expected, 1e-6);
      recorded.dispose();
    }
  }
});

testOnTensorflow("sparseSoftmaxCrossEntropy() and its gradient are as computed by hand", () => {
  const logits = tf.tensor2d([[0, Math.log(3)], [500, -500]]);
  const labels = tf.tensor1d([0, 1], "int32");
  const losses = sparseSoftmaxCrossEntropy(labels, logits);
  assertClose(losses, tf.tensor1d([Math.log(4), 1000]), 1e-5);
  const gradient = tf.grad((logits: tf.Tensor) =>
    tf.sum(tf.mul(sparseSoftmaxCrossEntropy(labels, logits.as2D(2, 2)), tf.tensor1d([2, 1])))
  );
  assertClose(gradient(logits), tf.tensor2d([[-1.5, 1.5], [1, -1]]), 1e-6);
});

testOnTensorflow("sparseSoftmaxCrossEntropy() is on the cpu backend as on TensorFlow", async () => {
  const compute = () => {
    const labels = tf.tensor1d([0, 1, 2, 3, 0, 1], "int32");
    const lossesOf = (logits: tf.Tensor) => sparseSoftmaxCrossEntropy(labels, logits.as2D(6, 4));
    const fn = (logits: tf.Tensor) => tf.sum(tf.square(lossesOf(logits)));
    const logits = numbers([6, 4]);
    return [lossesOf(logits), tf.grad(fn)(logits)];
  };
  const expected = await onCpu(compute);
  compute().forEach((tensor, i) => assertClose(tensor, expected[i], 1e-5));
});

testOnTensorflow("sparseSoftmaxCrossEntropy() refuses a label that is no class", () => {
  assertThrows(
    () => sparseSoftmaxCrossEntropy(tf.tensor1d([3], "int32"), tf.tensor2d([[0, 0, 0]])),
    RangeError,
    "label value of 3 which is outside the valid range of [0, 3)",
  );
});

testOnTensorflow(
  "normalizeBatch() is as composed on the cpu backend, its gradients too",
  async () => {
    const compute = (shape: number[]) => {
      const channels = shape.slice(-1);
      const operands = [numbers(shape), numbers(channels, { seed: 2 }), numbers(channels)];
      const normalize = (x: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor) =>
        normalizeBatch(x, { gamma: gamma.as1D(), beta: beta.as1D(), epsilon: 0.001 });
      const [x, gamma, beta] = operands;
      const { output, mean, variance } = normalize(x, gamma, beta);
      const fn = (x: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor) =>
        tf.sum(tf.mul(normalize(x, gamma, beta).output, numbers(shape, { seed: 5 })));
      return [output, mean, variance, ...tf.grads(fn)(operands)];
    };
    for (const shape of [[4, 3, 5, 2], [6, 7]]) {
      const expected = await onCpu(() => compute(shape));
      compute(shape).forEach((tensor, i) => assertClose(tensor, expected[i], 2e-5));
    }
  },
);

testOnTensorflow(
  "tf.gather() gives slices, and refuses an index outside in TensorFlow's words",
  () => {
    const table = tf.tensor2d([[1, 2], [3, 4]]);
    assertEquals([...tf.gather(table, tf.tensor1d([1, 0], "int32")).dataSync()], [3, 4, 1, 2]);
    assertThrows(() => tf.gather(table, tf.tensor1d([2], "int32")), RangeError, "not in [0, 2)");
  },
);

testOnTensorflow(
  "tf.matMul() is as on the cpu backend, transposed or not, of batches too",
  async () => {
    const compute = () =>
      [[false, false], [false, true], [true, false], [true, true]].flatMap(([first, second]) =>
        [[], [1], [3]].map((batch) => {
          const a = numbers([...batch, ...(first ? [4, 2] : [2, 4])]);
          const b = numbers([...batch, ...(second ? [5, 4] : [4, 5])], { seed: 2 });
          return tf.matMul(a, b, first, second);
        })
      );
    const expected = await onCpu(compute);
    compute().forEach((tensor, i) => assertClose(tensor, expected[i], 1e-5));
  },
);
