import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { ImageDataset } from "../../lib/dataset/mod.ts";
import { argmaxRows, confidentMistakes } from "../../lib/evaluation/mod.ts";

const CLASSES = 3;

/** Images of one pixel with these labels. */
const dataset = (...labels: number[]) =>
  new ImageDataset(new Uint8Array(labels.length), Uint8Array.from(labels), {
    height: 1,
    width: 1,
    classes: CLASSES,
  });

/** Logits whose softmax are these probabilities. */
const logits = (...rows: [number, number, number][]) =>
  Float32Array.from(rows.flat(), (probability) => Math.log(probability));

Deno.test("confidentMistakes() gives the wrong answers, surest first", () => {
  const images = dataset(0, 1, 2, 0, 1);
  const answers = logits(
    [0.9, 0.05, 0.05], // right
    [0.6, 0.3, 0.1],
    [0.02, 0.97, 0.01],
    [0.2, 0.3, 0.5],
    [0.1, 0.8, 0.1], // right
  );
  const mistakes = confidentMistakes(answers, images);
  assertEquals(mistakes.map(({ index, label, prediction }) => [index, label, prediction]), [
    [2, 2, 1],
    [1, 1, 0],
    [3, 0, 2],
  ]);
  [0.97, 0.6, 0.5].forEach((probability, i) =>
    assertAlmostEquals(mistakes[i].probability, probability, 1e-6)
  );
  assertEquals(confidentMistakes(answers, images, { count: 2 }), mistakes.slice(0, 2));
});

Deno.test("confidentMistakes() gives twelve at most if not told, the first of equally sure ones", () => {
  const images = dataset(...new Array<number>(20).fill(1));
  const answers = logits(...Array.from({ length: 20 }, (): [number, number, number] => [1, 1, 1]));
  const mistakes = confidentMistakes(answers, images);
  assertEquals(mistakes.map(({ index }) => index), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
});

Deno.test("confidentMistakes() has none where all answers are right", () => {
  assertEquals(confidentMistakes(logits([0.4, 0.3, 0.3]), dataset(0)), []);
  assertEquals(confidentMistakes(new Float32Array(0), dataset()), []);
});

Deno.test("confidentMistakes() answers as argmaxRows() does where float32 cannot tell", () => {
  const answers = Float32Array.of(1e-9, 2e-9, 0);
  assertEquals([...argmaxRows(answers, { classes: CLASSES })], [1]);
  assertEquals(confidentMistakes(answers, dataset(0)).map(({ prediction }) => prediction), [1]);
  assertEquals(confidentMistakes(answers, dataset(1)), []);
});

Deno.test("confidentMistakes() follows the dataset's order, not that of the images it views", () => {
  const part = new ImageDataset(new Uint8Array(3), Uint8Array.of(0, 1, 2), {
    height: 1,
    width: 1,
    classes: CLASSES,
    indices: Uint32Array.of(2, 0),
  });
  const answers = logits([0.8, 0.1, 0.1], [0.8, 0.1, 0.1]);
  assertEquals(
    confidentMistakes(answers, part).map(({ index, label }) => [index, label]),
    [[0, 2]],
  );
});

Deno.test("confidentMistakes() rejects other numbers of logits, NaN and a count that is none", () => {
  const images = dataset(0, 1);
  const answers = logits([1, 1, 1], [1, 1, 1]);
  assertThrows(
    () => confidentMistakes(answers.subarray(1), images),
    RangeError,
    "Cannot find mistakes: there are 5 logits, expected 2 x 3",
  );
  assertThrows(() => confidentMistakes(answers.with(4, NaN), images), RangeError, "class 1 is NaN");
  for (const count of [0, -1, 1.5, NaN, Infinity]) {
    assertThrows(
      () => confidentMistakes(answers, images, { count }),
      RangeError,
      `count is ${count}, expected a whole number of at least 1`,
    );
  }
});
