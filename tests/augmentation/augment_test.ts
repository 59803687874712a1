import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import {
  augment,
  cutout,
  randomAffine,
  randomCrop,
  randomErasing,
  randomHorizontalFlip,
  STUDY_B,
} from "../../lib/augmentation/mod.ts";
import { jit, type RandomGenerator } from "../../lib/tensorflow/mod.ts";
import { testOnTensorflow } from "../tensorflow/on_tensorflow.ts";
import { testOnEachBackend } from "./on_each_backend.ts";
import { imagesOf, pictures, withRandom } from "./pictures.ts";

const TRANSFORMATIONS: Record<string, (images: tf.Tensor4D, random: RandomGenerator) => tf.Tensor> =
  {
    augment,
    cutout,
    randomAffine: (images, random) => randomAffine(images, random, STUDY_B.affine),
    randomCrop,
    randomErasing,
    randomHorizontalFlip,
  };

testOnEachBackend("augment() warps first and erases then, by STUDY_B if not told otherwise", () => {
  const images = pictures([16, 28, 28, 1]);
  const expected = withRandom(1, (random) => {
    const warped = randomAffine(images, random, {
      rotation: 8,
      widthShift: 0.08,
      heightShift: 0.08,
      shear: 0.3,
      zoom: 0.08,
    });
    return randomErasing(warped, random);
  });
  const augmented = withRandom(1, (random) => augment(images, random));
  assertEquals(augmented.dataSync(), expected.dataSync());
  const options = { affine: {}, erasing: { probability: 0 } };
  const same = withRandom(1, (random) => augment(images, random, options));
  assertEquals(same.dataSync(), images.dataSync());
});

for (const [name, transformation] of Object.entries(TRANSFORMATIONS)) {
  testOnEachBackend(`${name}() does by one seed the same, and by another something else`, () => {
    const images = pictures([8, 28, 28, 1]);
    const calls = (seed: number) =>
      withRandom(
        seed,
        (random) => [0, 1].map(() => Float32Array.from(transformation(images, random).dataSync())),
      );
    const [first, second] = calls(1);
    assertEquals(calls(1), [first, second]);
    for (const other of [second, calls(2)[0], images.dataSync()]) {
      assert(first.some((value, i) => value !== other[i]));
    }
  });

  testOnEachBackend(`${name}() draws for each image anew, and keeps to 0..1`, () => {
    const images = tf.tile(pictures([1, 28, 28, 1]), [12, 1, 1, 1]).as4D(12, 28, 28, 1);
    const values = withRandom(5, (random) => transformation(images, random).as4D(12, 28, 28, 1));
    const different = new Set(imagesOf(values).map(String)).size;
    // A flip has but two outcomes, and erasing leaves half of the images alone.
    const least = { randomHorizontalFlip: 2, randomErasing: 4 }[name] ?? 11;
    assert(different >= least, `${different} different images`);
    assert(values.dataSync().every((value) => value >= 0 && value <= 1 + 1e-6));
  });

  testOnTensorflow(`${name}() recorded by jit does what it does by itself`, () => {
    const images = pictures([16, 28, 28, 1]);
    withRandom(9, (random) =>
      withRandom(9, (recordedRandom) => {
        const recorded = jit((images: tf.Tensor4D) => transformation(images, recordedRandom));
        for (let call = 0; call < 5; call++) {
          const expected = transformation(images, random).dataSync();
          recorded(images).dataSync().forEach((value, i) =>
            assertAlmostEquals(value, expected[i], 1e-5, `call ${call}, value ${i}`)
          );
        }
        recorded.dispose();
      }));
  });
}
