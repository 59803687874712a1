import * as tf from "@tensorflow/tfjs";
import { derivedSeed } from "../random.ts";
import { RandomGenerator } from "../random_generator.ts";
import { packageClass } from "./package_class.ts";

/** What {@linkcode Dropout} is made from: all that `tf.layers.dropout` takes. */
export interface DropoutArgs
  extends Omit<Parameters<typeof tf.layers.dropout>[0], "noiseShape" | "seed"> {
  /** The fraction of the values that is dropped, in [0, 1]. At 1 the output is zeros. */
  rate: number;
  /**
   * The shape of the mask, which is repeated where it is 1; null is the input's own length. The
   * input's shape if not given.
   */
  noiseShape?: (number | null)[] | null;
  /**
   * Fixes the masks: call by call, the same seed gives the same ones. Without one, as in most of
   * Keras's models, each layer draws others in each process; what is to be repeated needs one.
   */
  seed?: number | null;
}

// A name of its own, so that the count behind the names of the user's layers starts at 1.
const Base: typeof tf.layers.Layer = packageClass(
  tf.layers.dropout({ name: "class_of_dropout", rate: 0 }),
);

/**
 * Dropout with a fresh mask at every call, also with a seed, also at every replay of a jit
 * function. In training each value is zeroed with probability `rate` and the others are divided
 * by `1 - rate`; otherwise the input is returned.
 *
 * It inherits `tf.layers.dropout`, whose options it takes and saves. That layer gives one and the
 * same mask at every step as soon as it has a seed, cannot be recorded by jit, and drops nothing at
 * rate 1. This one is saved as Keras's `Dropout`, so that any program can load the model, and takes
 * that name's place when this process loads one.
 *
 * Source: Srivastava et al., "Dropout: A Simple Way to Prevent Neural Networks from
 * Overfitting", 2014, section 10 for the scaling in training.
 */
export class Dropout extends Base {
  /** The name under which the layer is saved. */
  static readonly className = "Dropout";
  // The package's constructor sets these three.
  /** The fraction that is dropped. What was recorded with one rate keeps it. */
  declare rate: number;
  /** As it was given, and as it is saved. */
  declare readonly seed: number | null | undefined;
  declare protected readonly noiseShape: DropoutArgs["noiseShape"];
  /** Draws the masks. */
  readonly random: RandomGenerator;

  /** @throws {RangeError} If the rate is outside [0, 1] or the seed is not finite. */
  constructor(args: DropoutArgs) {
    super(args);
    const { rate, seed } = args;
    if (!(rate >= 0 && rate <= 1)) {
      throw new RangeError(`Cannot make Dropout: rate is ${rate}, must be in [0, 1]`);
    }
    this.random = new RandomGenerator(generatorSeed(seed));
  }

  /** @throws {RangeError} If there are several inputs, or the mask does not repeat to the input. */
  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: { training?: boolean }): tf.Tensor {
    this.invokeCallHook(inputs, kwargs);
    const [input, ...others] = [inputs].flat();
    if (others.length > 0) {
      throw new RangeError(`Cannot drop values: there are ${others.length + 1} inputs, expected 1`);
    }
    const { rate } = this;
    if (!kwargs.training || rate === 0) return input;
    return tf.tidy(() => {
      const isKept = tf.greaterEqual(this.random.uniform(this.#maskShape(input)), rate);
      const factor = rate < 1 ? 1 / (1 - rate) : 0;
      return tf.mul(input, tf.mul(tf.cast(isKept, "float32"), factor));
    });
  }

  protected override disposeWeights(): number {
    this.random.dispose();
    return super.disposeWeights();
  }

  #maskShape({ shape }: tf.Tensor): number[] {
    const mask = this.noiseShape?.map((length, axis) => length ?? shape[axis]) ?? shape;
    const isRepeated = mask.length <= shape.length &&
      mask.every((length, i) => length === 1 || length === shape[shape.length - mask.length + i]);
    if (isRepeated) return mask;
    throw new RangeError(`Cannot drop values of [${shape}]: noiseShape is [${this.noiseShape}]`);
  }
}

/** The package takes any number for a seed, Keras any whole one, the generator those below 2³¹. */
function generatorSeed(seed: number | null | undefined): number {
  if (seed === undefined || seed === null) return Math.floor(2 ** 31 * Math.random());
  const isOutside = seed < 0 || seed >= 2 ** 31 || !Number.isInteger(seed);
  return isOutside && Number.isFinite(seed) ? derivedSeed(seed, "dropout") : seed;
}

tf.serialization.registerClass(Dropout);
