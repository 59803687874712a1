import { assert, assertEquals, assertThrows } from "@std/assert";
import { colorScale } from "../../lib/figures/pixels.ts";

Deno.test("colorScale() goes from white to black in ink, by default over 0 to 255", () => {
  const scale = colorScale();
  assertEquals(scale(0), [255, 255, 255]);
  assertEquals(scale(255), [0, 0, 0]);
  const [red, green, blue] = scale(127.5);
  assert(red === green && green === blue && red > 100 && red < 160, `${red}`);
});

Deno.test("colorScale() darkens without a break", () => {
  for (const colors of ["ink", "sequential"] as const) {
    const scale = colorScale({ colors });
    const sums = Array.from({ length: 256 }, (_, i) => scale(i).reduce((a, b) => a + b));
    for (let i = 1; i < 256; i++) assert(sums[i] <= sums[i - 1] && sums[i - 1] - sums[i] < 12);
  }
});

Deno.test("colorScale() has white exactly at the middle of a diverging domain", () => {
  const scale = colorScale({ colors: "diverging", domain: [-0.3, 0.3] });
  assertEquals(scale(0), [255, 255, 255]);
  assertEquals(scale(-0), [255, 255, 255]);
  assertEquals(scale(-0.3), [0x7a, 0x36, 0x00]);
  assertEquals(scale(0.3), [0x00, 0x30, 0x4d]);
  assert(scale(-0.1)[0] > scale(-0.1)[2], "below it is not orange");
  assert(scale(0.1)[2] > scale(0.1)[0], "above it is not blue");
});

Deno.test("colorScale() keeps the last colour beyond the domain, which may be reversed", () => {
  const scale = colorScale({ domain: [10, 20] });
  assertEquals(scale(-1e9), scale(10));
  assertEquals(scale(1e9), scale(20));
  const reversed = colorScale({ domain: [20, 10] });
  for (const value of [10, 12, 15, 20]) assertEquals(reversed(value), scale(30 - value));
});

Deno.test("colorScale() gives the first colour where the domain has no length", () => {
  const scale = colorScale({ domain: [3, 3] });
  for (const value of [2, 3, 4]) assertEquals(scale(value), [255, 255, 255]);
});

Deno.test("colorScale() rejects domains and values that are not finite", () => {
  for (const domain of [[NaN, 1], [0, Infinity]] as const) {
    assertThrows(
      () => colorScale({ domain }),
      RangeError,
      "Cannot colour pixels: end of the domain",
    );
  }
  for (const value of [NaN, Infinity]) {
    assertThrows(() => colorScale()(value), RangeError, `a value is ${value}, expected a finite`);
  }
});
