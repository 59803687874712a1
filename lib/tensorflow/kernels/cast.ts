import type * as tf from "@tensorflow/tfjs";
import { ATTRIBUTE_TYPES } from "../data_types.ts";
import { execute, inputsOf, typeAttribute } from "./execute.ts";
import { replaceKernel } from "../replace_kernel.ts";

/**
 * Registers the change of an element type from what a tensor holds: images that were decoded are
 * of uint8 and outputs of saved models may be of int64, which the package takes for int32.
 */
export function registerCast(): void {
  replaceKernel("Cast", "tensorflow", ({ inputs, attrs }) => {
    // TensorFlow finds SrcT itself.
    const attributes = [
      typeAttribute("DstT", elementType(attrs?.dtype)),
      { name: "Truncate", type: ATTRIBUTE_TYPES.bool, value: false },
    ];
    return execute("Cast", inputsOf(inputs, "x"), { attributes })[0];
  });
}

function elementType(dtype: unknown): tf.DataType {
  for (const name of ["float32", "int32", "bool", "complex64", "string"] as const) {
    if (name === dtype) return name;
  }
  throw new TypeError(`Cannot cast: ${dtype} is no element type`);
}
