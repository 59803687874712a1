import * as tf from "@tensorflow/tfjs";

/** Names a weight and its shape, in the order in which weights.bin holds the values. */
export interface WeightSpec {
  name: string;
  shape: number[];
}

/**
 * Asserts that no weight among the concatenated values holds a NaN or an infinity.
 *
 * @throws {RangeError} If one does; the message names it.
 */
export function assertFinite(
  values: Float16Array | Float32Array,
  { action, specs }: { action: string; specs: readonly WeightSpec[] },
): void {
  const index = values.findIndex((value) => !Number.isFinite(value));
  if (index < 0) return;
  let end = 0;
  const culprit = specs.find(({ shape }) => index < (end += tf.util.sizeFromShape(shape)));
  const format = values instanceof Float16Array ? "float16 (±65504)" : "float32";
  throw new RangeError(
    `${action}: weight "${culprit?.name}" is ${values[index]}, must be finite in ${format}`,
  );
}
