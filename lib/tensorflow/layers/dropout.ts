import * as tf from "@tensorflow/tfjs";
import { RandomGenerator } from "../random_generator.ts";

/** What {@linkcode Dropout} is made from: a layer's arguments, the rate and the seed. */
export interface DropoutArgs extends NonNullable<ConstructorParameters<typeof tf.layers.Layer>[0]> {
  /** The fraction of the values that is dropped, in [0, 1). */
  rate: number;
  /** Fixes the masks: call by call, the same seed gives the same ones. */
  seed: number;
}

/**
 * Dropout with a seed and yet a fresh mask at every call, also at every replay of a jit function.
 * In training each value is zeroed with probability `rate` and the others are divided by
 * `1 - rate`; otherwise the input is returned.
 *
 * The layer of TensorFlow.js gives one and the same mask at every step as soon as it has a seed.
 * This one is saved as Keras's `Dropout`, so that any program can load the model, and takes that
 * name's place when this process loads one.
 *
 * Source: Srivastava et al., "Dropout: A Simple Way to Prevent Neural Networks from
 * Overfitting", 2014, section 10 for the scaling in training.
 */
export class Dropout extends tf.layers.Layer {
  /** The name under which the layer is saved. */
  static readonly className = "Dropout";
  /** The fraction that is dropped. What was recorded with one rate keeps it. */
  rate: number;
  readonly seed: number;
  /** Draws the masks. */
  readonly random: RandomGenerator;

  /** @throws {RangeError} If the rate is outside [0, 1) or the seed is no whole number below 2³¹. */
  constructor(args: DropoutArgs) {
    super(args);
    const { rate, seed } = args;
    if (!(rate >= 0 && rate < 1)) {
      throw new RangeError(`Cannot make Dropout: rate is ${rate}, must be in [0, 1)`);
    }
    this.rate = rate;
    this.seed = seed;
    this.random = new RandomGenerator(seed);
  }

  override call(inputs: tf.Tensor | tf.Tensor[], { training }: { training?: boolean }): tf.Tensor {
    const [input] = [inputs].flat();
    if (!training || this.rate === 0) return input;
    return tf.tidy(() => {
      const isKept = tf.greaterEqual(this.random.uniform(input.shape), this.rate);
      return tf.mul(input, tf.mul(tf.cast(isKept, "float32"), 1 / (1 - this.rate)));
    });
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), rate: this.rate, seed: this.seed };
  }

  protected override disposeWeights(): number {
    this.random.dispose();
    return super.disposeWeights();
  }
}

tf.serialization.registerClass(Dropout);
