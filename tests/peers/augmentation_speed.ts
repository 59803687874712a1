/**
 * The speed of our augmentation, alone or within study B's training step, for
 * deno task bench:augment.
 *
 *     deno run -A tests/peers/augmentation_speed.ts alone
 */
import * as tf from "@tensorflow/tfjs";
import { augment } from "../../lib/augmentation/mod.ts";
import { vgg } from "../../lib/models/mod.ts";
import { adam, initBackend, jit, RandomGenerator } from "../../lib/tensorflow/mod.ts";
import { flipAndCrop } from "../../lib/training/fit_recipe.ts";
import { gradientsOf } from "../../lib/training/gradients.ts";
import { trainingStep } from "../../lib/training/steps.ts";
import { answer, type Variants } from "./answer.ts";
import { timed } from "./timed.ts";

const BATCH = 256;

function alone(): Variants {
  const random = new RandomGenerator(0);
  const recorded = jit((images: tf.Tensor4D) => augment(images, random));
  return { "a batch": (times) => timed(times, () => recorded(images)) };
}

function steps(): Variants {
  const ways: Record<string, (images: tf.Tensor4D, random: RandomGenerator) => tf.Tensor4D> = {
    "plain": (images) => images,
    "study B's augmentation": augment,
    "flip and crop": flipAndCrop,
  };
  return Object.fromEntries(
    Object.entries(ways).map(([name, way]) => {
      const random = new RandomGenerator(0);
      const step = trainingStep(gradientsOf(vgg({ seed: 0 })), adam());
      const recorded = jit((images: tf.Tensor4D, labels: tf.Tensor1D) =>
        step(way(images, random), labels)
      );
      return [name, (times: number) => timed(times, () => recorded(images, labels))];
    }),
  );
}

await initBackend({ backend: "tensorflow" });
const images: tf.Tensor4D = tf.randomUniform([BATCH, 28, 28, 1]);
const labels = tf.tensor1d(Array.from({ length: BATCH }, (_, i) => i % 10), "int32");
await answer(Deno.args[0] === "alone" ? alone() : steps());
