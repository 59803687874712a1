import * as tf from "@tensorflow/tfjs";

/**
 * The exponential moving average of all weights of a model, the moving statistics of its batch
 * normalisations among them: after each step `average = decay · average + (1 - decay) · weight`.
 * It begins at the weights that the model has.
 *
 * Source: Polyak and Juditsky, "Acceleration of Stochastic Approximation by Averaging", 1992; the
 * exponential form as in Szegedy et al., "Rethinking the Inception Architecture for Computer
 * Vision", 2016, section 8.
 */
export class WeightAverage {
  readonly #decay: number;
  readonly #weights: readonly tf.Variable[];
  /** The averages, in the order of the model's weights. */
  readonly variables: readonly tf.Variable[];

  /** @throws {RangeError} If the decay is outside [0, 1). */
  constructor(model: tf.LayersModel, { decay }: { decay: number }) {
    if (!(decay >= 0 && decay < 1)) {
      throw new RangeError(`Cannot average weights: decay is ${decay}, must be in [0, 1)`);
    }
    this.#decay = decay;
    this.#weights = weightVariables(model);
    this.variables = this.#weights.map((weight) =>
      tf.tidy(() => tf.variable(tf.clone(weight), false))
    );
  }

  /** Takes in the weights that a step has left. A jit function records it. */
  update(): void {
    tf.tidy(() => {
      this.variables.forEach((average, i) => {
        const towards = tf.mul(tf.sub(this.#weights[i], average), 1 - this.#decay);
        average.assign(tf.add(average, towards));
      });
    });
  }

  /** Runs a function while the model has the averages for its weights. */
  async during<T>(fn: () => Promise<T>): Promise<T> {
    const weights = this.#weights.map((weight) => tf.clone(weight));
    this.restore();
    try {
      return await fn();
    } finally {
      this.#weights.forEach((weight, i) => weight.assign(weights[i]));
      tf.dispose(weights);
    }
  }

  /** Gives the model the averages for good. */
  restore(): void {
    this.#weights.forEach((weight, i) => weight.assign(this.variables[i]));
  }

  dispose(): void {
    this.variables.forEach((average) => average.dispose());
  }
}

/** The variables behind a model's weights, in its order. */
export function weightVariables(model: tf.LayersModel): tf.Variable[] {
  return model.weights.map((weight) => weight.read())
    .filter((tensor) => tensor instanceof tf.Variable);
}
