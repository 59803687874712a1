import { assertAlmostEquals, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { type Calibration, reliabilityDiagram } from "../../lib/figures/mod.ts";
import { COLORS } from "../../lib/figures/style.ts";
import { CALIBRATION } from "./examples.ts";
import { boxesOf, textsOf } from "./svg.ts";

const ONE: Calibration = { ...CALIBRATION, name: "network" };
const TEXT = { title: "Title", caption: "Caption" };
const draw = (...classifiers: Calibration[]) => reliabilityDiagram(classifiers, TEXT);
const rectangles = (fill: string, ...classifiers: Calibration[]) =>
  boxesOf(draw(...classifiers)).filter((box) => box.element === "rect" && box.fill === fill);

Deno.test("reliabilityDiagram() draws each gap from confidence to accuracy, by its sign", () => {
  const [below, ...others] = rectangles(COLORS.vermilion, ONE);
  const [above, ...more] = rectangles(COLORS.blue, ONE);
  assertEquals([others.length, more.length], [0, 0]);
  const height = ({ top, bottom }: { top: number; bottom: number }) => bottom - top;
  // 0.7 to 0.5 and 0.94 to 0.98; each is drawn half a pixel smaller on each side.
  assertAlmostEquals((height(below) + 1) / (height(above) + 1), 5, 0.01);
  assertEquals(above.bottom < below.bottom, true);
});

Deno.test("reliabilityDiagram() gives two classifiers the same axis of images", () => {
  const few = { ...CALIBRATION.bins[0], count: 2 };
  const [bars, alone] = [[ONE, { ...ONE, name: "other", bins: [few] }], [ONE]].map((classifiers) =>
    textsOf(draw(...classifiers), /^1(0,?)+0?$/).map(({ content }) => content)
  );
  assertEquals(bars, [...alone, ...alone]);
});

Deno.test("reliabilityDiagram() tells the numbers in words", () => {
  assertStringIncludes(
    draw(ONE).alt,
    "network: expected calibration error 4.00 %, mean confidence 94.00 %, accuracy 98.00 %; " +
      "right less often than it says in 1 of 2 bins.",
  );
});

Deno.test("reliabilityDiagram() rejects what is no calibration", () => {
  const [bin] = ONE.bins;
  const bad: [Calibration[], string][] = [
    [[], "there are 0 classifiers, expected 1 or 2"],
    [["a", "b", "c"].map((name) => ({ ...ONE, name })), "there are 3 classifiers"],
    [[ONE, ONE], "network"],
    [[{ ...ONE, accuracy: 1.1 }], 'accuracy of "network"'],
    [[{ ...ONE, expectedCalibrationError: NaN }], 'calibration error of "network"'],
    [[{ ...ONE, bins: [] }], `the number of "network"'s bins is 0`],
    [[{ ...ONE, bins: [{ ...bin, count: 0 }] }], 'the count of bin 0 of "network" is 0'],
    [[{ ...ONE, bins: [{ ...bin, interval: [-1, 1] }] }], 'bin 0 of "network"'],
  ];
  for (const [classifiers, message] of bad) {
    assertThrows(() => draw(...classifiers), RangeError, message);
  }
});
