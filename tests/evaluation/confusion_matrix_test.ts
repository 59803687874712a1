import { assertEquals, assertThrows } from "@std/assert";
import { confusionMatrix } from "../../lib/evaluation/mod.ts";

Deno.test("confusionMatrix() has labels as rows and predictions as columns", () => {
  const labels = Uint8Array.of(0, 0, 0, 0, 1, 1, 1, 2, 2, 3);
  const predictions = Uint8Array.of(0, 0, 1, 2, 1, 1, 0, 2, 1, 1);
  // sklearn.metrics.confusion_matrix(labels, predictions) of scikit-learn 1.9.1
  assertEquals(confusionMatrix(predictions, labels, { classes: 4 }), [
    [2, 1, 1, 0],
    [1, 2, 0, 0],
    [0, 1, 1, 0],
    [0, 1, 0, 0],
  ]);
});

Deno.test("confusionMatrix() rejects a class out of range, predicted or true", () => {
  const zero = Uint8Array.of(0, 0);
  const ten = Uint8Array.of(0, 10);
  for (const [predictions, labels] of [[zero, ten], [ten, zero]]) {
    assertThrows(
      () => confusionMatrix(predictions, labels),
      RangeError,
      "image 1 has class 10, expected 0 to 9",
    );
  }
});

Deno.test("confusionMatrix() rejects different lengths", () => {
  assertThrows(
    () => confusionMatrix(new Uint8Array(3), new Uint8Array(2)),
    RangeError,
    "3 predictions, expected 2",
  );
});
