import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { LABELS } from "../../lib/dataset/mod.ts";
import { embeddingMap, type EmbeddingMapOptions, type Figure } from "../../lib/figures/mod.ts";
import { CLASS_COLORS } from "../../lib/figures/style.ts";
import { pictureOf } from "./picture.ts";
import { boxesOf, textsOf } from "./svg.ts";

const TEXT = { xLabel: "x", yLabel: "y", title: "Title", caption: "Caption", alt: "Alt" };
type Points = Parameters<typeof embeddingMap>[0];
const POINTS: Points = [[0, 0], [10, 5], [2, 8], [4, 1]];
const OPTIONS: EmbeddingMapOptions = { ...TEXT, labels: [3, 3, 3, 7], names: LABELS };

/** What the picture of the images has at a place of the figure: colour and opacity. */
async function pixelsOf(figure: Figure) {
  const { left, top, scale, pixel } = await pictureOf(figure);
  return (x: number, y: number): [color: string, alpha: number] => {
    const [red, green, blue, alpha] = pixel((x - left) / scale, (y - top) / scale);
    const hex = [red, green, blue].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return [`#${hex}`, alpha];
  };
}

Deno.test("embeddingMap() draws points at their places in the colours of their classes", () => {
  const dots = boxesOf(embeddingMap(POINTS, { ...OPTIONS, ...TEXT }))
    .filter(({ element }) => element === "circle");
  assertEquals(dots.map(({ fill }) => fill), [3, 3, 3, 7].map((label) => CLASS_COLORS[label]));
  const [a, b, c, d] = dots;
  assertAlmostEquals((c.left - a.left) / (b.left - a.left), 0.2, 1e-9);
  assertAlmostEquals((c.top - a.top) / (c.top - d.top), 8 / 7, 1e-9);
  assert(c.top < a.top, "y does not go up");
});

Deno.test("embeddingMap() writes a class's name at the median of its points, if it has any", () => {
  const figure = embeddingMap(POINTS, { ...OPTIONS, ...TEXT });
  const names = textsOf(figure).filter(({ content }) => LABELS.includes(content));
  assertEquals(names.map(({ content }) => content), ["Dress", "Sneaker"]);
  const dots = boxesOf(figure).filter(({ element }) => element === "circle");
  const middle = ({ left, right }: { left: number; right: number }) => (left + right) / 2;
  assertAlmostEquals(middle(names[0]), middle(dots[2]), 0.6);
  assertAlmostEquals(middle(names[1]), middle(dots[3]), 0.6);
});

Deno.test("embeddingMap() writes no class's name over another", () => {
  const points = LABELS.map((_, i): [number, number] => [i % 2, 0.01 * (i % 3)]);
  const figure = embeddingMap([...points, [40, 40], [-40, -40]], {
    ...OPTIONS,
    ...TEXT,
    labels: [...LABELS.keys(), 0, 0],
  });
  const boxes = textsOf(figure).filter(({ content }) => LABELS.includes(content));
  assertEquals(boxes.length, LABELS.length);
  for (const [i, a] of boxes.entries()) {
    for (const b of boxes.slice(i + 1)) {
      const apart = a.right <= b.left || b.right <= a.left || a.bottom <= b.top ||
        b.bottom <= a.top;
      assert(apart, `${a.content} and ${b.content}`);
    }
  }
});

Deno.test("embeddingMap() draws images in their classes' colours at the points", async () => {
  const full = new Uint8Array(784).fill(255);
  const figure = embeddingMap(POINTS, { ...OPTIONS, ...TEXT, images: POINTS.map(() => full) });
  const dots = boxesOf(embeddingMap(POINTS, { ...OPTIONS, ...TEXT }))
    .filter(({ element }) => element === "circle");
  const pixel = await pixelsOf(figure);
  for (const { left, right, top, bottom, fill } of dots) {
    assertEquals(pixel((left + right) / 2, (top + bottom) / 2), [fill, 255]);
  }
  assertEquals(pixel(22, 60)[1], 0);
});

Deno.test("embeddingMap() draws an image pixel by pixel, each as opaque as it is dark", async () => {
  const image = Uint8Array.from({ length: 784 }, (_, p) => p % 29 === 0 ? 128 : 0);
  const figure = embeddingMap(POINTS, { ...OPTIONS, ...TEXT, images: POINTS.map(() => image) });
  const { left, top, scale, pixel } = await pictureOf(figure);
  assertEquals(scale, 1);
  for (const dot of boxesOf(figure).filter(({ element }) => element === "circle")) {
    const x = Math.round((dot.left + dot.right) / 2 - left - 14);
    const y = Math.round((dot.top + dot.bottom) / 2 - top - 14);
    const opacities = Array.from(image, (_, p) => pixel(x + p % 28, y + Math.floor(p / 28))[3]);
    assertEquals(opacities, [...image]);
  }
});

Deno.test("embeddingMap() draws points that all lie on one another in the middle", async () => {
  const same: Points = [[2, 3], [2, 3]];
  const options = { ...OPTIONS, ...TEXT, labels: [0, 1] };
  const [first, second] = boxesOf(embeddingMap(same, options))
    .filter(({ element }) => element === "circle");
  assertEquals([first.left, first.top], [second.left, second.top]);
  const full = new Uint8Array(784).fill(255);
  const pixel = await pixelsOf(embeddingMap(same, { ...options, images: [full, full] }));
  assertEquals(pixel((first.left + first.right) / 2, (first.top + first.bottom) / 2), [
    CLASS_COLORS[0],
    255,
  ]);
});

Deno.test("embeddingMap() takes 200,000 points", () => {
  const points = Array.from({ length: 200_000 }, (_, i): [number, number] => [i % 500, i % 401]);
  const labels = new Uint8Array(points.length);
  assert(embeddingMap(points, { ...OPTIONS, ...TEXT, labels }).svg.length > 1e6);
});

Deno.test("embeddingMap() rejects points, labels, names and images that do not fit", () => {
  const image = new Uint8Array(784);
  const bad: [Points, Partial<EmbeddingMapOptions>, string][] = [
    [[], { labels: [] }, "Cannot draw a map: there is no x of point, expected at least 1"],
    [POINTS.with(1, [NaN, 0]), {}, "x of point 1 is NaN"],
    [POINTS.with(2, [0, -Infinity]), {}, "y of point 2 is -Infinity"],
    [POINTS, { labels: [1] }, "there are 1 labels, expected 4"],
    [POINTS, { labels: [0, 1, 2, 10] }, "label 3 is 10, expected 0 to 9"],
    [POINTS, { labels: [0, 1, 2, 0.5] }, "label 3 is 0.5, expected a whole number"],
    [POINTS, { names: [...LABELS, "more"] }, "there are 11 names, expected at most 10"],
    [POINTS, { names: LABELS.slice(0, 5) }, "label 3 is 7, expected 0 to 4"],
    [POINTS, { images: [image] }, "there are 1 images, expected 4"],
    [POINTS, { images: [image, image, image, [1]] }, "there are 1 pixels in image 3, expected 784"],
  ];
  for (const [points, options, message] of bad) {
    assertThrows(
      () => embeddingMap(points, { ...OPTIONS, ...TEXT, ...options }),
      RangeError,
      message,
    );
  }
});
