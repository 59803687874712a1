import * as tf from "@tensorflow/tfjs";
import { tensorInputs } from "../kernels/execute.ts";
import { replaceKernel } from "../replace_kernel.ts";

/**
 * Mends the products of matrices on the `wasm` backend.
 *
 * tf.matMul() transposes its operands first where it is to multiply them transposed, as most
 * gradients do: the package has a fast product only of what is not.
 *
 * The package packs a right factor once and keeps it by the tensor's memory, which reshaped views
 * share: by a view of another shape it would multiply as by the first, or abort. Such a view is
 * copied.
 */
export function registerMatMul(): void {
  replaceKernel("BatchMatMul", "wasm", ({ inputs, backend, attrs }, plain) => {
    const operands = tensorInputs(inputs, "a", "b");
    const transposed = [attrs?.transposeA, attrs?.transposeB];
    const [a, right] = operands.map((operand, i) =>
      transposed[i] ? lastTwoSwapped(operand) : operand
    );
    const b = packable(right);
    const product = plain({
      inputs: { a, b },
      backend,
      attrs: { transposeA: false, transposeB: false },
    });
    tf.dispose([a, right].filter((operand, i) => operand !== operands[i]));
    if (b !== right) tf.engine().backend.disposeData(b.dataId);
    return product;
  });
}

function lastTwoSwapped(operand: tf.Tensor): tf.Tensor {
  const axes = operand.shape.map((_, axis) => axis);
  return tf.transpose(operand, [...axes.slice(0, -2), axes.length - 1, axes.length - 2]);
}

/** The rows that each right factor had when the package packed it. */
const packedRows = new WeakMap<object, number>();

/** The factor, or a copy, whose memory is not yet packed as another shape. */
function packable(factor: tf.TensorInfo): tf.TensorInfo {
  const { dataId, shape, dtype } = factor;
  const rows = shape[shape.length - 2];
  const packed = packedRows.get(dataId);
  if (packed === undefined) packedRows.set(dataId, rows);
  if (packed === undefined || packed === rows) return factor;
  const { backend } = tf.engine();
  return { dataId: backend.write(backend.readSync(dataId), shape, dtype), shape, dtype };
}

/**
 * Lets tf.matMul() on the `wasm` backend repeat batches where both operands are broadcast. Its
 * package, and TensorFlow.js's plain JavaScript, count through the shorter list of matrices over and
 * over, whichever axis it lacks.
 */
export function registerBatchBroadcast(): void {
  replaceKernel("BatchMatMul", "wasm", ({ inputs, backend, attrs }, plain) => {
    const operands = tensorInputs(inputs, "a", "b");
    const batches = operands.map(({ shape }) => shape.slice(0, -2));
    const [first, second] = batches.map(tf.util.sizeFromShape);
    if (first === 1 || second === 1 || `${batches[0]}` === `${batches[1]}`) {
      return plain({ inputs, backend, attrs });
    }
    const whole = tf.broadcast_util.assertAndGetBroadcastShape(batches[0], batches[1]);
    const [a, b] = operands.map((operand) =>
      tf.broadcastTo(operand, [...whole, ...operand.shape.slice(-2)])
    );
    const product = plain({ inputs: { a, b }, backend, attrs });
    tf.dispose([a, b]);
    return product;
  });
}
