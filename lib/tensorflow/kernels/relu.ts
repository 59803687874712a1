import * as tf from "@tensorflow/tfjs";
import { tensorflowBackend } from "../tensorflow_backend.ts";
import { execute, float32Attribute, inputsOf, single } from "./execute.ts";

/**
 * Registers the gradient of ReLU as one operation, where TensorFlow.js takes three. It is taken
 * from ReLU's output, so that nothing else needs ReLU's input.
 */
export function registerReluGradient(): void {
  tf.registerKernel({
    kernelName: "ReluGrad",
    backendName: "tensorflow",
    kernelFunc: ({ inputs }) =>
      execute("ReluGrad", inputsOf(inputs, "dy", "y"), { attributes: [float32Attribute()] })[0],
  });
  tf.registerGradient({
    kernelName: "ReluGrad",
    inputsToSave: ["y"],
    gradFunc: (ddx, [y]) => ({
      dy: () => reluGradient(single(ddx), y),
      y: () => tf.zerosLike(y),
    }),
  });
  tf.unregisterGradient("Relu");
  tf.registerGradient({
    kernelName: "Relu",
    outputsToSave: [true],
    gradFunc: (dy, [y]) => ({ x: () => reluGradient(single(dy), y) }),
  });
}

function reluGradient(dy: tf.Tensor, y: tf.Tensor): tf.Tensor {
  if (tensorflowBackend() === undefined) return tf.mul(dy, tf.step(y));
  return tf.engine().runKernel("ReluGrad", { dy, y });
}
