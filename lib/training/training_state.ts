import * as tf from "@tensorflow/tfjs";
import { Dropout, type Optimizer, type RandomGenerator } from "../tensorflow/mod.ts";
import { type WeightAverage, weightVariables } from "./weight_average.ts";

/** What training steps change besides the model. */
export interface TrainingStateParts {
  readonly optimizer: Optimizer;
  readonly average: WeightAverage | undefined;
  /** Draws what augments the images. */
  readonly random: RandomGenerator;
}

/** Everything that training steps change, by name: all that the next step depends on. */
export function trainingState(
  model: tf.LayersModel,
  { optimizer, average, random }: TrainingStateParts,
): Map<string, tf.Variable> {
  const weights = weightVariables(model);
  const trainable = new Set(model.trainableWeights.map((weight) => weight.read()));
  const dropouts = model.layers.filter((layer) => layer instanceof Dropout);
  return new Map<string, tf.Variable>([
    ...weights.map((weight, i) => named(`weight/${i}`, weight)),
    ...optimizer.state(weights.filter((weight) => trainable.has(weight)))
      .map(([name, variable]) => named(`optimizer/${name}`, variable)),
    ...(average?.variables ?? []).map((variable, i) => named(`average/${i}`, variable)),
    ...[random, ...dropouts.map((dropout) => dropout.random)]
      .map(({ draws }, i) => named(`draws/${i}`, draws)),
  ]);
}

function named(name: string, variable: tf.Variable): [string, tf.Variable] {
  return [name, variable];
}

/**
 * Gives the variables the values of tensors of the same names.
 *
 * @throws {RangeError} If a name, shape or element type is not the same; nothing is assigned then.
 */
export function assignState(
  variables: ReadonlyMap<string, tf.Variable>,
  tensors: tf.NamedTensorMap,
  { action }: { action: string },
): void {
  const names = [...new Set([...variables.keys(), ...Object.keys(tensors)])];
  for (const name of names) {
    const [expected, actual] = [variables.get(name), tensors[name]].map(description);
    if (actual !== expected) {
      throw new RangeError(`Cannot ${action}: ${name} is ${actual}, this run has ${expected}`);
    }
  }
  variables.forEach((variable, name) => variable.assign(tensors[name]));
}

function description(tensor: tf.Tensor | undefined): string {
  return tensor === undefined ? "not there" : `${tensor.dtype} [${tensor.shape}]`;
}
