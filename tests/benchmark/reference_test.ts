import { assert, assertEquals } from "@std/assert";
import { REFERENCES, ROW_IDS } from "../../lib/benchmark/mod.ts";

Deno.test("REFERENCES have unique ids, shares for accuracies, and a source each", () => {
  assertEquals(new Set(REFERENCES.map(({ id }) => id)).size, REFERENCES.length);
  for (const { id, classifier, accuracy, upTo, sd, source } of REFERENCES) {
    assert(accuracy > 0.8 && accuracy < 0.98, id);
    assert(upTo === undefined || (upTo > accuracy && upTo < 0.98), id);
    assert(sd === undefined || (sd > 0 && sd < 0.01), id);
    assert(classifier !== "" && source !== "", id);
  }
});

Deno.test("REFERENCES give every classifier of the studies its published figure", () => {
  const published = ROW_IDS.map((id) => {
    const reference = REFERENCES.find((reference) => reference.id === id);
    return [id, reference?.accuracy, reference?.loss];
  });
  assertEquals(published, [
    ["knn", 0.851, undefined],
    // Ways of our own beyond the study's.
    ["knn-tuned", undefined, undefined],
    ["knn-shifts", undefined, undefined],
    ["knn-metric", undefined, undefined],
    ["knn-edges", undefined, undefined],
    ["dense", 0.86, undefined],
    ["small-cnn", 0.9224, 0.254],
    ["small-cnn-fast", undefined, undefined],
    ["compact", undefined, undefined],
    ["compact-fast", undefined, undefined],
    ["vgg", 0.947, 0.298],
  ]);
});
