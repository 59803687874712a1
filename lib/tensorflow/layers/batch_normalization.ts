import * as tf from "@tensorflow/tfjs";
import { normalizeBatch } from "../kernels/mod.ts";

/** What {@linkcode BatchNormalization} is made from; the defaults are Keras's. */
export interface BatchNormalizationArgs
  extends NonNullable<ConstructorParameters<typeof tf.layers.Layer>[0]> {
  /** How much of the moving statistics a step keeps, 0.99 if not given. */
  momentum?: number;
  /** What is added to the variance, 0.001 if not given. */
  epsilon?: number;
}

/**
 * Batch normalisation of the last axis: of `[batch, height, width, channels]` or
 * `[batch, features]`. In training by the batch's own statistics, which move the averages that
 * serve otherwise. It does what the layer of TensorFlow.js does by default, in one operation and
 * with one for its gradient where the backend has them.
 *
 * It is saved as Keras's `BatchNormalization`, so that any program can load the model, and takes
 * that name's place when this process loads one.
 *
 * Source: Ioffe and Szegedy, "Batch Normalization: Accelerating Deep Network Training by
 * Reducing Internal Covariate Shift", 2015, algorithms 1 and 2.
 */
export class BatchNormalization extends tf.layers.Layer {
  /** The name under which the layer is saved. */
  static readonly className = "BatchNormalization";
  readonly momentum: number;
  readonly epsilon: number;
  #weights: Record<"gamma" | "beta" | "mean" | "variance", tf.LayerVariable> | undefined;

  constructor({ momentum = 0.99, epsilon = 0.001, ...args }: BatchNormalizationArgs = {}) {
    super(args);
    this.supportsMasking = true;
    this.momentum = momentum;
    this.epsilon = epsilon;
  }

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    const channels = inputShape.at(-1);
    if (typeof channels !== "number") {
      throw new RangeError(
        `Cannot build ${this.name}: the last axis of ${JSON.stringify(inputShape)} has no length`,
      );
    }
    const [zeros, ones] = [tf.initializers.zeros(), tf.initializers.ones()];
    const weight = (name: string, initializer: typeof zeros, trainable: boolean) =>
      this.addWeight(name, [channels], "float32", initializer, undefined, trainable);
    this.#weights = {
      gamma: weight("gamma", ones, true),
      beta: weight("beta", zeros, true),
      mean: weight("moving_mean", zeros, false),
      variance: weight("moving_variance", ones, false),
    };
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[], { training }: { training?: boolean }): tf.Tensor {
    return tf.tidy(() => {
      const [input] = [inputs].flat();
      const { gamma, beta, mean, variance } = this.#read();
      const { epsilon } = this;
      if (!training) return tf.batchNorm(input, mean, variance, beta, gamma, epsilon);
      const batch = normalizeBatch(input, { gamma, beta, epsilon });
      this.#move("mean", mean, batch.mean);
      this.#move("variance", variance, batch.variance);
      return batch.output;
    });
  }

  override getConfig(): tf.serialization.ConfigDict {
    const { momentum, epsilon } = this;
    return { ...super.getConfig(), axis: -1, momentum, epsilon, center: true, scale: true };
  }

  /** Moves an average towards the batch's value. */
  #move(name: "mean" | "variance", average: tf.Tensor1D, value: tf.Tensor1D): void {
    const moved = tf.add(average, tf.mul(tf.sub(value, average), 1 - this.momentum));
    this.#weights?.[name].write(moved);
  }

  #read() {
    const weights = this.#weights;
    if (weights === undefined) throw new TypeError(`Cannot call ${this.name}: it is not built`);
    const read = (name: keyof typeof weights) => weights[name].read().as1D();
    return {
      gamma: read("gamma"),
      beta: read("beta"),
      mean: read("mean"),
      variance: read("variance"),
    };
  }
}

tf.serialization.registerClass(BatchNormalization);
