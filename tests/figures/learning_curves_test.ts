import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { type CurveEpoch, learningCurves } from "../../lib/figures/mod.ts";
import { boxesOf, overlap, textsOf } from "./svg.ts";

const FIRST: CurveEpoch = { epoch: 1, loss: 0.5, accuracy: 0.8 };
const VALIDATED: CurveEpoch = { ...FIRST, validation: { loss: 0.5, accuracy: 0.8 } };
const PROGRESS = { epoch: 2, epochs: 10, step: 1, steps: 4, loss: 0.4, accuracy: 0.85 };

const circles = (...args: Parameters<typeof learningCurves>) =>
  boxesOf(learningCurves(...args)).filter(({ element }) => element === "circle");
const caption = (...args: Parameters<typeof learningCurves>) =>
  textsOf(learningCurves(...args)).slice(1).map(({ content }) => content).join(" ");

Deno.test("learningCurves() draws empty axes before the first epoch", () => {
  const figure = learningCurves([], { epochs: 5 });
  assertEquals(circles([], { epochs: 5 }), []);
  assertEquals(figure.alt.endsWith("No epoch is complete yet."), true);
  for (const tick of ["0 %", "100 %", "1.0", "5"]) {
    assert(textsOf(figure, tick).length > 0, `${tick} is missing`);
  }
});

Deno.test("learningCurves() has a point an epoch in each chart, and one for progress", () => {
  assertEquals(circles([FIRST]).length, 2);
  assertEquals(circles([VALIDATED]).length, 4);
  assertEquals(circles([], { progress: { ...PROGRESS, epoch: 1 } }).length, 2);
  assertEquals(circles([FIRST], { progress: PROGRESS }).length, 4);
  assertEquals(circles([VALIDATED], { progress: PROGRESS }).length, 6);
});

Deno.test("learningCurves() places progress within its epoch", () => {
  const [epoch, running] = circles([FIRST], { progress: PROGRESS });
  const axis = textsOf(learningCurves([FIRST], { progress: PROGRESS }), /^(0|10)$/);
  const middle = ({ left, right }: { left: number; right: number }) => (left + right) / 2;
  const unit = (middle(axis[1]) - middle(axis[0])) / 10;
  assert(Math.abs(middle(running) - middle(epoch) - unit / 4) < 0.1);
});

Deno.test("learningCurves() tells the numbers in words", () => {
  assertStringIncludes(
    caption([VALIDATED], { epochs: 10 }),
    "After epoch 1 of 10: training loss 0.500, accuracy 80.00 %; validation loss 0.500, " +
      "accuracy 80.00 %.",
  );
  assertStringIncludes(
    caption([FIRST]),
    "After epoch 1 of 1: training loss 0.500, accuracy 80.00 %.",
  );
  assertStringIncludes(
    caption([FIRST], { progress: PROGRESS }),
    "Epoch 2: step 1 of 4, loss 0.400, accuracy 85.00 %.",
  );
});

Deno.test("learningCurves() names both lines once and apart, also where they end alike", () => {
  const named = textsOf(learningCurves([VALIDATED]), /^(training|validation)$/);
  assertEquals(named.length, 4);
  for (const i of [0, 1, 2, 3]) {
    for (const j of [0, 1, 2, 3].slice(i + 1)) assert(!overlap(named[i], named[j]));
  }
  assertEquals(textsOf(learningCurves([FIRST]), /^(training|validation)$/), []);
});

Deno.test("learningCurves() shows a run that is longer than it was to be", () => {
  const figure = learningCurves([1, 2, 3].map((epoch) => ({ ...FIRST, epoch })), { epochs: 2 });
  assertStringIncludes(figure.alt, "After epoch 3 of 3");
});

Deno.test("learningCurves() has a scale for every accuracy, and none beyond 100 %", () => {
  for (const accuracy of [0, 0.9999, 1]) {
    const ticks = textsOf(learningCurves([{ ...FIRST, accuracy }]), /^[\d.]+ %$/)
      .map(({ content }) => content);
    assert(ticks.length >= 2);
    assertEquals(new Set(ticks).size, ticks.length, ticks.join());
    for (const tick of ticks) assert(parseFloat(tick) <= 100);
  }
});

Deno.test("learningCurves() rejects figures that are none", () => {
  const bad: [Parameters<typeof learningCurves>, string][] = [
    [[[{ ...FIRST, loss: NaN }]], "Cannot draw learning curves: loss 0 is NaN"],
    [[[{ ...FIRST, loss: -1 }]], "loss 0 is -1, expected a finite number of at least 0"],
    [[[{ ...FIRST, accuracy: 80 }]], "accuracy 0 is 80, expected 0 to 1"],
    [[[{ ...FIRST, validation: { loss: Infinity, accuracy: 0 } }]], "loss 1 is Infinity"],
    [[[{ ...FIRST, epoch: NaN }]], "end of the x axis, 1 is NaN"],
    [[[FIRST], { progress: { ...PROGRESS, step: 0, steps: 0 } }], "x 1 is NaN"],
    [[[FIRST], { progress: { ...PROGRESS, epoch: 12 } }], "x 1 is 11.25, expected 0 to 10"],
  ];
  for (const [args, message] of bad) {
    assertThrows(() => learningCurves(...args), RangeError, message);
  }
});
