import * as tf from "@tensorflow/tfjs";
import { tensorflowBackend } from "../tensorflow_backend.ts";
import { CHANNELS_LAST, execute, float32Attribute, inputsOf, single } from "./execute.ts";
import { replaceKernel } from "../replace_kernel.ts";

const ATTRIBUTES = [float32Attribute(), CHANNELS_LAST];

/**
 * Registers the addition of a bias `[channels]` to `[…, channels]` as the operation that
 * TensorFlow has for it; and its gradient, a sum, as one operation too.
 */
export function registerBias(): void {
  replaceKernel("Add", "tensorflow", (call, add) => {
    const [a, b] = inputsOf(call.inputs, "a", "b");
    if (!isBias(a, b)) return add(call);
    return execute("BiasAdd", [a, b], { attributes: ATTRIBUTES })[0];
  });
  const gradient = tf.getGradient("Add");
  tf.unregisterGradient("Add");
  tf.registerGradient({
    ...gradient,
    gradFunc: (dy, saved, attrs) => {
      const [a, b] = saved;
      const gradients = gradient.gradFunc(dy, saved, attrs);
      if (tensorflowBackend() === undefined || !isBias(a, b)) return gradients;
      return { ...gradients, b: () => tf.engine().runKernel("BiasAddGrad", { dy: single(dy) }) };
    },
  });
  tf.registerKernel({
    kernelName: "BiasAddGrad",
    backendName: "tensorflow",
    kernelFunc: ({ inputs }) =>
      execute("BiasAddGrad", inputsOf(inputs, "dy"), { attributes: ATTRIBUTES })[0],
  });
  tf.registerGradient({
    kernelName: "BiasAddGrad",
    inputsToSave: ["dy"],
    gradFunc: (ddb, [dy]) => ({ dy: () => tf.broadcastTo(single(ddb), dy.shape) }),
  });
}

function isBias(a: tf.TensorInfo, b: tf.TensorInfo): boolean {
  const rank = a.shape.length;
  return a.dtype === "float32" && b.dtype === "float32" && b.shape.length === 1 && rank >= 2 &&
    rank <= 5 && a.shape[rank - 1] === b.shape[0];
}
