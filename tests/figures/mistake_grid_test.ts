import { assertEquals, assertThrows } from "@std/assert";
import { mistakeGrid } from "../../lib/figures/mod.ts";
import { RAMP } from "./examples.ts";
import { textsOf } from "./svg.ts";

const TEXT = { labels: ["Bag", "Coat", "Dress"], title: "Title", alt: "Alt" };

Deno.test("mistakeGrid() takes each image by its index and tells label, answer and probability", () => {
  const asked: number[] = [];
  const image = (index: number) => {
    asked.push(index);
    return RAMP;
  };
  const figure = mistakeGrid(
    [
      { index: 7, label: 2, prediction: 0, probability: 0.9 },
      { index: 3, label: 1, prediction: 2, probability: 0.87654 },
    ],
    { image },
    TEXT,
  );
  assertEquals(asked, [7, 3]);
  const texts = textsOf(figure).map(({ content }) => content);
  assertEquals(texts.slice(1, -1), ["Dress", "→ Bag", "90.00 %", "Coat", "→ Dress", "87.65 %"]);
  assertEquals(figure.alt, "Alt");
});

Deno.test("mistakeGrid() refuses to show nothing", () => {
  assertThrows(() => mistakeGrid([], { image: () => RAMP }, TEXT), RangeError);
});
