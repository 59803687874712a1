import * as tf from "@tensorflow/tfjs";
import { ATTRIBUTE_TYPES } from "../data_types.ts";
import { execute, inputsOf, typeAttribute } from "./execute.ts";
import { replaceKernel } from "../replace_kernel.ts";

/**
 * Registers the selection of slices by their indices without a look at the indices, which the
 * package takes on the host and a recording cannot. TensorFlow looks at them itself, on CPUs.
 */
export function registerGather(): void {
  replaceKernel("GatherV2", "tensorflow", ({ inputs, attrs }) => {
    const [x, indices] = inputsOf(inputs, "x", "indices");
    const axis = tf.scalar(Number(attrs?.axis), "int32");
    const [slices] = execute("GatherV2", [x, indices, axis], {
      attributes: [
        { name: "batch_dims", type: ATTRIBUTE_TYPES.int, value: Number(attrs?.batchDims) },
        typeAttribute("Tparams", x.dtype),
        typeAttribute("Tindices", "int32"),
        typeAttribute("Taxis", "int32"),
      ],
    });
    axis.dispose();
    return slices;
  });
}
