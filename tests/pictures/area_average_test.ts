import { assertAlmostEquals, assertEquals } from "@std/assert";
import { areaAverage } from "../../lib/pictures/area_average.ts";
import { randomStream } from "../../lib/tensorflow/mod.ts";

Deno.test("areaAverage() gives the means computed by hand", () => {
  const image = { width: 4, height: 2, values: [0, 8, 2, 4, 4, 0, 6, 10] };
  const whole = { left: 0, top: 0, width: 4, height: 2 };
  assertEquals([...areaAverage(image, whole, { width: 2, height: 1 })], [3, 5.5]);
  // Of three pixels in two, the middle one counts half in each: (2*0 + 8)/3, (8 + 2*2)/3.
  const [a, b] = areaAverage(image, { ...whole, width: 3, height: 1 }, { width: 2, height: 1 });
  assertAlmostEquals(a, 8 / 3, 1e-6);
  assertAlmostEquals(b, 4, 1e-6);
});

Deno.test("areaAverage() agrees with counting fine points, up and down, inside a box", () => {
  const random = randomStream(1, "pixels");
  const [width, height] = [13, 9];
  const values = Float32Array.from({ length: width * height }, random);
  const box = { left: 2, top: 1, width: 10, height: 7 };
  for (const size of [{ width: 3, height: 4 }, { width: 20, height: 9 }]) {
    const result = areaAverage({ width, height, values }, box, size);
    // A grid of points that divides old and new pixels evenly.
    const [fineX, fineY] = [box.width * size.width, box.height * size.height];
    const sums = new Float64Array(size.width * size.height);
    for (let y = 0; y < fineY; y++) {
      for (let x = 0; x < fineX; x++) {
        const old = (box.top + Math.floor(y / size.height)) * width + box.left +
          Math.floor(x / size.width);
        sums[Math.floor(y / box.height) * size.width + Math.floor(x / box.width)] += values[old];
      }
    }
    result.forEach((value, i) => {
      assertAlmostEquals(value, sums[i] / (box.width * box.height), 1e-5);
    });
  }
});
