import { assertDistinct, assertWhole, extent } from "./checks.ts";
import { beside } from "./drawing.ts";
import { Figure, type FigureText } from "./figure.ts";
import { hundredths } from "./numbers.ts";
import { type Calibration, reliabilityPanel } from "./reliability_panel.ts";
import { STYLE } from "./style.ts";

const ACTION = "draw a reliability diagram";
const GAP = 24;
const HALF = (STYLE.width - 2 * STYLE.padding - GAP) / 2;

/**
 * How often a classifier is right against how sure it is, with the number of images beneath: one
 * classifier, or two side by side, such as before and after a temperature. The alternative text is
 * made of the numbers.
 *
 * Source: Guo et al., "On Calibration of Modern Neural Networks", 2017, figures 1 and 4.
 *
 * @throws {RangeError} If there are not one or two, both have one name, one has no bins, a count is
 *   not a whole number of at least 1, or another number is not in 0..1.
 */
export function reliabilityDiagram(
  classifiers: readonly Calibration[],
  { title, caption }: Omit<FigureText, "alt">,
): Figure {
  if (classifiers.length < 1 || classifiers.length > 2) {
    throw new RangeError(
      `Cannot ${ACTION}: there are ${classifiers.length} classifiers, expected 1 or 2`,
    );
  }
  assertDistinct(classifiers.map(({ name }) => name), { action: ACTION, name: "classifier" });
  classifiers.forEach(assertCalibration);
  const most = Math.max(...classifiers.flatMap(({ bins }) => bins.map(({ count }) => count)));
  const width = classifiers.length === 1 ? 1.2 * HALF : HALF;
  const panels = classifiers.map((one) => reliabilityPanel(one, { width, most }));
  return new Figure(beside(panels, { gap: GAP }), {
    title,
    caption: [
      "Each dot is a bin of images, with the 95 % interval of its accuracy. On the dashed line a " +
      "classifier is right as often as it says; a bar is the gap: vermilion where it is right " +
      "less often, blue where more often. Numbers of images on a logarithmic axis.",
      caption,
    ].join(" "),
    alt: `Reliability diagram, accuracy against confidence. ${classifiers.map(inWords).join(" ")}`,
  });
}

function inWords(
  { name, bins, confidence, accuracy, expectedCalibrationError }: Calibration,
): string {
  const below = bins.filter((bin) => bin.accuracy < bin.confidence).length;
  return `${name}: expected calibration error ${hundredths(expectedCalibrationError)}, mean ` +
    `confidence ${hundredths(confidence)}, accuracy ${hundredths(accuracy)}; right less often ` +
    `than it says in ${below} of ${bins.length} bins.`;
}

function assertCalibration(
  { name, bins, confidence, accuracy, expectedCalibrationError }: Calibration,
): void {
  const share = { action: ACTION, least: 0, most: 1 };
  extent([confidence], { ...share, name: `mean confidence of "${name}",` });
  extent([accuracy], { ...share, name: `accuracy of "${name}",` });
  extent([expectedCalibrationError], { ...share, name: `calibration error of "${name}",` });
  assertWhole(bins.length, { action: ACTION, name: `the number of "${name}"'s bins` });
  bins.forEach(({ low, high, count, confidence, accuracy, interval }, i) => {
    const numbers = [low, high, confidence, accuracy, ...interval];
    extent(numbers, { ...share, name: `bin ${i} of "${name}", number` });
    assertWhole(count, { action: ACTION, name: `the count of bin ${i} of "${name}"` });
  });
}
