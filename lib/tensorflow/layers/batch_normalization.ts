import * as tf from "@tensorflow/tfjs";
import { normalizeBatch } from "../kernels/mod.ts";
import { packageClass } from "./package_class.ts";

type PackageArgs = NonNullable<Parameters<typeof tf.layers.batchNormalization>[0]>;

/**
 * What {@linkcode BatchNormalization} is made from: all that `tf.layers.batchNormalization` takes.
 * The defaults are Keras's.
 */
export interface BatchNormalizationArgs extends Omit<PackageArgs, "axis"> {
  /** The axis of the channels, from the end if negative; -1 if not given. Keras writes `[3]` too. */
  axis?: number | number[];
}

// A name of its own, so that the count behind the names of the user's layers starts at 1.
const Base: typeof tf.layers.Layer = packageClass(
  tf.layers.batchNormalization({ name: "class_of_batch_normalization" }),
);

/**
 * Batch normalisation of one axis, the last one if not told otherwise: of
 * `[batch, height, width, channels]` or `[batch, features]`. In training by the batch's own
 * statistics, which move the averages that serve otherwise. The variance is the mean squared
 * distance from the mean in both, as in Keras 3; Keras 2 moves that of images by n / (n - 1) of it.
 *
 * It inherits `tf.layers.batchNormalization`: options, weights, checks and configuration are that
 * layer's. It computes in one operation, with one for its gradient, where the backend has them.
 * It also trains without `scale` or `center`, on an axis that is not the last, and on more than
 * four axes, where that layer throws; on the backends `cpu` and `wasm` that layer also predicts
 * wrongly on an axis that is not the last. As in that layer, `trainable: false` holds gamma and beta
 * alone: in Keras such a layer takes the moving statistics in training too, and keeps them.
 *
 * It is saved as Keras's `BatchNormalization`, so that any program can load the model, and takes
 * that name's place when this process loads one.
 *
 * Source: Ioffe and Szegedy, "Batch Normalization: Accelerating Deep Network Training by
 * Reducing Internal Covariate Shift", 2015, algorithms 1 and 2.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import * as tf from "@tensorflow/tfjs";
 * import { BatchNormalization } from "./mod.ts";
 *
 * await tf.setBackend("cpu");
 * const layer = new BatchNormalization({ axis: 1, scale: false, epsilon: 1e-12 });
 * const output = layer.apply(tf.tensor([1, 10, 3, 30], [2, 2, 1]), { training: true });
 * assertEquals(`${output}`, `${tf.tensor([-1, -1, 1, 1], [2, 2, 1])}`);
 * ```
 */
export class BatchNormalization extends Base {
  /** The name under which the layer is saved. */
  static readonly className = "BatchNormalization";
  // The package's constructor and `build` set these.
  declare readonly axis: number;
  declare readonly momentum: number;
  declare readonly epsilon: number;
  declare protected readonly gamma: tf.LayerVariable | undefined;
  declare protected readonly beta: tf.LayerVariable | undefined;
  declare protected readonly movingMean: tf.LayerVariable;
  declare protected readonly movingVariance: tf.LayerVariable;

  constructor({ axis, ...args }: BatchNormalizationArgs = {}) {
    const config = { ...args, axis: Array.isArray(axis) && axis.length === 1 ? axis[0] : axis };
    super(config);
  }

  override call(inputs: tf.Tensor | tf.Tensor[], { training }: { training?: boolean }): tf.Tensor {
    return tf.tidy(() => {
      const [input] = [inputs].flat();
      const normalize = (input: tf.Tensor) =>
        training ? this.#normalizeBatch(input) : this.#normalize(input);
      const axis = this.axis < 0 ? this.axis + input.rank : this.axis;
      if (axis === input.rank - 1 && input.rank <= 4) return normalize(input);
      // The operations take channels last and no more than four axes.
      const order = [...input.shape.keys()].filter((other) => other !== axis).concat(axis);
      const ordered = tf.transpose(input, order);
      const output = normalize(tf.reshape(ordered, [-1, input.shape[axis]]));
      const undo = tf.backend_util.getUndoAxesPermutation(order);
      return tf.transpose(tf.reshape(output, ordered.shape), undo);
    });
  }

  /** Normalises `[…, channels]` by the moving statistics. */
  #normalize(input: tf.Tensor): tf.Tensor {
    const [mean, variance] = [this.movingMean, this.movingVariance].map(vector);
    const [beta, gamma] = [this.beta, this.gamma].map((weight) => weight && vector(weight));
    return tf.batchNorm(input, mean, variance, beta, gamma, this.epsilon);
  }

  /** Normalises `[…, channels]` by its own statistics and moves the averages towards them. */
  #normalizeBatch(input: tf.Tensor): tf.Tensor {
    const { movingMean, movingVariance, epsilon } = this;
    const gamma = this.gamma ? vector(this.gamma) : tf.onesLike(vector(movingMean));
    const beta = this.beta ? vector(this.beta) : tf.zerosLike(vector(movingMean));
    const { output, mean, variance } = normalizeBatch(input, { gamma, beta, epsilon });
    this.#move(movingMean, mean);
    this.#move(movingVariance, variance);
    return output;
  }

  /** Moves an average towards the batch's value. */
  #move(weight: tf.LayerVariable, value: tf.Tensor1D): void {
    const average = vector(weight);
    weight.write(tf.add(average, tf.mul(tf.sub(value, average), 1 - this.momentum)));
  }
}

function vector(weight: tf.LayerVariable): tf.Tensor1D {
  return weight.read().as1D();
}

tf.serialization.registerClass(BatchNormalization);
