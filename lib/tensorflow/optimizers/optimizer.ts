import * as tf from "@tensorflow/tfjs";

/** A weight and what is remembered of it. */
export interface Weight extends UpdatedWeight {
  /** The name of its variable. */
  readonly name: string;
}

/** The same after a step; a slot that stays as it was is given back. */
export interface UpdatedWeight {
  readonly value: tf.Tensor;
  /** Zeros at first. */
  readonly slots: readonly tf.Tensor[];
}

/** What TensorFlow.js saves of an optimizer. */
type SavedWeights = Awaited<ReturnType<tf.Optimizer["getWeights"]>>;

/** What is saved before the slots. */
const NAMES = ["optimizer/steps", "optimizer/learningRate"];

/** Gives a weight and its slots their new values, by the weight's gradient. */
export type Update = (weight: Weight, gradient: tf.Tensor) => UpdatedWeight;

/**
 * An optimizer whose update {@linkcode jit} can record: all that changes from step to step, the
 * learning rate too, is kept in variables.
 *
 * `model.save` with `includeOptimizer` keeps it, under a name of our own, since TensorFlow.js's
 * optimizer of the same name computes otherwise: a program that loads such a model has to import
 * this library. A model that is saved without its optimizer loads anywhere.
 */
export abstract class Optimizer extends tf.Optimizer {
  /** The step size, a scalar. {@linkcode setLearningRate} changes it. */
  readonly learningRate: tf.Variable<tf.Rank.R0>;
  /** How many steps were taken, an int32 scalar. */
  readonly steps: tf.Variable<tf.Rank.R0>;
  readonly #slotCount: number;
  readonly #slots = new Map<tf.Variable, tf.Variable[]>();
  /** Slots that were loaded, until the variables of the first step take them in their order. */
  readonly #loaded: tf.Variable[] = [];

  /** By inheritance: TensorFlow.js takes anything with the right methods for an optimizer. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return Function.prototype[Symbol.hasInstance].call(this, value);
  }

  constructor(learningRate: number, { slots }: { slots: number }) {
    super();
    assertLearningRate(learningRate);
    this.learningRate = tf.tidy(() => tf.variable(tf.scalar(learningRate), false));
    this.steps = tf.tidy(() => tf.variable(tf.scalar(0, "int32"), false));
    this.#slotCount = slots;
  }

  /**
   * How a step updates each weight.
   *
   * @param learningRate A scalar.
   * @param step The number of the step from 1, a scalar.
   */
  protected abstract update(learningRate: tf.Tensor, step: tf.Tensor): Update;

  /**
   * Makes the next steps ones of another size, also where they are replayed.
   *
   * @throws {RangeError} If it is below 0 or not finite.
   */
  setLearningRate(learningRate: number): void {
    assertLearningRate(learningRate);
    tf.tidy(() => this.learningRate.assign(tf.scalar(learningRate)));
  }

  /**
   * Takes a step.
   *
   * @param gradients By the names of the variables, as `tf.variableGrads` gives them.
   * @throws {RangeError} If there is no variable of a name.
   */
  override applyGradients(
    gradients: tf.NamedTensorMap | { name: string; tensor: tf.Tensor }[],
  ): void {
    const named = Array.isArray(gradients)
      ? gradients.map(({ name, tensor }) => [name, tensor] as const)
      : Object.entries(gradients);
    tf.tidy(() => {
      const updates = named.map(([name, gradient]) => {
        const variable = tf.engine().registeredVariables[name];
        if (variable === undefined) {
          throw new RangeError(`Cannot apply gradients: there is no variable ${name}`);
        }
        return { variable, gradient, slots: this.#slotsOf(variable) };
      });
      this.steps.assign(tf.add(this.steps, tf.scalar(1, "int32")));
      const update = this.update(this.learningRate, tf.cast(this.steps, "float32"));
      for (const { variable, gradient, slots } of updates) {
        const updated = update({ name: variable.name, value: variable, slots }, gradient);
        variable.assign(updated.value);
        updated.slots.forEach((value, i) => {
          if (value !== slots[i]) slots[i].assign(value);
        });
      }
    });
  }

  /**
   * All that the optimizer remembers, by name: the number of steps, and the slots of these
   * variables, which are made if need be. To go on later, keep the values and assign them again.
   */
  state(variables: readonly tf.Variable[]): [name: string, variable: tf.Variable][] {
    const slots = variables.flatMap((variable, v) =>
      this.#slotsOf(variable).map((slot, i): [string, tf.Variable] => [`slot${i}/${v}`, slot])
    );
    return [["steps", this.steps], ["learningRate", this.learningRate], ...slots];
  }

  /**
   * What `model.save` keeps with `includeOptimizer`: the number of steps, the learning rate, and the
   * slots of each variable that steps were taken with, in the order of the first step.
   */
  override getWeights(): Promise<SavedWeights> {
    const slots = [...this.#slots.values(), this.#loaded].flat();
    return Promise.resolve(
      [this.steps, this.learningRate, ...slots].map((tensor, i) => ({
        name: NAMES[i] ?? `optimizer/slot${i - NAMES.length}`,
        tensor,
      })),
    );
  }

  /**
   * Goes on from what {@linkcode getWeights} gave, as `tf.loadLayersModel` wants it: the variables
   * of the first step take the slots, one after the other.
   *
   * @throws {TypeError} If steps were taken already, or these are no weights of an optimizer.
   */
  override setWeights(weights: SavedWeights): Promise<void> {
    return Promise.try(() => this.#load(weights));
  }

  /** How many steps were taken, read from the variable. */
  override get iterations(): number {
    return this.steps.dataSync()[0];
  }

  override dispose(): void {
    tf.dispose([this.learningRate, this.steps, ...this.#slots.values(), this.#loaded.splice(0)]);
    this.#slots.clear();
    super.dispose();
  }

  #load([steps, learningRate, ...slots]: SavedWeights): void {
    if (this.#slots.size > 0) {
      throw new TypeError("Cannot load an optimizer's weights: this one has taken steps already");
    }
    const [names, expected] = [`${steps?.name}, ${learningRate?.name}`, NAMES.join(", ")];
    if (names !== expected) {
      throw new TypeError(
        `Cannot load an optimizer's weights: the first are ${names}, expected ${expected}`,
      );
    }
    tf.tidy(() => {
      this.steps.assign(tf.reshape(steps.tensor, []));
      this.learningRate.assign(tf.reshape(learningRate.tensor, []));
      tf.dispose(this.#loaded.splice(0));
      this.#loaded.push(...slots.map(({ tensor }) => tf.variable(tensor, false)));
    });
  }

  #slotsOf(variable: tf.Variable): tf.Variable[] {
    let slots = this.#slots.get(variable);
    if (slots === undefined) {
      const loaded = this.#loaded.slice(0, this.#slotCount);
      const other = loaded.find(({ shape }) => !tf.util.arraysEqual(shape, variable.shape));
      if (other !== undefined) {
        throw new RangeError(
          `Cannot take a step: ${variable.name} is [${variable.shape}], ` +
            `the optimizer was saved with [${other.shape}] in its place`,
        );
      }
      this.#loaded.splice(0, this.#slotCount);
      slots = Array.from(
        { length: this.#slotCount },
        (_, i) => loaded[i] ?? tf.tidy(() => tf.variable(tf.zeros(variable.shape), false)),
      );
      this.#slots.set(variable, slots);
    }
    return slots;
  }
}

function assertLearningRate(learningRate: number): void {
  if (learningRate >= 0 && learningRate < Infinity) return;
  throw new RangeError(`Cannot take steps: learningRate is ${learningRate}, must be at least 0`);
}
