import * as tf from "@tensorflow/tfjs";
import { inputsOf } from "../kernels/execute.ts";
import { replaceKernel } from "../replace_kernel.ts";

/** Fused kernels, and those that compute their products alone. */
const PRODUCTS: Readonly<Record<string, string>> = {
  FusedConv2D: "Conv2D",
  FusedDepthwiseConv2D: "DepthwiseConv2dNative",
  _FusedMatMul: "BatchMatMul",
};

/**
 * Lets the fused kernels of the `wasm` backend compute one after the other what they fuse. Its
 * package makes 0 of NaN by `relu` and `relu6`, leaves `elu` out of convolutions, adds one number of
 * the bias to all rows but the first of a product of transposed matrices or of several, and once
 * more for each 48 of their columns.
 */
export function registerFused(): void {
  for (const [fused, kernel] of Object.entries(PRODUCTS)) {
    replaceKernel(fused, "wasm", ({ inputs, attrs = {} }) => {
      const names = fused === "_FusedMatMul" ? ["a", "b"] : ["x", "filter"];
      const operands = Object.fromEntries(
        inputsOf(inputs, ...names).map((input, i) => [names[i], tensorOf(input)]),
      );
      const { bias, preluActivationWeights } = inputs;
      const { activation, leakyreluAlpha } = attrs;
      return tf.tidy(() => {
        const product: tf.Tensor = tf.engine().runKernel(kernel, operands, attrs);
        const sum = bias === undefined ? product : tf.add(product, tensorOf(bias));
        return activate(sum, String(activation), {
          weights: preluActivationWeights && tensorOf(preluActivationWeights),
          alpha: Number(leakyreluAlpha),
        });
      });
    });
  }
}

function activate(
  x: tf.Tensor,
  activation: string,
  { weights, alpha }: { weights?: tf.Tensor; alpha: number },
): tf.Tensor {
  switch (activation) {
    case "linear":
      return x;
    case "relu":
      return tf.relu(x);
    case "relu6":
      return tf.relu6(x);
    case "elu":
      return tf.elu(x);
    case "sigmoid":
      return tf.sigmoid(x);
    case "leakyrelu":
      return tf.leakyRelu(x, alpha);
    case "prelu":
      if (weights !== undefined) return tf.prelu(x, weights);
  }
  throw new TypeError(`Cannot run a fused kernel: its activation is ${activation}`);
}

function tensorOf(input: tf.TensorInfo): tf.Tensor {
  if (!(input instanceof tf.Tensor)) throw new TypeError("Cannot run a kernel: not a tensor");
  return input;
}
