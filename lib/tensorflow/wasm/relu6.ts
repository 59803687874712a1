import * as tf from "@tensorflow/tfjs";
import { tensorInputs } from "../kernels/execute.ts";
import { replaceKernel } from "../replace_kernel.ts";

/** Lets tf.relu6() on the `wasm` backend keep NaN, of which its package makes 0. */
export function registerRelu6(): void {
  replaceKernel("Relu6", "wasm", ({ inputs }) => {
    const [x] = tensorInputs(inputs, "x");
    return tf.tidy(() => tf.minimum(tf.relu(x), 6));
  });
}
