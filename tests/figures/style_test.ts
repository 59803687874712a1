import { assert, assertAlmostEquals } from "@std/assert";
import { colorScale } from "../../lib/figures/pixels.ts";
import { CLASS_COLORS, COLORS, STYLE } from "../../lib/figures/style.ts";
import { contrast, distance, VISIONS } from "./color.ts";

Deno.test("contrast() and distance() agree with known values", () => {
  assertAlmostEquals(contrast("#000000", "#ffffff"), 21, 1e-12);
  // WebAIM's contrast checker.
  assertAlmostEquals(contrast("#777777", "#ffffff"), 4.48, 0.005);
  // Lindbloom's calculator (D65): red is L*a*b* 53.24, 80.09, 67.20, and white 100, 0, 0.
  assertAlmostEquals(distance("#ff0000", "#ffffff"), Math.hypot(46.76, 80.09, 67.2), 0.02);
  // Without red cones a saturated red and a dark olive look nearly the same.
  assert(distance("#cc6677", "#777777") > 30);
  assert(distance("#cc6677", "#777777", VISIONS.protanopia) < 2);
});

Deno.test("COLORS but sky, ink and muted text have a contrast of at least 4.5 on the paper", () => {
  const { sky: _, ...colors } = COLORS;
  const texts = { ...colors, ink: STYLE.ink, muted: STYLE.muted };
  for (const [name, color] of Object.entries(texts)) {
    const ratio = contrast(color, STYLE.paper);
    assert(ratio >= 4.5, `${name} has ${ratio.toFixed(2)}`);
  }
});

// 2.3 is the difference that one can just notice (Mahy et al. 1994), side by side.
for (const [vision, matrix] of Object.entries(VISIONS)) {
  Deno.test(`COLORS are at least 18 apart in CIELAB, ${vision}`, () => {
    assertApart(Object.values(COLORS), 18, matrix);
  });

  // Ten cannot be as far apart; figures name the classes besides.
  Deno.test(`CLASS_COLORS are at least 15 apart in CIELAB, ${vision}`, () => {
    assertApart(CLASS_COLORS, 15, matrix);
  });
}

Deno.test("the diverging colours of both signs are told apart with every kind of vision", () => {
  const scale = colorScale({ colors: "diverging", domain: [-1, 1] });
  const hex = (value: number) =>
    `#${scale(value).map((part) => part.toString(16).padStart(2, "0")).join("")}`;
  for (const matrix of Object.values(VISIONS)) {
    for (const value of [0.25, 0.5, 0.75]) {
      assert(distance(hex(value), hex(-value), matrix) > 15, `${value}`);
    }
  }
});

function assertApart(colors: readonly string[], least: number, matrix: typeof VISIONS.normal) {
  colors.forEach((a, i) =>
    colors.slice(i + 1).forEach((b) => {
      const apart = distance(a, b, matrix);
      assert(apart >= least, `${a} and ${b} are ${apart.toFixed(1)} apart`);
    })
  );
}
