import type * as tf from "@tensorflow/tfjs";
import { PCA } from "ml-pca";

/**
 * The singular values of a matrix, greatest first: by how much it stretches each of the directions
 * that it keeps at right angles.
 *
 * @throws {RangeError} If the matrix has fewer than two rows and two columns.
 */
export async function singularValues(matrix: tf.Tensor2D): Promise<number[]> {
  const [rows, columns] = matrix.shape;
  if (rows < 2 || columns < 2) {
    throw new RangeError(
      `Cannot find singular values: the matrix is ${rows}x${columns}, expected at least 2x2`,
    );
  }
  const values = await matrix.array();
  // Principal components about zero are singular vectors; a high matrix has no needless ones.
  const high = rows >= columns
    ? values
    : Array.from({ length: columns }, (_, column) => values.map((row) => row[column]));
  const pca = new PCA(high, { method: "SVD", center: false });
  return pca.getEigenvalues().map((variance) => Math.sqrt(variance * (high.length - 1)));
}
