import { assert, assertEquals, assertThrows } from "@std/assert";
import { LABELS } from "../../lib/dataset/mod.ts";
import { type GridImage, imageGrid, type ImageGridOptions } from "../../lib/figures/mod.ts";
import { colorScale } from "../../lib/figures/pixels.ts";
import { COLORS } from "../../lib/figures/style.ts";
import { pictureOf } from "./picture.ts";
import { boxesOf, overlap, textsOf } from "./svg.ts";

const TEXT = { title: "Title", caption: "Caption", alt: "Alt" };
const noise = (height: number, width: number, seed: number) =>
  Float32Array.from({ length: height * width }, (_, i) => (37 * i + 101 * seed) % 256);

Deno.test("imageGrid() draws each pixel of each image in its colour, at its place", async () => {
  const [height, width] = [5, 7];
  const images = Array.from({ length: 5 }, (_, i) => ({ pixels: noise(height, width, i) }));
  for (
    const colors of [
      {},
      { colors: "sequential" },
      { colors: "diverging", domain: [-20, 300] },
    ] as const
  ) {
    const figure = imageGrid(images, { ...TEXT, ...colors, height, width, columns: 3, scale: 4 });
    const { scale, pixel } = await pictureOf(figure);
    assertEquals(scale, 4);
    const color = colorScale(colors);
    images.forEach(({ pixels }, i) => {
      // A gap of 4 of the figure's pixels is one of the images'.
      const [left, top] = [(i % 3) * (width + 1), Math.floor(i / 3) * (height + 1)];
      for (let y = 0; y < height; y++) {
        for (let x = 0; x < width; x++) {
          assertEquals(pixel(left + x, top + y), [...color(pixels[y * width + x]), 255]);
        }
      }
    });
    assertEquals(pixel(width, 0), [0, 0, 0, 0], "a gap is not clear");
    assertEquals(pixel(2 * (width + 1), height + 1), [0, 0, 0, 0], "the last place is not clear");
  }
});

Deno.test("imageGrid()'s labels stand below their own images and overlap nothing", () => {
  const images = LABELS.map((name, i): GridImage => ({
    pixels: noise(28, 28, i),
    label: `${name}\nnot ${LABELS[9 - i]}`,
    mark: i % 2 === 0 ? "wrong" : "right",
  }));
  const figure = imageGrid(images, { ...TEXT, columns: 5, scale: 1 });
  const frames = boxesOf(figure).filter(({ element, fill }) =>
    element === "rect" && fill === "none"
  );
  const labels = textsOf(figure).filter(({ content }) =>
    images.some(({ label = "" }) => label.split("\n").includes(content))
  );
  assertEquals([frames.length, labels.length], [10, 20]);
  labels.forEach((label, i) => {
    const frame = frames[Math.floor(i / 2)];
    const middle = (frame.left + frame.right) / 2;
    assert(Math.abs((label.left + label.right) / 2 - middle) < 0.1, label.content);
    assert(label.top > frame.bottom && label.bottom < frame.bottom + 45, label.content);
    assertEquals(label.fill === COLORS.vermilion, images[Math.floor(i / 2)].mark === "wrong");
    for (const other of [...labels.slice(i + 1), ...frames]) assert(!overlap(label, other));
  });
});

Deno.test("imageGrid() names rows and columns beside their images", () => {
  const images = Array.from({ length: 6 }, (_, i) => ({ pixels: noise(28, 28, i) }));
  const figure = imageGrid(images, {
    ...TEXT,
    columns: 3,
    scale: 1,
    outlined: true,
    rowLabels: LABELS.slice(8),
    columnLabels: LABELS.slice(0, 3),
  });
  const frames = boxesOf(figure).filter(({ element, fill }) =>
    element === "rect" && fill === "none"
  );
  LABELS.slice(8).forEach((name, row) => {
    const [label] = textsOf(figure, name);
    const frame = frames[3 * row];
    assert(label.right < frame.left);
    assert(label.top > frame.top && label.bottom < frame.bottom);
    for (const column of textsOf(figure, LABELS[0])) assert(!overlap(label, column));
  });
  LABELS.slice(0, 3).forEach((name, column) => {
    const [label] = textsOf(figure, name);
    const { left, right, top } = frames[column];
    assert(Math.abs((label.left + label.right - left - right) / 2) < 0.1 && label.bottom < top);
  });
});

Deno.test("imageGrid() has room for a label that is wider than its image", () => {
  const label = "a long label ".repeat(12).trim();
  const figure = imageGrid([{ pixels: noise(28, 28, 0), label }], {
    ...TEXT,
    columns: 1,
    rowLabels: ["row"],
  });
  const [wide] = textsOf(figure, label);
  const [row] = textsOf(figure, "row");
  assert(wide.right - wide.left > 760);
  assert(wide.left > row.right && wide.right < figure.width - 19);
});

Deno.test("imageGrid() centres fewer images than a row can hold", () => {
  const figure = imageGrid([{ pixels: noise(28, 28, 0) }], { ...TEXT, columns: 10 });
  const [picture] = boxesOf(figure).filter(({ element }) => element === "image");
  assertEquals([picture.left + picture.right, picture.right - picture.left], [760, 56]);
});

Deno.test("imageGrid() rejects sizes, images and labels that do not fit", () => {
  const one = { pixels: noise(28, 28, 0) };
  const bad: [GridImage[], Partial<ImageGridOptions>, string][] = [
    [
      [],
      {},
      "Cannot draw images: the number of images is 0, expected a whole number of at least 1",
    ],
    [[one], { columns: 0 }, "columns is 0"],
    [[one], { columns: 1.5 }, "columns is 1.5"],
    [[one], { columns: NaN }, "columns is NaN"],
    [[one], { height: 0 }, "height is 0"],
    [[one], { width: -28 }, "width is -28"],
    [[one], { scale: 0 }, "scale 0 is 0, expected a finite number above 0"],
    [[one], { scale: Infinity }, "scale 0 is Infinity"],
    [[one], { height: 27 }, "there are 784 pixels in image 0, expected 756"],
    [[one, { pixels: [] }], {}, "there are 0 pixels in image 1, expected 784"],
    [[{ pixels: one.pixels.with(9, NaN) }], {}, "Cannot colour pixels: a value is NaN"],
    [[one], { domain: [0, NaN] }, "end of the domain 1 is NaN"],
    [[one], { rowLabels: ["a", "b"] }, "labels for 2 rows and 0 columns, expected at most 1 and 1"],
    [[one], { columns: 1, columnLabels: ["a", "b"] }, "labels for 0 rows and 2 columns"],
  ];
  for (const [images, options, message] of bad) {
    assertThrows(() => imageGrid(images, { ...TEXT, columns: 2, ...options }), RangeError, message);
  }
});
