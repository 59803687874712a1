import { assert, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { fileURLToPath } from "node:url";
import { jit } from "../../../lib/tensorflow/mod.ts";
import { granted } from "../../permissions.ts";
import { tensorflowAvailable } from "../available.ts";
import { testOnTensorflow } from "../on_tensorflow.ts";

interface Case {
  input: [batch: number, height: number, width: number, depth: number];
  kernel: [height: number, width: number];
  filters: number;
  strides: [down: number, across: number];
  pad: "same" | "valid" | number | [[0, 0], [number, number], [number, number], [0, 0]];
}

/** Filters that strides pass over, with fewer channels than oneDNN takes at once and with more. */
const CASES: Case[] = [
  { input: [64, 8, 8, 2], kernel: [1, 1], filters: 8, strides: [2, 2], pad: "valid" },
  { input: [3, 9, 7, 5], kernel: [1, 1], filters: 3, strides: [2, 2], pad: "same" },
  { input: [2, 5, 8, 17], kernel: [1, 1], filters: 9, strides: [3, 2], pad: "same" },
  { input: [2, 6, 7, 1], kernel: [1, 1], filters: 1, strides: [1, 2], pad: "valid" },
  { input: [1, 7, 1, 16], kernel: [1, 1], filters: 16, strides: [4, 1], pad: "valid" },
  { input: [2, 6, 6, 3], kernel: [1, 1], filters: 4, strides: [2, 2], pad: 0 },
  { input: [2, 7, 6, 3], kernel: [1, 2], filters: 4, strides: [2, 3], pad: "same" },
  { input: [2, 7, 6, 3], kernel: [3, 3], filters: 4, strides: [2, 2], pad: "same" },
  // One place across, on processors with AVX-512.
  { input: [3, 8, 4, 1], kernel: [3, 3], filters: 1, strides: [1, 2], pad: "valid" },
  { input: [2, 7, 1, 1], kernel: [5, 3], filters: 17, strides: [1, 3], pad: "same" },
  { input: [3, 6, 2, 1], kernel: [2, 5], filters: 4, strides: [2, 3], pad: "same" },
  {
    input: [2, 5, 3, 1],
    kernel: [3, 3],
    filters: 2,
    strides: [1, 4],
    pad: [[0, 0], [1, 1], [2, 0], [0, 0]],
  },
  { input: [0, 8, 8, 2], kernel: [1, 1], filters: 8, strides: [2, 2], pad: "valid" },
];

/** Numbers that look random and are the same on each backend. */
const numbersLike = (shape: number[], seed: number) =>
  tf.tensor(
    Float32Array.from(
      { length: tf.util.sizeFromShape(shape) },
      (_, i) => Math.sin(12.9898 * i + seed),
    ),
    shape,
  );

/** A convolution, and its gradients with each number of it weighed by another. */
function convolve({ input, kernel, filters, strides, pad }: Case): tf.Tensor[] {
  const [x, w] = [numbersLike(input, 1), numbersLike([...kernel, input[3], filters], 2)];
  const convolution = (x: tf.Tensor, w: tf.Tensor) =>
    tf.conv2d(x.as4D(...input), w.as4D(...kernel, input[3], filters), strides, pad);
  const y = convolution(x, w);
  return [y, ...tf.grads(convolution)([x, w], numbersLike(y.shape, 3))];
}

for (const one of CASES) {
  testOnTensorflow(
    `tf.conv2d() and its gradients are as on the cpu backend: ${JSON.stringify(one)}`,
    async () => {
      await tf.setBackend("cpu");
      const expected = tf.tidy(() =>
        convolve(one).map((tensor) => ({ shape: tensor.shape, values: tensor.dataSync().slice() }))
      );
      await tf.setBackend("tensorflow");
      tf.tidy(() =>
        convolve(one).forEach((tensor, which) => {
          assertEquals(tensor.shape, expected[which].shape);
          tensor.dataSync().forEach((value, i) => {
            const apart = Math.abs(value - expected[which].values[i]);
            assert(apart < 1e-4, `tensor ${which}, value ${i} is apart by ${apart}`);
          });
        })
      );
    },
  );
}

testOnTensorflow("tf.conv3d() of one channel to one column is as on the cpu backend", async () => {
  const shapes: [number[], number[], [number, number, number], "same" | "valid"][] = [
    [[3, 2, 2, 3, 1], [2, 1, 2, 1, 1], [3, 1, 2], "valid"],
    [[2, 3, 4, 3, 1], [1, 1, 3, 1, 8], [2, 1, 2], "valid"],
    [[1, 2, 3, 1, 1], [2, 1, 2, 1, 17], [2, 1, 2], "same"],
    [[3, 4, 4, 1, 1], [2, 3, 3, 1, 3], [3, 1, 3], "same"],
  ];
  for (const [input, kernel, strides, pad] of shapes) {
    const run = () =>
      tf.tidy(() =>
        tf.conv3d(
          numbersLike(input, 1).as5D(input[0], input[1], input[2], input[3], 1),
          numbersLike(kernel, 2).as5D(kernel[0], kernel[1], kernel[2], 1, kernel[4]),
          strides,
          pad,
        ).dataSync().slice()
      );
    await tf.setBackend("cpu");
    const expected = run();
    await tf.setBackend("tensorflow");
    run().forEach((value, i) => assert(Math.abs(value - expected[i]) < 1e-4, `${input}: ${i}`));
  }
});

testOnTensorflow("jit() records the gradient by a 1x1 filter with strides", () => {
  const [one] = CASES;
  const recorded = jit((x: tf.Tensor, w: tf.Tensor) =>
    tf.grads((x: tf.Tensor, w: tf.Tensor) =>
      tf.square(tf.conv2d(x.as4D(...one.input), w.as4D(1, 1, 2, 8), 2, "valid"))
    )([x, w])
  );
  const [x, w] = [numbersLike(one.input, 1), numbersLike([1, 1, 2, 8], 2)];
  const results = Array.from(
    { length: 4 },
    () => recorded(x, w).map((tensor) => tensor.dataSync()),
  );
  const eager = results[0];
  results.forEach((gradients) =>
    gradients.forEach((gradient, which) =>
      gradient.forEach((value, i) => assert(Math.abs(value - eager[which][i]) < 1e-3))
    )
  );
  recorded.dispose();
});

for (const isa of ["AVX2", "DEFAULT"]) {
  Deno.test({
    name: `a 1x1 layer with stride 2 learns another by fit() and by jit(), oneDNN on ${isa}`,
    ignore: !granted("run") || !tensorflowAvailable(),
    async fn() {
      const script = fileURLToPath(new URL("../../onednn/train_pointwise.ts", import.meta.url));
      const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
        args: ["run", "--no-prompt", "--allow-read", "--allow-env", "--allow-ffi", script],
        env: { TF_ENABLE_ONEDNN_OPTS: "1", ONEDNN_MAX_CPU_ISA: isa },
        stdin: "null",
      }).output();
      assertEquals(code, 0, new TextDecoder().decode(stderr));
      const { fit, jit } = JSON.parse(new TextDecoder().decode(stdout));
      assert(fit < 1e-9 && jit < 1e-9, `the losses are ${fit} and ${jit}`);
    },
  });
}
