import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { argmaxRows, sparseCategoricalCrossentropy } from "../../lib/evaluation/mod.ts";

Deno.test("argmaxRows() takes the first class of equal logits", () => {
  const logits = Float32Array.of(1, 3, 3, /**/ -2, -2, -2, /**/ -5, -4, -1);
  assertEquals(argmaxRows(logits, { classes: 3 }), Uint8Array.of(1, 0, 2));
});

Deno.test("argmaxRows() rejects NaN in any place and lengths that do not fit", () => {
  for (const i of [0, 1, 2]) {
    const logits = Float32Array.of(1, 2, 3);
    logits[i] = NaN;
    assertThrows(() => argmaxRows(logits, { classes: 3 }), RangeError, `class ${i} is NaN`);
  }
  assertThrows(
    () => argmaxRows(new Float32Array(11)),
    RangeError,
    "11 logits, expected a multiple",
  );
  assertThrows(() => argmaxRows(new Float32Array(1), { classes: 0 }), RangeError, "classes is 0");
});

Deno.test("sparseCategoricalCrossentropy() equals SciPy's logsumexp, for huge logits too", () => {
  const logits = Float32Array.of(1, 2, 3, /**/ -100, 50, 1000, /**/ 0.5, -0.25, 0.125);
  const loss = sparseCategoricalCrossentropy(logits, Uint8Array.of(0, 1, 2), { classes: 3 });
  // mean of scipy.special.logsumexp(row) - row[label] of SciPy 1.17.1
  assertAlmostEquals(loss, 317.85085161206376, 1e-9);
});

Deno.test("sparseCategoricalCrossentropy() rejects what would give NaN", () => {
  const labels = Uint8Array.of(1);
  for (const logit of [NaN, Infinity, -Infinity]) {
    assertThrows(
      () => sparseCategoricalCrossentropy(Float32Array.of(0, logit), labels, { classes: 2 }),
      RangeError,
      `logits of image 0 are 0, ${logit}, expected finite numbers`,
    );
  }
  assertThrows(
    () => sparseCategoricalCrossentropy(new Float32Array(0), new Uint8Array(0)),
    RangeError,
    "0 rows of logits for 0 labels",
  );
  assertThrows(
    () => sparseCategoricalCrossentropy(new Float32Array(20), labels),
    RangeError,
    "2 rows of logits for 1 labels",
  );
  assertThrows(
    () => sparseCategoricalCrossentropy(new Float32Array(10), Uint8Array.of(10)),
    RangeError,
    "label 0 is 10, expected 0 to 9",
  );
});
