/**
 * A function of tensors recorded as one function of TensorFlow's, and replayed.
 *
 * @module
 */
export { jit, type JitFunction, type JitOptions, type Precision, PRECISIONS } from "./jit.ts";
