import * as tf from "@tensorflow/tfjs";
import type { OperationAttribute } from "../attributes.ts";
import { ATTRIBUTE_TYPES, DATA_TYPES } from "../data_types.ts";
import { tensorflowBackend } from "../tensorflow_backend.ts";

/** Runs an operation of TensorFlow's on the `tensorflow` backend; gives its outputs. */
export function execute(
  name: string,
  inputs: tf.TensorInfo[],
  { attributes = [], outputs = 1 }: { attributes?: OperationAttribute[]; outputs?: number } = {},
): tf.Tensor[] {
  const backend = tensorflowBackend();
  if (backend === undefined) {
    throw new TypeError(`Cannot run ${name}: the backend is ${tf.getBackend()}, not tensorflow`);
  }
  return backend.executeMultipleOutputs(name, attributes, inputs, outputs);
}

/** The attribute that makes an operation one for float32. */
export function float32Attribute(name = "T"): OperationAttribute {
  return typeAttribute(name, "float32");
}

/** The attribute that makes an operation one for an element type. */
export function typeAttribute(name: string, dtype: tf.DataType): OperationAttribute {
  return { name, type: ATTRIBUTE_TYPES.type, value: DATA_TYPES[dtype] };
}

/** The attribute that says where the channels of images are: last. */
export const CHANNELS_LAST = { name: "data_format", type: ATTRIBUTE_TYPES.string, value: "NHWC" };

/**
 * The inputs of a kernel by name.
 *
 * @throws {TypeError} If one is missing.
 */
export function inputsOf(inputs: tf.NamedTensorInfoMap, ...names: string[]): tf.TensorInfo[] {
  return names.map((name) => {
    const input = inputs[name];
    if (input === undefined) throw new TypeError(`Cannot run a kernel: ${name} is missing`);
    return input;
  });
}

/** The inputs of a kernel that calls functions of TensorFlow.js, which take nothing but tensors. */
export function tensorInputs(inputs: tf.NamedTensorInfoMap, ...names: string[]): tf.Tensor[] {
  return inputsOf(inputs, ...names).map((input) => {
    if (!(input instanceof tf.Tensor)) throw new TypeError("Cannot run a kernel: not a tensor");
    return input;
  });
}

/** The gradient that arrives at an operation with one output. */
export function single(dy: tf.Tensor | tf.Tensor[]): tf.Tensor {
  return Array.isArray(dy) ? dy[0] : dy;
}
