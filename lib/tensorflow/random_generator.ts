import * as tf from "@tensorflow/tfjs";
import { execute, typeAttribute } from "./kernels/mod.ts";
import { randomStream } from "./random.ts";
import { tensorflowBackend } from "./tensorflow_backend.ts";

/**
 * Draws random tensors, by a seed and by the number of draws so far: the same seed gives the same
 * numbers one draw after the other, also where a {@linkcode jit} function draws them, whose
 * replays go on counting.
 *
 * The count is a variable. A run that is to go on later keeps its value and assigns it again.
 *
 * On the `tensorflow` backend the numbers are those of its stateless operations, the Philox
 * generator. Other backends get other numbers, drawn on the host.
 *
 * Source: Salmon et al., "Parallel Random Numbers: As Easy as 1, 2, 3", 2011.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { RandomGenerator } from "./mod.ts";
 *
 * const [random, again] = [new RandomGenerator(1), new RandomGenerator(1)];
 * random.uniform([3]);
 * again.uniform([3]);
 * assertEquals(again.uniform([3]).dataSync(), random.uniform([3]).dataSync());
 * ```
 */
export class RandomGenerator {
  readonly seed: number;
  /** How many tensors were drawn, an int32 scalar. */
  readonly draws: tf.Variable<tf.Rank.R0>;

  /** @throws {RangeError} If the seed is not a whole number from 0 to 2³¹ - 1. */
  constructor(seed: number) {
    if (!Number.isSafeInteger(seed) || seed < 0 || seed >= 2 ** 31) {
      throw new RangeError(
        `Cannot make a RandomGenerator: seed is ${seed}, must be a whole number below 2³¹`,
      );
    }
    this.seed = seed;
    this.draws = tf.tidy(() => tf.variable(tf.scalar(0, "int32"), false));
  }

  /** A float32 tensor of numbers that are uniform in [0, 1). */
  uniform(shape: number[]): tf.Tensor {
    return this.#draw("StatelessRandomUniform", shape, (stream) => stream());
  }

  /** A float32 tensor of numbers that are normal, with mean 0 and standard deviation 1. */
  normal(shape: number[]): tf.Tensor {
    // Box and Muller's transform. 1 - u is never 0, as u is never 1.
    return this.#draw(
      "StatelessRandomNormal",
      shape,
      (stream) => Math.sqrt(-2 * Math.log(1 - stream())) * Math.cos(2 * Math.PI * stream()),
    );
  }

  /** Releases the variable. */
  dispose(): void {
    this.draws.dispose();
  }

  #draw(
    operation: string,
    shape: number[],
    onHost: (stream: () => number) => number,
  ): tf.Tensor {
    return tf.tidy(() => {
      if (tensorflowBackend() === undefined) {
        const [count] = this.draws.dataSync();
        this.draws.assign(tf.scalar(count + 1, "int32"));
        const stream = randomStream(this.seed, "draw", count);
        const size = tf.util.sizeFromShape(shape);
        return tf.tensor(Float32Array.from({ length: size }, () => onHost(stream)), shape);
      }
      const seed = tf.stack([tf.scalar(this.seed, "int32"), this.draws]);
      this.draws.assign(tf.add(this.draws, tf.scalar(1, "int32")));
      const [drawn] = execute(operation, [tf.tensor1d(shape, "int32"), seed], {
        attributes: [
          typeAttribute("dtype", "float32"),
          typeAttribute("T", "int32"),
          typeAttribute("Tseed", "int32"),
        ],
      });
      return drawn;
    });
  }
}
