import * as tf from "@tensorflow/tfjs";
import { decay } from "./adam.ts";
import { Optimizer, type Update } from "./optimizer.ts";

/** Options of {@linkcode sgd}; the defaults are Keras's. */
export interface SgdOptions {
  /** The step size, 0.01 if not given. */
  readonly learningRate?: number;
  /** How much of the last step is taken again, 0 if not given. */
  readonly momentum?: number;
  /** Whether the gradient counts as if it were taken one step of momentum ahead. */
  readonly nesterov?: boolean;
  /** Before each step all weights shrink by learning rate times this, 0 if not given. */
  readonly weightDecay?: number;
}

/**
 * Stochastic gradient descent with momentum, Nesterov's if wanted, and decoupled weight decay,
 * as Keras computes it: the velocity is momentum · velocity - learning rate · gradient.
 *
 * Source: Sutskever et al., "On the importance of initialization and momentum in deep learning",
 * 2013, section 2; its equations 3 and 4 as rewritten for the weights at hand.
 */
export function sgd(options: SgdOptions = {}): Optimizer {
  return new Sgd(options);
}

class Sgd extends Optimizer {
  static readonly className = "KerasSGD";
  readonly #options: Required<SgdOptions>;

  constructor(
    { learningRate = 0.01, momentum = 0, nesterov = false, weightDecay = 0 }: SgdOptions,
  ) {
    super(learningRate, { slots: momentum === 0 ? 0 : 1 });
    this.#options = { learningRate, momentum, nesterov, weightDecay };
  }

  protected override update(learningRate: tf.Tensor): Update {
    const { momentum, nesterov, weightDecay } = this.#options;
    return ({ value, slots }, gradient) => {
      const decayed = decay(value, learningRate, weightDecay);
      const step = tf.mul(learningRate, gradient);
      if (slots.length === 0) return { value: tf.sub(decayed, step), slots };
      const velocity = tf.sub(tf.mul(slots[0], momentum), step);
      const moved = nesterov ? tf.sub(tf.mul(velocity, momentum), step) : velocity;
      return { value: tf.add(decayed, moved), slots: [velocity] };
    };
  }

  getConfig(): tf.serialization.ConfigDict {
    return { ...this.#options };
  }
}

tf.serialization.registerClass(Sgd);
