import * as tf from "@tensorflow/tfjs";

/** Where windows go over pictures of two or three dimensions. */
interface Windows {
  readonly outShape: readonly number[];
  readonly inShape: readonly number[];
  readonly effectiveFilterHeight: number;
  readonly effectiveFilterWidth: number;
}

/**
 * The output of a convolution or pool on the `wasm` backend whose windows fit nowhere, which its
 * package would write elsewhere; undefined where there is a window.
 *
 * @throws {RangeError} If the windows are larger still.
 */
export function emptyOutput(windows: Windows): tf.TensorInfo | undefined {
  const shape = [...windows.outShape];
  if (shape.some((length) => length < 0)) {
    throw new RangeError(
      `Cannot slide windows of ${windows.effectiveFilterHeight} × ${windows.effectiveFilterWidth} ` +
        `over a tensor of [${windows.inShape}]: its pictures are smaller, padding included`,
    );
  }
  if (tf.util.sizeFromShape(shape) > 0) return undefined;
  const dataId = tf.engine().backend.write(new Float32Array(0), shape, "float32");
  return { dataId, shape, dtype: "float32" };
}
