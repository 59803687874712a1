import { assertAlmostEquals, assertEquals } from "@std/assert";
import { precisionAndRecall } from "../../lib/evaluation/mod.ts";

Deno.test("precisionAndRecall() equals scikit-learn, zero where a class is never predicted", () => {
  const scores = precisionAndRecall([[2, 1, 1, 0], [1, 2, 0, 0], [0, 1, 1, 0], [0, 1, 0, 0]]);
  // precision_recall_fscore_support(labels, predictions, zero_division=0) of scikit-learn 1.9.1
  const expected = [
    { precision: 0.6666666666666666, recall: 0.5, f1: 0.5714285714285714, support: 4 },
    { precision: 0.4, recall: 0.6666666666666666, f1: 0.5, support: 3 },
    { precision: 0.5, recall: 0.5, f1: 0.5, support: 2 },
    { precision: 0, recall: 0, f1: 0, support: 1 },
  ];
  assertEquals(scores.length, expected.length);
  scores.forEach((score, label) => {
    assertAlmostEquals(score.precision, expected[label].precision);
    assertAlmostEquals(score.recall, expected[label].recall);
    assertAlmostEquals(score.f1, expected[label].f1);
    assertEquals(score.support, expected[label].support);
  });
});

Deno.test("precisionAndRecall() gives zeros for a class that has no images", () => {
  const [, absent] = precisionAndRecall([[3, 0], [0, 0]]);
  assertEquals(absent, { precision: 0, recall: 0, f1: 0, support: 0 });
});
