import * as tf from "@tensorflow/tfjs";
import { ATTRIBUTE_TYPES } from "../data_types.ts";
import { execute, float32Attribute, tensorInputs } from "./execute.ts";
import { replaceKernel } from "../replace_kernel.ts";

/**
 * Registers the product of two matrices as TensorFlow's operation for that. TensorFlow.js takes any
 * product for one of batches of them.
 */
export function registerMatMul(): void {
  replaceKernel("BatchMatMul", "tensorflow", (call, original) => {
    const [a, b] = tensorInputs(call.inputs, "a", "b");
    if (!isMatrix(a) || !isMatrix(b)) return original(call);
    return tf.tidy(() => {
      const [product] = execute("MatMul", [matrix(a), matrix(b)], {
        attributes: [
          float32Attribute(),
          flag("transpose_a", call.attrs?.transposeA),
          flag("transpose_b", call.attrs?.transposeB),
        ],
      });
      return tf.expandDims(product, 0);
    });
  });
}

function isMatrix({ shape, dtype }: tf.Tensor): boolean {
  return dtype === "float32" && shape.length === 3 && shape[0] === 1;
}

function matrix(tensor: tf.Tensor): tf.Tensor {
  return tf.reshape(tensor, tensor.shape.slice(1));
}

function flag(name: string, value: unknown) {
  return { name, type: ATTRIBUTE_TYPES.bool, value: value === true };
}
