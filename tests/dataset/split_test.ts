import { assert, assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { ImageDataset } from "../../lib/dataset/mod.ts";

/** A dataset of one-pixel images, with so many of each class, the classes taking turns. */
function datasetOf(counts: number[]): ImageDataset {
  const rounds = Array.from({ length: Math.max(...counts) }, (_, round) => round);
  const labels = Uint8Array.from(
    rounds.flatMap((round) => [...counts.keys()].filter((label) => round < counts[label])),
  );
  return new ImageDataset(new Uint8Array(labels.length), labels, { height: 1, width: 1 });
}

function classCounts(dataset: ImageDataset): number[] {
  const counts = new Array<number>(dataset.classes).fill(0);
  for (const i of dataset.indices.keys()) counts[dataset.label(i)]++;
  return counts;
}

const BALANCED = datasetOf(new Array(10).fill(60));

Deno.test("ImageDataset.split() takes the same number of each class where classes are equal", () => {
  const [fitting, validation] = BALANCED.split({ validation: 50, seed: 0 });
  assertEquals(classCounts(validation), new Array(10).fill(5));
  assertEquals(classCounts(fitting), new Array(10).fill(55));
});

Deno.test("ImageDataset.split() rounds by the largest remainders", () => {
  // 7 of 20 from classes of 7, 10 and 3: 2.45, 3.5 and 1.05, so the one left over goes to 3.5.
  const [, validation] = datasetOf([7, 10, 3]).split({ validation: 7, seed: 0 });
  assertEquals(classCounts(validation).slice(0, 3), [2, 4, 1]);
  // 2 of 12 from classes of 3: 0.5 each, so among equals the smallest labels get them.
  const [, tied] = datasetOf([3, 3, 3, 3]).split({ validation: 2, seed: 0 });
  assertEquals(classCounts(tied).slice(0, 4), [1, 1, 0, 0]);
});

Deno.test("ImageDataset.split() gives two disjoint parts which together are everything", () => {
  for (const count of [1, 37, 599]) {
    const [fitting, validation] = BALANCED.split({ validation: count, seed: 3 });
    assertEquals(validation.length, count);
    const together = [...fitting.indices, ...validation.indices].sort((a, b) => a - b);
    assertEquals(together, [...BALANCED.indices]);
  }
});

Deno.test("ImageDataset.split() is decided by the seed", () => {
  const indices = (seed: number) => [...BALANCED.split({ validation: 50, seed })[1].indices];
  assertEquals(indices(1), indices(1));
  assert(indices(1).join() !== indices(2).join());
});

Deno.test("ImageDataset.split() splits a view and shares its pixels", () => {
  const view = BALANCED.take(100);
  const [fitting, validation] = view.split({ validation: 10, seed: 0 });
  assertStrictEquals(fitting.images, BALANCED.images);
  assert(validation.indices.every((index) => index < 100));
  assertEquals(classCounts(validation), new Array(10).fill(1));
});

Deno.test("ImageDataset.split() rejects a validation part of none, all or a fraction", () => {
  for (const validation of [0, 600, 700, -1, 0.1, NaN]) {
    assertThrows(
      () => BALANCED.split({ validation, seed: 0 }),
      RangeError,
      `Cannot split 600 images: validation is ${validation}, expected an integer in 1..599`,
    );
  }
});
