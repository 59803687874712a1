import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { textWidth, wrap } from "../../lib/figures/font.ts";

Deno.test("textWidth() measures in Arimo, whose widths are Arial's", () => {
  // Arial's advance widths in 2048ths of the size: H 1479, e 1139, l 455, o 1139.
  assertAlmostEquals(textWidth("Hello", { size: 2048 }), 1479 + 1139 + 2 * 455 + 1139, 1);
  // Bold: H 1479, e 1139, l 569, o 1251.
  assertAlmostEquals(
    textWidth("Hello", { size: 2048, bold: true }),
    1479 + 1139 + 2 * 569 + 1251,
    1,
  );
  assertAlmostEquals(textWidth("Hello", { size: 13 }), 4667 * 13 / 2048, 0.2);
});

Deno.test("textWidth() takes text that no font has", () => {
  for (const text of ["", "\0", "\ud800", "👟", "\n"]) assert(textWidth(text, { size: 13 }) >= 0);
});

Deno.test("wrap() fills lines with words as far as they fit", () => {
  const style = { size: 13, width: 100 };
  const text = "The quick brown fox jumps over the lazy dog, and again.";
  const lines = wrap(text, style);
  assertEquals(lines.join(" "), text);
  lines.forEach((line, i) => {
    assert(textWidth(line, style) <= 100);
    const [next] = lines[i + 1]?.split(" ") ?? [];
    assert(next === undefined || textWidth(`${line} ${next}`, style) > 100);
  });
});

Deno.test("wrap() breaks a word that is too long, and no sign of it", () => {
  const style = { size: 13, width: 60 };
  const family = "👨‍👩‍👧";
  const word = `${"long".repeat(10)}${family.repeat(5)}`;
  const lines = wrap(`a ${word} b`, style);
  assertEquals(lines.join("").replaceAll(" ", ""), `a${word}b`);
  assertEquals(lines.join("|").split(family).length, 6);
  assert(lines.length > 3);
  // One sign stands on a line of its own, however wide it is.
  assertEquals(wrap("WW", { size: 100, width: 5 }), ["W", "W"]);
});

Deno.test("wrap() has no lines for no words", () => {
  for (const text of ["", " ", "\n\t"]) assertEquals(wrap(text, { size: 13, width: 60 }), []);
});
