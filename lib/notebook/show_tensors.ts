import * as tf from "@tensorflow/tfjs";
import { DISPLAY, type MediaBundle } from "../figures/mod.ts";

/** Numbers that are shown of a tensor; of a greater one, its shape and range. */
const MOST_VALUES = 100;

/**
 * Lets tensors and variables show themselves as a cell's value: type, shape and values, in place
 * of the fields of the object.
 */
export function showTensors(): void {
  Object.defineProperty(tf.Tensor.prototype, DISPLAY, {
    configurable: true,
    value(this: tf.Tensor): MediaBundle {
      return { "text/plain": describeTensor(this) };
    },
  });
}

/**
 * A tensor in a few lines: `float32 [2, 2]` and its values, or the range of more than a hundred.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import * as tf from "@tensorflow/tfjs";
 * import { describeTensor } from "./mod.ts";
 *
 * await tf.setBackend("cpu");
 * assertEquals(describeTensor(tf.zeros([64, 28, 28, 1])), "float32 [64, 28, 28, 1], 0 to 0");
 * ```
 */
export function describeTensor(tensor: tf.Tensor): string {
  const head = `${tensor.dtype} [${tensor.shape.join(", ")}]`;
  if (tensor.isDisposed) return `${head}, disposed`;
  if (tensor.size <= MOST_VALUES || tensor.dtype === "string" || tensor.dtype === "complex64") {
    const [, ...values] = tensor.toString().split("\n");
    return [head, ...values].join("\n");
  }
  const values = tensor.dataSync();
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    low = Math.min(low, Number(value));
    high = Math.max(high, Number(value));
  }
  return `${head}, ${short(low)} to ${short(high)}`;
}

const short = (value: number): string => String(Number(value.toPrecision(4)));
