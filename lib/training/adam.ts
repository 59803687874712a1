import * as tf from "@tensorflow/tfjs";

/** Options of {@linkcode adam}; the defaults are Keras's. */
export interface AdamOptions {
  /** The step size, 0.001 if not given. */
  readonly learningRate?: number;
  /** The decay of the first moment's average, 0.9 if not given. */
  readonly beta1?: number;
  /** The decay of the second moment's average, 0.999 if not given. */
  readonly beta2?: number;
  /** What is added to the root of the second moment, 1e-7 if not given. */
  readonly epsilon?: number;
}

/**
 * Adam as Keras computes it: at step t a weight moves by α·√(1 − β₂ᵗ)/(1 − β₁ᵗ) · m/(√v + ε).
 *
 * `tf.train.adam` adds ε to √v̂ = √v/√(1 − β₂ᵗ) instead, so that its ε is smaller by that factor:
 * 32 times at the first step. Weights with gradients near ε, such as those of pixels that are
 * nearly always black, then take much larger steps than under Keras.
 *
 * Source: Kingma and Ba, "Adam: A Method for Stochastic Optimization", 2015, the last paragraph
 * of section 2.
 */
export function adam(
  { learningRate = 0.001, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7 }: AdamOptions = {},
): tf.Optimizer {
  return new KerasAdam(learningRate, beta1, beta2, epsilon);
}

/** The paper's first form with the ε of each step scaled is the second form. */
class KerasAdam extends tf.AdamOptimizer {
  readonly #epsilon: number;
  #steps = 0;

  constructor(learningRate: number, beta1: number, beta2: number, epsilon: number) {
    super(learningRate, beta1, beta2, epsilon);
    this.#epsilon = epsilon;
  }

  override applyGradients(gradients: Parameters<tf.AdamOptimizer["applyGradients"]>[0]): void {
    this.#steps++;
    this.epsilon = this.#epsilon / Math.sqrt(1 - this.beta2 ** this.#steps);
    super.applyGradients(gradients);
  }
}
