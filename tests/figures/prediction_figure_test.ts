import { assertEquals, assertThrows } from "@std/assert";
import { LABELS } from "../../lib/dataset/mod.ts";
import { type Prediction, predictionFigure } from "../../lib/figures/mod.ts";
import { COLORS } from "../../lib/figures/style.ts";
import { RAMP } from "./examples.ts";
import { boxesOf, textsOf } from "./svg.ts";

const TEXT = { title: "Title", caption: "Caption", alt: "Alt", names: LABELS };
const PROBABILITIES = [0.05, 0.7, 0.25, 0, 0, 0, 0, 0, 0, 0];

Deno.test("predictionFigure() shows the image and every probability, the greatest highlighted", () => {
  const figure = predictionFigure({ image: RAMP, probabilities: PROBABILITIES }, TEXT);
  assertEquals(boxesOf(figure).filter(({ element }) => element === "image").length, 1);
  const percents = textsOf(figure, /%$/).map(({ content }) => content);
  assertEquals(percents.filter((text) => text !== "probability, %"), [
    "5.0 %",
    "70.0 %",
    "25.0 %",
    ...new Array<string>(7).fill("0.0 %"),
  ]);
  const bars = boxesOf(figure).filter(({ element }) => element === "rect").slice(1);
  assertEquals(bars.map(({ fill }) => fill === COLORS.vermilion), LABELS.map((_, i) => i === 1));
});

Deno.test("predictionFigure() rejects an image, probabilities and names that do not fit", () => {
  const bad: [Partial<Prediction>, readonly string[], string][] = [
    [{ image: RAMP.subarray(1) }, LABELS, "there are 783 pixels in image 0, expected 784"],
    [{ probabilities: [] }, [], "Cannot draw a prediction: there is no probability"],
    [{ probabilities: [1] }, LABELS, "there are 10 names of classes, expected 1"],
    [{ probabilities: PROBABILITIES.with(4, NaN) }, LABELS, "probability 4 is NaN"],
    [{ probabilities: PROBABILITIES.with(4, -0.1) }, LABELS, "probability 4 is -0.1"],
    [{ probabilities: PROBABILITIES.with(4, 70) }, LABELS, "probability 4 is 70, expected 0 to 1"],
    [{}, LABELS.with(1, "Bag"), 'label "Bag" stands twice'],
  ];
  for (const [prediction, names, message] of bad) {
    assertThrows(
      () =>
        predictionFigure({ image: RAMP, probabilities: PROBABILITIES, ...prediction }, {
          ...TEXT,
          names,
        }),
      RangeError,
      message,
    );
  }
});
