import * as tf from "@tensorflow/tfjs";
import type { Input } from "./draft.ts";

/** What a case gave on one backend. */
export interface Outcome {
  /** The outputs, and the gradients by the inputs of float32; undefined where it was refused. */
  readonly outputs?: readonly Output[];
  readonly gradients?: readonly Output[];
  /** What it said when it refused, by which step. */
  readonly error?: string;
  readonly gradientError?: string;
  /** Tensors, bytes or entries of memory that were left. */
  readonly left?: string;
}

/** A tensor, read. */
export interface Output {
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly values: readonly number[];
}

/** A call of TensorFlow.js's in JavaScript, of the inputs by their names. */
export interface Case {
  readonly code: string;
  readonly inputs: readonly Input[];
}

/**
 * Runs a case and its gradients on the backend that is set.
 *
 * @param poison Memory is filled with this number first, as it may happen to be: what a kernel
 *   leaves unwritten shows.
 */
export function runCase({ code, inputs }: Case, { poison }: { poison: number }): Outcome {
  const backend = tf.backend();
  const before = usage(backend);
  spoil(poison);
  const call = new Function("tf", ...inputs.map(({ name }) => name), `return ${code};`);
  const outcome = evaluate((tensors) => [call(tf, ...tensors)].flat(), inputs);
  const after = usage(backend);
  const left = after === before ? undefined : `${after} instead of ${before}`;
  return { ...outcome, left };
}

function evaluate(
  call: (tensors: readonly tf.Tensor[]) => tf.Tensor[],
  inputs: readonly Input[],
): Outcome {
  const floats = inputs.flatMap(({ dtype }, i) => dtype === "float32" ? i : []);
  try {
    const outputs = scoped(() => call(inputs.map(tensorOf)).map(read));
    // What the gradient at no number is, backends may say as they please.
    const finite = inputs.every(({ values }) => values.every(Number.isFinite));
    if (!finite || floats.length === 0 || !outputs.some(({ dtype }) => dtype === "float32")) {
      return { outputs };
    }
    try {
      const gradients = scoped(() => {
        const tensors = inputs.map(tensorOf);
        const weighed = (...chosen: tf.Tensor[]) => {
          const all = [...tensors];
          floats.forEach((at, i) => all[at] = chosen[i]);
          return total(call(all));
        };
        return tf.grads(weighed)(floats.map((at) => tensors[at])).map(read);
      });
      return { outputs, gradients };
    } catch (error) {
      return { outputs, gradientError: String(error) };
    }
  } catch (error) {
    return { error: String(error) };
  }
}

/** The sum of all outputs, each number of which counts differently. */
function total(outputs: readonly tf.Tensor[]): tf.Tensor {
  const sums = outputs.filter(({ dtype }) => dtype === "float32").map((output) => {
    const weights = Float32Array.from({ length: output.size }, (_, i) => Math.sin(12.9898 * i + 1));
    return tf.sum(tf.mul(output, tf.tensor(weights, output.shape)));
  });
  return sums.reduce((sum, next) => tf.add(sum, next));
}

function tensorOf({ shape, dtype, values }: Input): tf.Tensor {
  return tf.tensor(Float32Array.from(values), [...shape], dtype);
}

function read(tensor: tf.Tensor): Output {
  const { shape, dtype } = tensor;
  return { shape, dtype, values: Array.from(tensor.dataSync<"float32">(), Number) };
}

function usage(backend: tf.KernelBackend): string {
  const { numTensors, numBytes } = tf.memory();
  return `${numTensors} tensors, ${numBytes} bytes, ${backend.numDataIds()} entries`;
}

/** Leaves a number in memory that will be used again. */
function spoil(poison: number): void {
  if (tf.getBackend() === "cpu") return;
  tf.tidy(() => {
    for (const size of [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 512, 1024]) {
      const values = new Float32Array(size).fill(poison);
      for (let i = 0; i < 2; i++) tf.tensor(values);
    }
  });
}

/** Like tf.tidy(), of which a result may be anything. */
function scoped<T>(compute: () => T): T {
  tf.engine().startScope();
  try {
    return compute();
  } finally {
    tf.engine().endScope();
  }
}
