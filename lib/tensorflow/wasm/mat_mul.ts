import * as tf from "@tensorflow/tfjs";
import { tensorInputs } from "../kernels/execute.ts";
import { replaceKernel } from "../replace_kernel.ts";

/**
 * Lets tf.matMul() on the `wasm` backend transpose its operands first where it is to multiply them
 * transposed, as most gradients do: its package has a fast product only of what is not.
 */
export function registerTransposedMatMul(): void {
  replaceKernel("BatchMatMul", "wasm", ({ inputs, backend, attrs }, plain) => {
    const operands = tensorInputs(inputs, "a", "b");
    const transposed = [attrs?.transposeA, attrs?.transposeB];
    const [a, b] = operands.map((operand, i) => transposed[i] ? lastTwoSwapped(operand) : operand);
    const product = plain({
      inputs: { a, b },
      backend,
      attrs: { transposeA: false, transposeB: false },
    });
    tf.dispose([a, b].filter((operand, i) => operand !== operands[i]));
    return product;
  });
}

function lastTwoSwapped(operand: tf.Tensor): tf.Tensor {
  const axes = operand.shape.map((_, axis) => axis);
  return tf.transpose(operand, [...axes.slice(0, -2), axes.length - 1, axes.length - 2]);
}
