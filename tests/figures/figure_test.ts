import { loadImage } from "@napi-rs/canvas";
import { assert, assertEquals, assertThrows } from "@std/assert";
import { decodeBase64 } from "@std/encoding";
import * as tf from "@tensorflow/tfjs";
import { barChart, DISPLAY, Figure, METADATA } from "../../lib/figures/mod.ts";
import { rasterise } from "../../lib/figures/rasterise.ts";
import { examples, HARD } from "./examples.ts";
import { contrast } from "./color.ts";
import { attributeOf, type Box, boxesOf, elementsOf, parse, textsOf } from "./svg.ts";

const DRAWING = { svg: '<rect width="10" height="10"/>', width: 10, height: 10 };
const TEXT = { title: "Title", caption: "Caption", alt: "Alt" };
const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

Deno.test("rasterise() rejects an SVG that is no XML, so that it can serve as a judge", () => {
  const svg = (inner: string) => `<svg xmlns="http://www.w3.org/2000/svg">${inner}</svg>`;
  rasterise(svg('<text x="1">a</text>'));
  for (const inner of ["<text>", "<text>a & b</text>", '<text x="<">a</text>', "<b>\u0001</b>"]) {
    assertThrows(() => rasterise(svg(inner)), Error, "SVG data parsing failed");
  }
});

await tf.setBackend("cpu");

for (const [name, figure] of Object.entries(examples())) {
  Deno.test(`${name}: an SVG document with size, title and description, whatever the text`, () => {
    rasterise(figure.svg);
    const root = parse(figure);
    assertEquals(root.localName, "svg");
    assertEquals(attributeOf(root, "xmlns"), "http://www.w3.org/2000/svg");
    assertEquals(attributeOf(root, "width"), String(figure.width));
    assertEquals(attributeOf(root, "height"), String(figure.height));
    assertEquals(attributeOf(root, "aria-label"), figure.alt);
    assertEquals(root.querySelector("title")?.textContent, HARD);
    assertEquals(root.querySelector("desc")?.textContent, figure.alt);
    assert(textsOf(figure, HARD).length > 0, "the text cannot be read");
  });

  Deno.test(`${name}: every attribute has a value and nothing is beyond the frame`, () => {
    for (const element of elementsOf(parse(figure))) {
      for (const { name, value } of element.attributes) {
        if (name === "xlink:href") continue;
        assert(
          !/NaN|undefined|Infinity|null/.test(value),
          `${element.localName} ${name}: ${value}`,
        );
      }
    }
    const boxes = boxesOf(figure);
    assert(boxes.length > 3);
    for (const box of boxes) {
      const inside = box.left >= -0.5 && box.top >= -0.5 && box.right <= figure.width + 0.5 &&
        box.bottom <= figure.height + 0.5;
      assert(inside, `${figure.width} x ${figure.height}, but ${JSON.stringify(box)}`);
    }
  });

  Deno.test(`${name}: every text has a contrast of at least 4.5 with what is behind it`, () => {
    const boxes = boxesOf(figure);
    boxes.forEach((text, i) => {
      if (text.element !== "text" || text.content.trim() === "") return;
      const behind = boxes.slice(0, i).findLast((box) =>
        box.element === "rect" && box.fill !== "none" && covers(box, text)
      );
      const ratio = contrast(text.fill, behind?.fill ?? "none");
      assert(ratio >= 4.5, `${text.content}: ${text.fill} on ${behind?.fill} has ${ratio}`);
    });
  });

  Deno.test(`${name}: a bundle of SVG, PNG of twice the size, and text, with metadata`, async () => {
    const bundle = figure[DISPLAY]();
    assertEquals(Object.keys(bundle), ["image/svg+xml", "image/png", "text/plain"]);
    assertEquals(bundle["image/svg+xml"], figure.svg);
    assertEquals(bundle["text/plain"], figure.alt);
    const png = decodeBase64(bundle["image/png"]);
    assertEquals([...png.slice(0, 8)], SIGNATURE);
    const image = await loadImage(png);
    assertEquals([image.width, image.height], [2 * figure.width, 2 * figure.height]);
    const { width, height, alt } = figure;
    assertEquals(figure[METADATA], {
      "image/png": { width, height, alt },
      "image/svg+xml": { alt },
    });
  });
}

/** Whether a box is behind the middle of another. */
function covers(box: Box, { left, right, top, bottom }: Box): boolean {
  const [x, y] = [(left + right) / 2, (top + bottom) / 2];
  return box.left <= x && x <= box.right && box.top <= y && y <= box.bottom;
}

Deno.test("Figure replaces what XML has no way to write", () => {
  const bad = "a\u0000b\u0008c\u001fd\ud800e\uffff";
  const figure = new Figure(DRAWING, { title: bad, caption: bad, alt: bad });
  rasterise(figure.svg);
  const title = parse(figure).querySelector("title")?.textContent;
  assertEquals(title, "a\ufffdb\ufffdc\ufffdd\ufffde\ufffd");
  rasterise(barChart([{ label: bad, value: 1 }], { ...TEXT, valueLabel: bad }).svg);
});

Deno.test("Figure breaks title and caption where they are too long, also within a word", () => {
  const word = "w".repeat(300);
  const figure = new Figure(DRAWING, {
    ...TEXT,
    title: `${"many words ".repeat(30)}${word}`,
    caption: word,
  });
  const lines = textsOf(figure);
  assert(lines.length > 6);
  assertEquals(lines.map(({ content }) => content).join("").split(word).length, 3);
  for (const { right, bottom } of lines) {
    assert(right <= figure.width - 20 + 0.5 && bottom <= figure.height);
  }
  for (const [i, line] of lines.slice(1).entries()) assert(line.top >= lines[i].bottom);
});

Deno.test("Figure grows with a wide drawing, to whole pixels, and centres a narrow one", () => {
  const wide = new Figure({ ...DRAWING, width: 900.4 }, TEXT);
  assertEquals(wide.width, 941);
  const [, square] = boxesOf(new Figure(DRAWING, TEXT)).filter(({ element }) => element === "rect");
  assertEquals((square.left + square.right) / 2, 380);
});

Deno.test("Figure leaves no room for a caption that is not there", () => {
  const [with_, without] = ["Caption", ""].map((caption) =>
    new Figure(DRAWING, { ...TEXT, caption })
  );
  assert(without.height < with_.height);
});

Deno.test("Figure rejects a drawing without a size", () => {
  for (const size of [{ width: 0 }, { height: NaN }, { width: -Infinity }, { height: 0 }]) {
    assertThrows(
      () => new Figure({ ...DRAWING, ...size }, TEXT),
      RangeError,
      "Cannot make a figure: the drawing has",
    );
  }
  assertThrows(() => new Figure({ ...DRAWING, width: Infinity }, TEXT), RangeError);
});
