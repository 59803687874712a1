import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { type AffineRanges, randomAffine } from "../../lib/augmentation/mod.ts";
import { testOnEachBackend } from "./on_each_backend.ts";
import { assertEven, imagesOf, pictures, withRandom } from "./pictures.ts";

/** Height and width of the images whose warps are measured. */
const [HEIGHT, WIDTH] = [24, 20];

/** Images with a pixel's row and column as channels, so that a warped one says where it was read. */
function places(batch: number): tf.Tensor4D {
  return tf.tidy(() => {
    const rows = tf.broadcastTo(tf.range(0, HEIGHT).reshape([HEIGHT, 1]), [HEIGHT, WIDTH]);
    const columns = tf.broadcastTo(tf.range(0, WIDTH), [HEIGHT, WIDTH]);
    const image = tf.stack([rows, columns], 2);
    return tf.tile(tf.expandDims(image, 0), [batch, 1, 1, 1]).as4D(batch, HEIGHT, WIDTH, 2);
  });
}

/** The parameters of a warp, from where it read three of its pixels in the middle. */
function measure(image: Float32Array) {
  const readAt = (row: number, column: number) => {
    const [i, j] = [0, 1].map((channel) => image[(row * WIDTH + column) * 2 + channel]);
    return { row: i, column: j };
  };
  const [corner, below, right] = [readAt(8, 7), readAt(15, 7), readAt(8, 12)];
  // What a step down and a step to the right are in the image that was read.
  const down = [(below.row - corner.row) / 7, (below.column - corner.column) / 7];
  const across = [(right.row - corner.row) / 5, (right.column - corner.column) / 5];
  const rotation = Math.atan2(down[1], down[0]);
  // Where the centre was read, as seen from the centre, turned back.
  const middle = [0, 1].map((axis) =>
    [corner.row, corner.column][axis] + down[axis] * (HEIGHT / 2 - 8.5) +
    across[axis] * (WIDTH / 2 - 7.5) - [HEIGHT / 2 - 0.5, WIDTH / 2 - 0.5][axis]
  );
  const [cos, sin] = [Math.cos(rotation), Math.sin(rotation)];
  return {
    rotation: rotation * 180 / Math.PI,
    shear: (Math.atan2(-across[0], across[1]) - rotation) * 180 / Math.PI,
    heightZoom: Math.hypot(...down),
    widthZoom: Math.hypot(...across),
    heightShift: (cos * middle[0] + sin * middle[1]) / HEIGHT,
    widthShift: (cos * middle[1] - sin * middle[0]) / WIDTH,
  };
}

testOnEachBackend("randomAffine() draws each parameter evenly from its range, by itself", () => {
  const ranges = { rotation: 8, widthShift: 0.08, heightShift: 0.05, shear: 3, zoom: 0.1 };
  const batch = 1500;
  const warped = withRandom(1, (random) => randomAffine(places(batch), random, ranges));
  const measured = imagesOf(warped).map(measure);
  const expected = {
    rotation: [-8, 8],
    shear: [-3, 3],
    heightZoom: [0.9, 1.1],
    widthZoom: [0.9, 1.1],
    heightShift: [-0.05, 0.05],
    widthShift: [-0.08, 0.08],
  };
  const standardised = Object.values(expected).map(([low, high], index) => {
    const values = measured.map((parameters) => Object.values(parameters)[index]);
    assertEven(values, low, high);
    return values.map((value) => (value - (low + high) / 2) / (high - low) * Math.sqrt(12));
  });
  standardised.forEach((a, i) =>
    standardised.slice(0, i).forEach((b) => {
      const correlation = a.reduce((sum, value, image) => sum + value * b[image], 0) / batch;
      assertAlmostEquals(correlation, 0, 5 / Math.sqrt(batch));
    })
  );
});

testOnEachBackend("randomAffine() keeps to the one range that is given", () => {
  const still = {
    rotation: 0,
    shear: 0,
    heightZoom: 1,
    widthZoom: 1,
    heightShift: 0,
    widthShift: 0,
  };
  const moves: Record<keyof AffineRanges, (keyof typeof still)[]> = {
    rotation: ["rotation"],
    widthShift: ["widthShift"],
    heightShift: ["heightShift"],
    shear: ["shear"],
    zoom: ["heightZoom", "widthZoom"],
  };
  for (const [name, moved] of Object.entries(moves)) {
    const warped = withRandom(2, (random) => randomAffine(places(4), random, { [name]: 0.1 }));
    for (const image of imagesOf(warped)) {
      for (const [parameter, value] of Object.entries(measure(image))) {
        const isStill = Math.abs(value - Reflect.get(still, parameter)) < 1e-5;
        assertEquals(isStill, !moved.some((name) => name === parameter), `${parameter}: ${value}`);
      }
    }
  }
});

testOnEachBackend("randomAffine() without ranges changes nothing", () => {
  const images = pictures([2, 28, 28, 1]);
  const same = withRandom(0, (random) => randomAffine(images, random, {}));
  assertEquals(same.dataSync(), images.dataSync());
});

testOnEachBackend("randomAffine() fills from the nearest edge", () => {
  const images: tf.Tensor4D = tf.ones([20, 8, 8, 1]);
  const warped = withRandom(0, (random) => randomAffine(images, random, { widthShift: 1 }));
  warped.dataSync().forEach((value) => assertAlmostEquals(value, 1, 1e-6));
});

testOnEachBackend("randomAffine() warps equal images differently", () => {
  const images = tf.tile(pictures([1, 8, 8, 1]), [5, 1, 1, 1]).as4D(5, 8, 8, 1);
  const warped = withRandom(0, (random) => imagesOf(randomAffine(images, random, { zoom: 0.1 })));
  warped.forEach((a, i) => assert(warped.slice(0, i).every((b) => b.some((v, j) => v !== a[j]))));
});

Deno.test("randomAffine() refuses a range out of its bounds", () => {
  const limits: AffineRanges = {
    rotation: 180,
    widthShift: 1,
    heightShift: 1,
    shear: 90,
    zoom: 0.99,
  };
  tf.tidy(() => {
    const images: tf.Tensor4D = tf.zeros([1, 2, 2, 1]);
    for (const [name, limit] of Object.entries(limits)) {
      for (const value of [-0.1, limit + 0.1, NaN]) {
        assertThrows(
          () => withRandom(0, (random) => randomAffine(images, random, { [name]: value })),
          RangeError,
          `Cannot augment images: ${name} is ${value}, expected 0 to ${limit}`,
        );
      }
    }
  });
});
