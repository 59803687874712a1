/**
 * TensorFlow.js for Deno on the current TensorFlow: its C library called through Deno's
 * FFI, with no compiler and no install script, and WebAssembly where that is not there. What
 * {@linkcode jit} records, a whole training step for one, runs as one function of TensorFlow's.
 *
 * Nothing in this folder knows the rest of the project: with its deno.json it works where it is
 * copied to.
 *
 * @module
 */
export {
  Cluster,
  type ClusterSpec,
  clusterSpec,
  joinCluster,
  type JoinClusterOptions,
  parseClusterSpec,
  type Reduction,
} from "./cluster/mod.ts";
export { type Backend, type BackendName, initBackend } from "./init_backend.ts";
export { jit, type JitFunction, type JitOptions, type Precision, PRECISIONS } from "./jit/mod.ts";
export { sparseSoftmaxCrossEntropy } from "./kernels/mod.ts";
export {
  BatchNormalization,
  type BatchNormalizationArgs,
  Dropout,
  type DropoutArgs,
} from "./layers/mod.ts";
export { findTensorflowLibrary } from "./library.ts";
export {
  adam,
  type AdamOptions,
  adamW,
  muon,
  type MuonOptions,
  Optimizer,
  orthogonalize,
  sgd,
  type SgdOptions,
  type Update,
  type UpdatedWeight,
  type Weight,
} from "./optimizers/mod.ts";
export { node } from "./node.ts";
export { RandomGenerator } from "./random_generator.ts";
export { derivedSeed, randomStream } from "./random.ts";
