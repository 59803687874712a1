import util from "node:util";
import * as tf from "@tensorflow/tfjs";
import { NodeJSKernelBackend } from "@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend.js";
import type { ModelId } from "../../lib/models/mod.ts";
import { TensorflowBinding } from "../../lib/tensorflow/binding.ts";
import { openTensorflow } from "../../lib/tensorflow/c_api.ts";
import { findTensorflowLibrary } from "../../lib/tensorflow/mod.ts";

/** Starts the tensorflow backend with the kernels and gradients of the packages alone. */
export async function initEagerBackend(): Promise<void> {
  Object.assign(util, { isNullOrUndefined: (value: unknown) => value == null });
  const binding = new TensorflowBinding(openTensorflow(findTensorflowLibrary()));
  tf.registerBackend("tensorflow", () => new NodeJSKernelBackend(binding, "tfjs-node"));
  await import("@tensorflow/tfjs-node-gpu/dist/register_all_kernels.js");
  await tf.setBackend("tensorflow");
}

/** The networks of both studies of TensorFlow.js's own layers. */
export function layersModel(id: ModelId): tf.Sequential {
  const model = tf.sequential();
  const inputShape = [28, 28, 1];
  if (id === "small-cnn") {
    for (const filters of [32, 64]) {
      const activation = "relu";
      model.add(
        tf.layers.conv2d({ inputShape, filters, kernelSize: 3, padding: "same", activation }),
      );
      model.add(tf.layers.maxPooling2d({ poolSize: 2, strides: 2 }));
    }
    model.add(tf.layers.flatten());
    model.add(tf.layers.dense({ units: 128, activation: "relu" }));
  } else {
    for (const filters of [64, 128, 256]) {
      for (let i = 0; i < 2; i++) {
        model.add(tf.layers.conv2d({ inputShape, filters, kernelSize: 3, padding: "same" }));
        model.add(tf.layers.batchNormalization());
        model.add(tf.layers.reLU());
      }
      model.add(tf.layers.maxPooling2d({ poolSize: 2, strides: 2 }));
      model.add(tf.layers.dropout({ rate: 0.25 }));
    }
    model.add(tf.layers.flatten());
    model.add(tf.layers.dense({ units: 2048 }));
    model.add(tf.layers.batchNormalization());
    model.add(tf.layers.reLU());
    model.add(tf.layers.dropout({ rate: 0.5 }));
  }
  model.add(tf.layers.dense({ units: 10 }));
  return model;
}
