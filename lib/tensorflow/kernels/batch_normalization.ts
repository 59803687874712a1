import * as tf from "@tensorflow/tfjs";
import type { OperationAttribute } from "../attributes.ts";
import { ATTRIBUTE_TYPES } from "../data_types.ts";
import { tensorflowBackend } from "../tensorflow_backend.ts";
import { CHANNELS_LAST, execute, float32Attribute, inputsOf } from "./execute.ts";

/** A batch that is normalised, and its statistics. */
export interface NormalizedBatch {
  readonly output: tf.Tensor;
  /** `[channels]`, over all but the last axis. */
  readonly mean: tf.Tensor1D;
  /** `[channels]`, the mean squared distance from the mean. */
  readonly variance: tf.Tensor1D;
}

/**
 * Normalises a batch `[…, channels]` by its own mean and variance, then scales it by gamma and
 * shifts it by beta, both `[channels]`. The statistics carry no gradient. On the `tensorflow`
 * backend it is one operation and so is its gradient, where TensorFlow.js takes some thirty.
 *
 * Source: Ioffe and Szegedy, "Batch Normalization: Accelerating Deep Network Training by
 * Reducing Internal Covariate Shift", 2015, algorithm 1.
 */
export function normalizeBatch(
  input: tf.Tensor,
  { gamma, beta, epsilon }: { gamma: tf.Tensor1D; beta: tf.Tensor1D; epsilon: number },
): NormalizedBatch {
  if (tensorflowBackend() === undefined) {
    const axes = [...input.shape.keys()].slice(0, -1);
    const { mean, variance } = tf.moments(input, axes);
    const output = tf.batchNorm(input, mean, variance, beta, gamma, epsilon);
    return { output, mean: mean.as1D(), variance: variance.as1D() };
  }
  const channels = gamma.shape[0];
  const count = input.size / channels;
  // The operation takes images; what is none becomes one of one column.
  const x = tf.reshape(input, [count, 1, 1, channels]);
  const [output, mean, variance] = tf.engine().runKernel<tf.Tensor[]>(
    "FusedBatchNormV3",
    { x, gamma, beta },
    { epsilon },
  );
  return {
    output: tf.reshape(output, input.shape),
    mean: mean.as1D(),
    // The operation divides by one less than the count.
    variance: tf.mul(variance, (count - 1) / count).as1D(),
  };
}

/** Registers the operation and its gradient. */
export function registerBatchNormalization(): void {
  tf.registerKernel({
    kernelName: "FusedBatchNormV3",
    backendName: "tensorflow",
    kernelFunc: ({ inputs, attrs }) => {
      // In training the moving statistics are not read.
      const none = tf.tensor1d([], "float32");
      const operands = [...inputsOf(inputs, "x", "gamma", "beta"), none, none];
      const outputs = execute("FusedBatchNormV3", operands, {
        attributes: attributesOf(attrs),
        outputs: 6,
      });
      none.dispose();
      return outputs;
    },
  });
  tf.registerKernel({
    kernelName: "FusedBatchNormGradV3",
    backendName: "tensorflow",
    kernelFunc: ({ inputs, attrs }) => {
      const names = ["dy", "x", "gamma", "reserve1", "reserve2", "reserve3"];
      return execute("FusedBatchNormGradV3", inputsOf(inputs, ...names), {
        attributes: attributesOf(attrs),
        outputs: 5,
      });
    },
  });
  tf.registerGradient({
    kernelName: "FusedBatchNormV3",
    inputsToSave: ["x", "gamma"],
    outputsToSave: [false, false, false, true, true, true],
    gradFunc: (dy, [x, gamma, reserve1, reserve2, reserve3], attrs) => {
      const [dx, dgamma, dbeta] = tf.engine().runKernel<tf.Tensor[]>(
        "FusedBatchNormGradV3",
        { dy: [dy].flat()[0], x, gamma, reserve1, reserve2, reserve3 },
        attrs,
      );
      return { x: () => dx, gamma: () => dgamma, beta: () => dbeta };
    },
  });
}

function attributesOf(attrs: tf.NamedAttrMap | undefined): OperationAttribute[] {
  const epsilon = Number(attrs?.epsilon);
  return [
    float32Attribute(),
    float32Attribute("U"),
    { name: "epsilon", type: ATTRIBUTE_TYPES.float, value: epsilon },
    { name: "is_training", type: ATTRIBUTE_TYPES.bool, value: true },
    CHANNELS_LAST,
  ];
}
