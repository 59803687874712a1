import { assertEquals } from "@std/assert";
import { garmentBox } from "../../lib/pictures/garment_box.ts";
import { draw } from "./pictures.ts";

const size = { width: 40, height: 30 };
const thresholds = { low: 10, high: 50 };

Deno.test("garmentBox() bounds parts that touch at corners, down to the low threshold", () => {
  const image = draw(size, (x, y) => x === y && x >= 5 && x <= 20 ? (x === 12 ? 60 : 11) : 10);
  assertEquals(garmentBox(image, thresholds), { left: 5, top: 5, width: 16, height: 16 });
});

Deno.test("garmentBox() leaves out dust and what is nowhere above the high threshold", () => {
  const garment = (x: number, y: number) => x >= 10 && x < 30 && y >= 8 && y < 20;
  const image = draw(size, (x, y) => {
    if (garment(x, y)) return 200;
    if (x === 1 && y === 1) return 200; // dust: 1/240 of the garment
    return x > 34 && y > 24 ? 50 : 0;
  });
  assertEquals(garmentBox(image, thresholds), { left: 10, top: 8, width: 20, height: 12 });
});

Deno.test("garmentBox() keeps a second part, such as a strap, that is small but no dust", () => {
  const image = draw(size, (x, y) => y > 20 || (y === 2 && x < 4) ? 200 : 0);
  assertEquals(garmentBox(image, thresholds), { left: 0, top: 2, width: 40, height: 28 });
});

Deno.test("garmentBox() finds nothing where nothing is above the high threshold", () => {
  assertEquals(garmentBox(draw(size, () => 50), thresholds), undefined);
});
