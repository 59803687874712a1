/**
 * Kernels and gradients of the `tensorflow` backend that TensorFlow has as one operation, where
 * npm:@tensorflow/tfjs-node-gpu composes them or has none.
 *
 * @module
 */
import { registerAveragePoolGradient } from "./average_pool.ts";
import { registerBatchNormalization } from "./batch_normalization.ts";
import { registerHostKernels } from "../host_kernels.ts";
import { registerBias } from "./bias.ts";
import { HOST_CASES } from "./host_cases.ts";
import { registerCast } from "./cast.ts";
import { registerConvolution } from "./convolution.ts";
import { registerEmptyResults } from "./empty.ts";
import { registerGather } from "./gather.ts";
import { registerMatMul } from "./mat_mul.ts";
import { registerMean } from "./mean.ts";
import { registerPool3d } from "./pool_3d.ts";
import { registerReluGradient } from "./relu.ts";
import { registerSparseSoftmaxCrossEntropy } from "./sparse_softmax_cross_entropy.ts";
import { registerTransform } from "./transform.ts";

export { normalizeBatch, type NormalizedBatch } from "./batch_normalization.ts";
export { execute, typeAttribute } from "./execute.ts";
export { sparseSoftmaxCrossEntropy } from "./sparse_softmax_cross_entropy.ts";

/** Registers them, over those of the package. */
export function registerKernels(): void {
  registerReluGradient();
  registerBias();
  registerCast();
  registerConvolution();
  registerAveragePoolGradient();
  registerPool3d();
  registerEmptyResults();
  registerGather();
  registerMatMul();
  registerMean();
  registerSparseSoftmaxCrossEntropy();
  registerBatchNormalization();
  registerTransform();
  registerHostKernels("tensorflow", HOST_CASES);
}
