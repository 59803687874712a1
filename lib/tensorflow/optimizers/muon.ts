import * as tf from "@tensorflow/tfjs";
import { adamRule, decay } from "./adam.ts";
import { Optimizer, type Update } from "./optimizer.ts";

/** Options of {@linkcode muon}. */
export interface MuonOptions {
  /** The step size of the matrices, 0.02 if not given. */
  readonly learningRate?: number;
  /** How much of the gradients' moving average a step keeps, 0.95 if not given. */
  readonly momentum?: number;
  /** How many Newton-Schulz steps bring an update towards orthogonality, 5 if not given. */
  readonly newtonSchulzSteps?: number;
  /** Before each step all weights shrink by their learning rate times this, 0 if not given. */
  readonly weightDecay?: number;
  /**
   * The step size of what Adam updates, 0.003 if not given. It keeps its proportion to the
   * matrices' when that is changed.
   */
  readonly adamLearningRate?: number;
  /**
   * Which matrices Adam updates all the same, by their variables' names: an embedding and the
   * output layer should be among them. None if not given.
   */
  readonly isForAdam?: (name: string) => boolean;
}

/**
 * Muon, "momentum orthogonalized by Newton-Schulz": a kernel moves by the orthogonal matrix that is
 * nearest to the moving average of its gradients, roughly, so that all of its directions learn at
 * one pace. A convolution's kernel counts as the matrix `[height · width · channels, filters]`.
 * Vectors, such as biases, are updated by {@linkcode adam}.
 *
 * The momentum is Nesterov's, and a step is longer by √(outputs / inputs) where a matrix has more
 * outputs than inputs.
 *
 * Source: Jordan et al., "Muon: An optimizer for hidden layers in neural networks", 2024; the
 * polynomial's coefficients are those given there.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import * as tf from "@tensorflow/tfjs";
 * import { muon } from "./mod.ts";
 *
 * await tf.setBackend("cpu");
 * const kernel = tf.variable(tf.zeros([2, 2]));
 * const optimizer = muon({ learningRate: 0.1 });
 * optimizer.minimize(() => tf.sum(tf.mul(kernel, [[1, 0], [0, 100]])));
 * // Both directions move alike, though one gradient is a hundred times as large.
 * const [first, , , last] = kernel.dataSync();
 * assertAlmostEquals(first / last, 1, 0.4);
 * ```
 */
export function muon(options: MuonOptions = {}): Optimizer {
  return new Muon(options);
}

/** For no matrix. */
const NONE = () => false;

class Muon extends Optimizer {
  static readonly className = "Muon";
  readonly #options: Required<MuonOptions>;

  constructor(
    {
      learningRate = 0.02,
      momentum = 0.95,
      newtonSchulzSteps = 5,
      weightDecay = 0,
      adamLearningRate = 0.003,
      isForAdam = NONE,
    }: MuonOptions,
  ) {
    super(learningRate, { slots: 2 });
    this.#options = {
      learningRate,
      momentum,
      newtonSchulzSteps,
      weightDecay,
      adamLearningRate,
      isForAdam,
    };
  }

  protected override update(learningRate: tf.Tensor, step: tf.Tensor): Update {
    const { momentum, newtonSchulzSteps, weightDecay, isForAdam } = this.#options;
    const adamShare = this.#options.adamLearningRate / this.#options.learningRate;
    const adam = adamRule(tf.mul(learningRate, adamShare), step, { weightDecay });
    return (weight, gradient) => {
      const { name, value, slots: [oldAverage, unused] } = weight;
      if (value.rank < 2 || isForAdam(name)) return adam(weight, gradient);
      const average = tf.add(oldAverage, tf.mul(tf.sub(gradient, oldAverage), 1 - momentum));
      const ahead = tf.add(gradient, tf.mul(tf.sub(average, gradient), momentum));
      const outputs = value.shape[value.rank - 1];
      const inputs = value.size / outputs;
      const direction = orthogonalize(tf.reshape(ahead, [inputs, outputs]), newtonSchulzSteps);
      const size = tf.mul(learningRate, Math.sqrt(Math.max(1, outputs / inputs)));
      const moved = tf.mul(tf.reshape(direction, value.shape), size);
      return {
        value: tf.sub(decay(value, learningRate, weightDecay), moved),
        slots: [average, unused],
      };
    };
  }

  getConfig(): tf.serialization.ConfigDict {
    const { isForAdam, ...config } = this.#options;
    if (isForAdam === NONE) return config;
    throw new TypeError(
      "Cannot save muon: isForAdam is a function, which model.json has no place for; save the model " +
        "without includeOptimizer and keep the values of optimizer.state()",
    );
  }
}

tf.serialization.registerClass(Muon);

/** The polynomial's coefficients. */
const [A, B, C] = [3.4445, -4.7750, 2.0315];

/**
 * Brings the singular values of a matrix near 1, to 0.7..1.2 in five steps where they were not much
 * smaller than the greatest: X becomes aX + b(XXᵀ)X + c(XXᵀ)²X at each.
 *
 * @param steps A whole number of at least 0.
 */
export function orthogonalize(matrix: tf.Tensor2D, steps = 5): tf.Tensor2D {
  return tf.tidy(() => newtonSchulz(matrix, steps));
}

function newtonSchulz(matrix: tf.Tensor2D, steps: number): tf.Tensor2D {
  const [rows, columns] = matrix.shape;
  let x: tf.Tensor2D = tf.div(matrix, tf.add(tf.norm(matrix), 1e-7));
  for (let i = 0; i < steps; i++) {
    // Of the two products that may stand there the smaller, XᵀX or XXᵀ.
    const gram: tf.Tensor2D = rows > columns
      ? tf.matMul(x, x, true, false)
      : tf.matMul(x, x, false, true);
    const factor: tf.Tensor2D = tf.add(tf.mul(gram, B), tf.mul(tf.matMul(gram, gram), C));
    const turned: tf.Tensor2D = rows > columns ? tf.matMul(x, factor) : tf.matMul(factor, x);
    x = tf.add(tf.mul(x, A), turned);
  }
  return x;
}
