import { assert, assertEquals, assertThrows } from "@std/assert";
import { type Picture, preparePicture, readPicture } from "../../lib/pictures/mod.ts";
import { granted } from "../permissions.ts";
import { draw, encode, inverted, meanDifference, normalNoise, shirt } from "./pictures.ts";

/** A shirt of `garment` in a picture of `width` times `height`, its corner at `left`, `top`. */
function shirtOn(
  { width, height, left, top, side, garment = 60, ground = 230 }: {
    width: number;
    height: number;
    left: number;
    top: number;
    side: number;
    garment?: number;
    ground?: number;
  },
): Picture {
  return draw({ width, height }, (x, y) => {
    return shirt((x + 0.5 - left) / side, (y + 0.5 - top) / side) ? garment : ground;
  });
}

const size = { width: 400, height: 360 };
const usual = shirtOn({ ...size, left: 60, top: 40, side: 280 });
const expected = preparePicture(usual);

Deno.test("preparePicture() gives a light garment on black that fills the longest side", () => {
  const rows = Array.from({ length: 28 }, (_, y) => expected.subarray(28 * y, 28 * y + 28));
  assertEquals(Math.max(...expected), 255);
  assert(rows[0].includes(255) && rows[27].includes(255), "it reaches the top and the bottom");
  assert(rows.some((row) => row[0] > 0) && rows.some((row) => row[27] > 0), "and both sides");
  assertEquals([rows[27][0], rows[27][27]], [0, 0]);
  for (const row of rows) assert(meanDifference(row, row.toReversed()) < 1, "it is symmetric");
});

Deno.test("preparePicture() sees no difference between dark on light and light on dark", () => {
  for (const picture of [usual, shirtOn({ ...size, left: 0, top: 0, side: 340, ground: 128 })]) {
    assertEquals(preparePicture(inverted(picture)), preparePicture(picture));
  }
});

Deno.test("preparePicture() gives the same off the centre, at the edge and at any contrast", () => {
  for (const [left, top] of [[0, 0], [120, 80], [117, 3]]) {
    assertEquals(preparePicture(shirtOn({ ...size, left, top, side: 280 })), expected);
  }
  const faint = { garment: 140, ground: 160 };
  assertEquals(
    preparePicture(shirtOn({ ...size, left: 60, top: 40, side: 280, ...faint })),
    expected,
  );
});

Deno.test("preparePicture() takes pictures from 5x5 to 3000x2000", () => {
  const square = new Uint8Array(28 * 28).fill(255);
  for (
    const [width, height, side] of [[5, 5, 3], [28, 28, 20], [301, 999, 57], [3000, 2000, 1500]]
  ) {
    const [left, top] = [Math.floor((width - side) / 3), Math.floor((height - side) / 2)];
    const picture = draw({ width, height }, (x, y) => {
      return x >= left && x < left + side && y >= top && y < top + side ? 0 : 255;
    });
    // A large picture is first made smaller, which blurs the square's edge.
    const tolerance = width > 1000 ? 2 : 0;
    assert(meanDifference(preparePicture(picture), square) <= tolerance, `${width}x${height}`);
  }
  const large = shirtOn({ width: 3000, height: 2000, left: 700, top: 100, side: 1800 });
  assert(meanDifference(preparePicture(large), expected) < 2);
});

Deno.test("preparePicture() centres a narrow garment, the odd pixel on the left", () => {
  const picture = draw({ width: 60, height: 60 }, (x, y) => x < 13 && y < 28 ? 0 : 255);
  const row = preparePicture(picture).subarray(0, 28);
  assertEquals([row.indexOf(255), row.lastIndexOf(255)], [8, 20]);
});

Deno.test("preparePicture() keeps lines of one pixel, also in a large picture", () => {
  for (const [width, height] of [[200, 200], [3000, 2000]]) {
    const [left, right, top, bottom] = [0.2 * width, 0.8 * width, 0.1 * height, 0.9 * height];
    const outline = draw({ width, height }, (x, y) => {
      const inside = x >= left && x <= right && y >= top && y <= bottom;
      return inside && (x === left || x === right || y === top || y === bottom) ? 0 : 255;
    });
    const image = preparePicture(outline);
    const across = image.subarray(14 * 28, 15 * 28);
    const lit = Array.from(across.keys()).filter((x) => across[x] > 100);
    const shape = width > height ? [0, 27] : [4, 24];
    assertEquals([lit.length, lit[0], lit.at(-1)], [2, shape[0], shape[1]]);
    assertEquals(image[14 * 28 + 14], 0);
  }
});

Deno.test("preparePicture() is not disturbed by noise, dust and a slanted ground", () => {
  const noise = normalNoise(8);
  const spoilt = draw(size, (x, y) => {
    const dust = x % 97 < 2 && y % 83 < 2;
    const level = shirt((x + 0.5 - 60) / 280, (y + 0.5 - 40) / 280) || dust ? 60 : 230;
    return level - 0.1 * x + noise();
  });
  assert(meanDifference(preparePicture(spoilt), expected) < 8);
  assert(meanDifference(preparePicture(inverted(spoilt)), expected) < 8);
});

Deno.test({
  name: "preparePicture() is not disturbed by JPEG's artefacts",
  ignore: !granted("read", "env", "ffi", "sys"),
  async fn() {
    for (const [quality, tolerance] of [[90, 1], [50, 2], [15, 6]]) {
      for (const picture of [usual, inverted(usual)]) {
        const read = await readPicture(await encode(picture, { format: "jpeg", quality }));
        const difference = meanDifference(preparePicture(read), expected);
        assert(difference < tolerance, `quality ${quality}: ${difference}`);
      }
    }
  },
});

Deno.test("preparePicture() refuses a blank picture, also a noisy or unevenly lit one", () => {
  const noise = normalNoise(12);
  for (const level of [() => 255, () => 0, noiseAround(128), (x: number) => 120 + 0.2 * x]) {
    assertThrows(() => preparePicture(draw(size, level)), RangeError, "it is blank");
  }
  assertThrows(() => preparePicture(draw({ width: 1, height: 1 }, () => 0)), RangeError, "blank");

  function noiseAround(mean: number) {
    return () => mean + noise();
  }
});

Deno.test("preparePicture() makes images of other sizes, and refuses sizes that are none", () => {
  const image = preparePicture(usual, { height: 14, width: 56 });
  assertEquals(image.length, 14 * 56);
  assertEquals([image[7 * 56 + 20], image[7 * 56 + 28], image[7 * 56 + 36]], [0, 255, 0]);
  for (const height of [0, -1, 1.5, NaN]) {
    assertThrows(() => preparePicture(usual, { height }), RangeError, `height is ${height}`);
  }
  assertThrows(() => preparePicture({ ...usual, width: 0 }), RangeError, "width is 0");
  assertThrows(
    () => preparePicture({ ...usual, width: 401 }),
    RangeError,
    "there are 144000 values, expected 401x360",
  );
});
