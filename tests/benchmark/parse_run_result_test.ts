import { assertEquals, assertThrows } from "@std/assert";
import {
  accuracyOf,
  KNN_RECIPES,
  parseRunResult,
  stringifyRunResult,
} from "../../lib/benchmark/mod.ts";
import type { Recipe } from "../../lib/training/mod.ts";
import { KNN_RESULT, LABELS, METRIC_RESULT, networkResult } from "./fixtures.ts";

const NETWORK_JSON = stringifyRunResult(networkResult(0, 955));
const KNN_JSON = stringifyRunResult(KNN_RESULT);
const METRIC_JSON = stringifyRunResult(METRIC_RESULT);

const parse = (text: string) => parseRunResult(text, "run.json");

/** The JSON with the value at a path of fields replaced; without a value, removed. */
function altered(json: string, path: (string | number)[], ...value: unknown[]): string {
  const alter = (node: unknown, [field, ...rest]: (string | number)[]): unknown => {
    if (field === undefined) return value[0];
    if (Array.isArray(node)) {
      return node.map((child, i) => i === field ? alter(child, rest) : child);
    }
    const fields = new Map(typeof node === "object" && node !== null ? Object.entries(node) : []);
    if (rest.length === 0 && value.length === 0) fields.delete(String(field));
    else fields.set(String(field), alter(fields.get(String(field)), rest));
    return Object.fromEntries(fields);
  };
  return JSON.stringify(alter(JSON.parse(json), path));
}

Deno.test("parseRunResult() reads back what stringifyRunResult() wrote", () => {
  assertEquals(parse(NETWORK_JSON), networkResult(0, 955));
  assertEquals(parse(KNN_JSON), KNN_RESULT);
  assertEquals(parse(METRIC_JSON), METRIC_RESULT);
  for (const recipe of [KNN_RECIPES["knn-shifts"], KNN_RECIPES["knn-tuned"]]) {
    const result = { ...KNN_RESULT, recipe };
    assertEquals(parse(stringifyRunResult(result)), result);
  }
});

Deno.test("parseRunResult() reads a recipe with all that it can have", () => {
  const result = networkResult(0, 955);
  const recipe: Recipe = {
    ...result.recipe,
    optimizer: "adamW",
    augmentation: "flip and crop",
    schedule: { name: "oneCycle", warmup: 0.2 },
    weightDecay: 0.05,
    dropout: 0.5,
    views: "mirrored",
    labelSmoothing: 0.1,
    averageDecay: 0.995,
    precision: "bfloat16",
  };
  assertEquals(parse(stringifyRunResult({ ...result, recipe })), { ...result, recipe });
});

Deno.test("parseRunResult() reads a history without validation", () => {
  const { recipe, history, ...rest } = networkResult(0, 955);
  const plain = {
    ...rest,
    recipe: { ...recipe, validation: 0, keep: "last" as const },
    history: history.map(({ epoch, loss, accuracy, seconds }) => ({
      epoch,
      loss,
      accuracy,
      seconds,
    })),
  };
  assertEquals(parse(stringifyRunResult(plain)), plain);
});

Deno.test("parseRunResult() rejects text that is no JSON object", () => {
  assertThrows(() => parse(NETWORK_JSON.slice(0, -3)), SyntaxError, "run.json: it is not JSON");
  for (const text of ["[]", "null", "5"]) {
    assertThrows(
      () => parse(text),
      TypeError,
      `run.json: the whole is ${text}, expected an object`,
    );
  }
});

Deno.test("parseRunResult() misses every field that is not there, by its name", () => {
  for (const json of [NETWORK_JSON, KNN_JSON]) {
    for (const [name, value] of Object.entries(JSON.parse(json))) {
      assertThrows(() => parse(altered(json, [name])), TypeError, `run.json: ${name} is missing`);
      const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
      if (!isObject || name === "versions") continue;
      for (const inner of Object.keys(value)) {
        assertThrows(
          () => parse(altered(json, [name, inner])),
          TypeError,
          `run.json: ${name}.${inner} is missing`,
        );
      }
    }
  }
  assertThrows(
    () => parse(altered(NETWORK_JSON, ["history", 1, "validation", "loss"])),
    TypeError,
    "history[1].validation.loss is missing",
  );
});

Deno.test("parseRunResult() rejects a value of another type in every field", () => {
  for (const json of [NETWORK_JSON, KNN_JSON]) {
    for (const [name, value] of Object.entries(JSON.parse(json))) {
      assertThrows(() => parse(altered(json, [name], true)), Error, `${name} is true, expected`);
      if (typeof value !== "object" || value === null) continue;
      for (const inner of Object.keys(value)) {
        if (Array.isArray(value)) continue;
        assertThrows(
          () => parse(altered(json, [name, inner], true)),
          Error,
          `${name}.${inner} is true, expected`,
        );
      }
    }
  }
});

Deno.test("parseRunResult() rejects unknown fields at every depth", () => {
  for (const path of [["extra"], ["recipe", "extra"], ["history", 0, "extra"], ["test", "extra"]]) {
    assertThrows(
      () => parse(altered(NETWORK_JSON, path, 1)),
      TypeError,
      "extra is an unknown field",
    );
  }
  const unasked = altered(altered(NETWORK_JSON, ["recipe", "keep"], "last"), [
    "recipe",
    "validation",
  ], 0);
  assertThrows(() => parse(unasked), TypeError, "history[0].validation is an unknown field");
});

