import * as tf from "@tensorflow/tfjs";
import { randomStream } from "../../lib/tensorflow/mod.ts";
import { CONVOLUTIONS } from "./convolutions.ts";
import { type DrawnTensor, drawOf } from "./draw.ts";
import { OTHER_OPERATIONS } from "./other_operations.ts";
import type { Operations } from "./shapes.ts";

const OPERATIONS: Operations = { ...CONVOLUTIONS, ...OTHER_OPERATIONS };

/** How many operations there are: as many cases have each of them once. */
export const OPERATION_COUNT = Object.keys(OPERATIONS).length;

/** A call that oneDNN has a kernel for. */
export interface Case {
  /** The operation, by its key in the table. */
  readonly operation: string;
  /** What was drawn, for people. */
  readonly words: string;
  /** What to call it with; the last is 1. */
  readonly inputs: readonly DrawnTensor[];
  /** The result, and where there are some the gradients by all inputs but the last. */
  readonly compute: (inputs: tf.Tensor[]) => tf.Tensor[];
}

/** Case `number` of a seed. The operations take turns. */
export function caseOf(seed: number, number: number): Case {
  const names = Object.keys(OPERATIONS);
  const operation = names[number % names.length];
  const { inputs, fn, words = {}, gradient = true } = OPERATIONS[operation](drawOf(seed, number));
  const shapes = inputs.map(({ shape }) => `[${shape.join(", ")}]`).join(" ");
  return {
    operation,
    words: `${shapes} ${JSON.stringify(words)}`,
    inputs: [...inputs, { shape: [], values: Float32Array.of(1) }],
    compute(tensors) {
      const [operands, one] = [tensors.slice(0, -1), tensors[inputs.length]];
      const y = fn(...operands);
      if (!gradient) return [y];
      // Times an input, or what does not depend on any would be computed before the graph runs.
      return [y, ...tf.grads(fn)(operands, tf.mul(weights(y.shape), one))];
    },
  };
}

/**
 * How much each number of a result counts in the gradients: in [0, 1), so that sums of them do not
 * cancel.
 */
function weights(shape: number[]): tf.Tensor {
  const size = tf.util.sizeFromShape(shape);
  return tf.tensor(Float32Array.from({ length: size }, randomStream(size, "weights")), shape);
}
