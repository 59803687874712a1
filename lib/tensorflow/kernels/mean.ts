import * as tf from "@tensorflow/tfjs";
import { replaceKernel } from "../replace_kernel.ts";
import { tensorInputs } from "./execute.ts";

/**
 * Registers the mean of whole numbers and of truth values, such as an accuracy, as that of float32:
 * TensorFlow rounds the former down and has none of the latter.
 */
export function registerMean(): void {
  replaceKernel("Mean", "tensorflow", (call, plain) => {
    const [x] = tensorInputs(call.inputs, "x");
    if (x.dtype === "float32") return plain(call);
    const cast = tf.cast(x, "float32");
    const mean = plain({ ...call, inputs: { x: cast } });
    cast.dispose();
    return mean;
  });
}