const OUT_OF_RANGE: [path: (string | number)[], value: unknown, expected: string][] = [
  [["model"], "alexnet", 'model is "alexnet", expected one of knn, knn-tuned, '],
  [["commit"], "0123", 'commit is "0123", expected a string that matches'],
  [["date"], "yesterday", 'date is "yesterday", expected a string that matches'],
  [["date"], "2026-13-01T12:00:00Z", "expected a date and time"],
  [["backend"], "", 'backend is "", expected'],
  [["versions"], { deno: "2.9.6" }, "expected those of deno and tfjs at least"],
  [["machine", "cores"], 0, "machine.cores is 0, expected a number from 1"],
  [["machine", "cores"], 2.5, "machine.cores is 2.5, expected a whole number"],
  [["seconds", "training"], -1, "seconds.training is -1, expected a number from 0"],
  [["seed"], -1, "seed is -1, expected a number from 0"],
  [["seed"], 0.5, "seed is 0.5, expected a whole number"],
  [["recipe", "learningRate"], 0, "recipe.learningRate is 0, expected"],
  [["recipe", "batchSize"], 0, "recipe.batchSize is 0, expected"],
  [["recipe", "epochs"], 3, "expected 3 epochs, as the recipe has"],
  [["recipe", "validation"], 0, 'recipe.keep is "best", expected last where validation is 0'],
  [["recipe", "keep"], "first", 'recipe.keep is "first", expected one of last, best'],
  [["parameters"], 0, "parameters is 0, expected a number from 1"],
  [["history", 1, "epoch"], 1, "history[1].epoch is 1, expected a number from 2 to 2"],
  [["history", 0, "accuracy"], 1.1, "history[0].accuracy is 1.1, expected a number from 0 to 1"],
  [["weights", "dtype"], "int8", 'weights.dtype is "int8", expected one of float16, float32'],
  [["weights", "sha256"], "ab", 'weights.sha256 is "ab", expected'],
  [["weights", "classesChanged"], 10_001, "weights.classesChanged is 10001, expected"],
  [["test", "accuracy"], 1.1, "test.accuracy is 1.1, expected a number from 0 to 1"],
  [["test", "loss"], -0.1, "test.loss is -0.1, expected"],
  [["test", "predictions"], "AAAA", 'test.predictions is "AAAA", expected 10000 bytes, not 3'],
];
for (const [path, value, expected] of OUT_OF_RANGE) {
  const name = `${path.join(".")} = ${JSON.stringify(value)}`;
  Deno.test(`parseRunResult() rejects ${name} as out of range`, () => {
    assertThrows(() => parse(altered(NETWORK_JSON, path, value)), RangeError, expected);
  });
}

Deno.test("parseRunResult() rejects an infinite number", () => {
  const text = NETWORK_JSON.replace('"training": 380', '"training": 1e999');
  assertThrows(() => parse(text), RangeError, "seconds.training is Infinity, expected a number");
});

Deno.test("parseRunResult() rejects predictions that are not base64 or no classes", () => {
  assertThrows(
    () => parse(altered(NETWORK_JSON, ["test", "predictions"], "*".repeat(80))),
    SyntaxError,
    "expected base64",
  );
  const result = networkResult(0, 0);
  const predictions = result.test.predictions.with(7, 10);
  assertThrows(
    () => parse(stringifyRunResult({ ...result, test: { ...result.test, predictions } })),
    RangeError,
    "expected classes 0 to 9, not 10 for image 7",
  );
});

Deno.test("parseRunResult() rejects a history of nearest neighbours", () => {
  assertThrows(() => parse(altered(KNN_JSON, ["history"], [{}])), RangeError, "[] for neighbours");
});

Deno.test("parseRunResult() rejects a metric that nothing was learned by, and learning without one", () => {
  for (const field of ["seed", "parameters", "weights"]) {
    assertThrows(() => parse(altered(METRIC_JSON, [field], null)), TypeError, `${field} is null`);
    assertThrows(() => parse(altered(KNN_JSON, [field], 1)), TypeError, `${field} is 1`);
  }
  const { learning } = METRIC_RESULT.recipe;
  assertThrows(
    () => parse(altered(KNN_JSON, ["recipe", "learning"], learning)),
    TypeError,
    "recipe.learning is an unknown field",
  );
  assertThrows(
    () => parse(altered(METRIC_JSON, ["recipe", "learning"])),
    TypeError,
    "recipe.learning is missing",
  );
});

Deno.test("accuracyOf() computes the accuracy from the predictions", () => {
  assertEquals(accuracyOf(KNN_RESULT, LABELS), 0.8554);
});

Deno.test("accuracyOf() rejects an accuracy that the predictions do not give", () => {
  const result = networkResult(1, 955);
  const boasting = { ...result, test: { ...result.test, accuracy: 0.9046 } };
  assertThrows(
    () => accuracyOf(boasting, LABELS),
    RangeError,
    "small-cnn, seed 1: test.accuracy is 0.9046, expected 0.9045",
  );
  assertThrows(() => accuracyOf(result, LABELS.subarray(1)), RangeError, "expected 9999");
});
