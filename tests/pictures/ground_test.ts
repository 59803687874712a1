import { assert, assertAlmostEquals } from "@std/assert";
import { reliefOf } from "../../lib/pictures/ground.ts";
import { draw, normalNoise, shirt } from "./pictures.ts";

Deno.test("reliefOf() finds a slanted ground under a garment that reaches the border", () => {
  const slope = (x: number, y: number) => 190 + 0.4 * x - 0.2 * y;
  const size = { width: 100, height: 80 };
  const garment = (x: number, y: number) => x > 30 && x < 70 && y > 10;
  const { departures, noise } = reliefOf(
    draw(size, (x, y) => garment(x, y) ? 40 : slope(x, y)),
  );
  assert(noise < 1, `noise is ${noise}`);
  departures.forEach((departure, i) => {
    const [x, y] = [i % 100, Math.floor(i / 100)];
    // Rounding to grey levels moves the plane a little.
    assertAlmostEquals(departure, garment(x, y) ? 40 - slope(x, y) : 0, 1.2);
  });
});

Deno.test("reliefOf() finds a ground that is darker in the corners, as a lens makes it", () => {
  const lens = (x: number, y: number) => 200 - ((x - 60) ** 2 + (y - 60) ** 2) / 120;
  const { departures } = reliefOf(
    draw({ width: 121, height: 121 }, (x, y) => shirt(x / 100, y / 100) ? 30 : lens(x, y)),
  );
  departures.forEach((departure, i) => {
    const [x, y] = [i % 121, Math.floor(i / 121)];
    assertAlmostEquals(departure, shirt(x / 100, y / 100) ? 30 - lens(x, y) : 0, 1);
  });
});

Deno.test("reliefOf() measures the ground's noise, whatever the garment does", () => {
  const noise = normalNoise(7);
  const picture = draw(
    { width: 300, height: 300 },
    (x, y) => (shirt(x / 300, y / 300) ? 60 : 200) + noise(),
  );
  assertAlmostEquals(reliefOf(picture).noise, 7, 1);
});
