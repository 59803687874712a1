import { assert, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { jit, RandomGenerator } from "../../../lib/tensorflow/mod.ts";
import { testOnTensorflow } from "../on_tensorflow.ts";

/** Something to train: what a step takes, what it does, and what it changes. */
export interface Trainee {
  step: (batch: tf.Tensor, labels: tf.Tensor1D) => tf.Tensor;
  variables: tf.Variable[];
  shape: number[];
  dispose(): void;
}

/** Trains twice from the same start, recorded and not, and compares weights and losses. */
export function testAgreement(name: string, make: () => Trainee, { steps = 20 } = {}): void {
  testOnTensorflow(`jit() trains as its function does: ${name}`, () => {
    const [eager, recorded] = [false, true].map((useJit) => {
      const { step, variables, shape, dispose } = make();
      const data = new RandomGenerator(5);
      const run = useJit ? jit(step) : Object.assign(
        (batch: tf.Tensor, labels: tf.Tensor1D) => tf.tidy(() => step(batch, labels)),
        { dispose() {} },
      );
      const losses = Array.from({ length: steps }, () =>
        tf.tidy(() => {
          const batch = data.uniform(shape);
          const labels = tf.cast(tf.mul(data.uniform([shape[0]]), 10), "int32").as1D();
          return run(batch, labels).dataSync()[0];
        }));
      const weights = variables.map((variable) => tf.tensor(variable.dataSync(), variable.shape));
      run.dispose();
      dispose();
      data.dispose();
      return [...weights, tf.tensor(losses)];
    });
    assertEquals(recorded.length, eager.length);
    eager.forEach((a, i) => {
      const [difference, size] = [tf.norm(tf.sub(a, recorded[i])), tf.norm(a)]
        .map((norm) => norm.dataSync()[0]);
      assert(size > 0 && difference / size < 1e-4, `tensor ${i}: ${difference} of ${size}`);
    });
  });
}
