import * as tf from "@tensorflow/tfjs";
import { Optimizer, type Update } from "./optimizer.ts";

/** Options of {@linkcode adam} and {@linkcode adamW}; the defaults are Keras's. */
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
export function adam(options: AdamOptions = {}): Optimizer {
  return new Adam({ ...options, weightDecay: 0 });
}

/**
 * Adam with decoupled weight decay: before each step all weights shrink by learning rate times
 * `weightDecay`, 0.004 if not given, as in Keras.
 *
 * Source: Loshchilov and Hutter, "Decoupled Weight Decay Regularization", 2019, algorithm 2.
 */
export function adamW(options: AdamOptions & { readonly weightDecay?: number } = {}): Optimizer {
  return new Adam({ weightDecay: 0.004, ...options });
}

class Adam extends Optimizer {
  static readonly className = "KerasAdam";
  readonly #options: Required<AdamOptions> & { weightDecay: number };

  constructor(
    { learningRate = 0.001, weightDecay, ...moments }: AdamOptions & { weightDecay: number },
  ) {
    super(learningRate, { slots: 2 });
    this.#options = { learningRate, ...momentsOf(moments), weightDecay };
  }

  protected override update(learningRate: tf.Tensor, step: tf.Tensor): Update {
    return adamRule(learningRate, step, this.#options);
  }

  getConfig(): tf.serialization.ConfigDict {
    return { ...this.#options };
  }
}

tf.serialization.registerClass(Adam);

/** How the moments are taken, Keras's defaults in place of what is not given. */
function momentsOf({ beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7 }: AdamOptions) {
  return { beta1, beta2, epsilon };
}

/** The rule of {@linkcode adamW} at one step; its slots are the two moments. */
export function adamRule(
  learningRate: tf.Tensor,
  step: tf.Tensor,
  { weightDecay, ...moments }: AdamOptions & { readonly weightDecay: number },
): Update {
  const { beta1, beta2, epsilon } = momentsOf(moments);
  const correction = tf.div(
    tf.sqrt(tf.sub(1, tf.pow(beta2, step))),
    tf.sub(1, tf.pow(beta1, step)),
  );
  const alpha = tf.mul(learningRate, correction);
  return ({ value, slots: [oldM, oldV] }, gradient) => {
    const m = tf.add(oldM, tf.mul(tf.sub(gradient, oldM), 1 - beta1));
    const v = tf.add(oldV, tf.mul(tf.sub(tf.square(gradient), oldV), 1 - beta2));
    const moved = tf.div(tf.mul(m, alpha), tf.add(tf.sqrt(v), epsilon));
    return { value: tf.sub(decay(value, learningRate, weightDecay), moved), slots: [m, v] };
  };
}

/** A weight after decoupled decay. */
export function decay(weight: tf.Tensor, learningRate: tf.Tensor, weightDecay: number): tf.Tensor {
  if (weightDecay === 0) return weight;
  return tf.sub(weight, tf.mul(weight, tf.mul(learningRate, weightDecay)));
}
