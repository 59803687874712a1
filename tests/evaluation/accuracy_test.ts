import { assertEquals, assertThrows } from "@std/assert";
import { accuracy } from "../../lib/evaluation/mod.ts";

Deno.test("accuracy() counts predictions that equal their label", () => {
  assertEquals(accuracy(Uint8Array.of(1, 2, 3, 3), Uint8Array.of(1, 2, 3, 4)), 0.75);
  assertEquals(accuracy(Uint8Array.of(0), Uint8Array.of(9)), 0);
});

Deno.test("accuracy() rejects no predictions and different lengths", () => {
  const none = new Uint8Array(0);
  assertThrows(() => accuracy(none, none), RangeError, "0 predictions, expected at least 1");
  assertThrows(
    () => accuracy(new Uint8Array(3), new Uint8Array(2)),
    RangeError,
    "3 predictions, expected 2",
  );
});
