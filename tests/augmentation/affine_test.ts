import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { affine } from "../../lib/augmentation/mod.ts";
import keras from "./keras_affine.json" with { type: "json" };
import { testOnEachBackend } from "./on_each_backend.ts";
import { imagesOf, pictures } from "./pictures.ts";

testOnEachBackend("affine() warps as Keras does", () => {
  for (const { height, width, parameters, pixels } of keras.cases) {
    const warped = affine(pictures([1, height, width, 1]), parameters);
    assertEquals(warped.shape, [1, height, width, 1]);
    warped.dataSync().forEach((value, i) =>
      assertAlmostEquals(value, pixels[i], 1e-5, `pixel ${i}, ${JSON.stringify(parameters)}`)
    );
  }
});

testOnEachBackend("affine() does the same with each image and channel", () => {
  const parameters = { rotation: 30, widthShift: 0.1, heightZoom: 1.3 };
  const images = pictures([3, 6, 5, 2]);
  const warped = affine(images, parameters);
  for (let image = 0; image < 3; image++) {
    for (let channel = 0; channel < 2; channel++) {
      const [alone, among] = [images, warped].map((images) =>
        images.slice([image, 0, 0, channel], [1, 6, 5, 1])
      );
      assertEquals(affine(alone.as4D(1, 6, 5, 1), parameters).dataSync(), among.dataSync());
    }
  }
});

testOnEachBackend("affine() without parameters changes nothing", () => {
  for (const shape of [[2, 28, 28, 1], [1, 5, 8, 3]] as const) {
    const images = pictures([...shape]);
    assertEquals(affine(images, {}).dataSync(), images.dataSync());
  }
});

testOnEachBackend("affine() fills from the nearest edge", () => {
  const image = tf.tensor4d([1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 3, 3, 1]);
  const shifted = (parameters: { widthShift?: number; heightShift?: number }) =>
    imagesOf(affine(image, parameters)).map((pixels) => [...pixels])[0];
  const third = 1 / 3;
  assertEquals(shifted({ widthShift: 1 }), [3, 3, 3, 6, 6, 6, 9, 9, 9]);
  assertEquals(shifted({ heightShift: -1 }), [1, 2, 3, 1, 2, 3, 1, 2, 3]);
  shifted({ widthShift: -third, heightShift: third }).forEach((value, i) =>
    assertAlmostEquals(value, [4, 4, 5, 7, 7, 8, 7, 7, 8][i], 1e-5)
  );
});

testOnEachBackend("affine() turns clockwise", () => {
  const image = tf.tensor4d([1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 3, 3, 1]);
  affine(image, { rotation: 90 }).dataSync().forEach((value, i) =>
    assertAlmostEquals(value, [7, 4, 1, 8, 5, 2, 9, 6, 3][i], 1e-5)
  );
});

Deno.test("affine() refuses a parameter that is not finite and a zoom that is not above 0", () => {
  tf.tidy(() => {
    const images: tf.Tensor4D = tf.zeros([1, 2, 2, 1]);
    const refuses = (parameters: Parameters<typeof affine>[1], message: string) =>
      assertThrows(() => affine(images, parameters), RangeError, message);
    refuses({ rotation: NaN }, "rotation is NaN, expected a finite number");
    refuses({ heightShift: Infinity }, "heightShift is Infinity");
    refuses({ widthZoom: 0 }, "widthZoom is 0, expected a number above 0");
    refuses({ heightZoom: -1 }, "heightZoom is -1");
  });
});
