import { assertEquals, assertThrows } from "@std/assert";
import { accuracyInterval, wilsonInterval } from "../../lib/evaluation/mod.ts";

Deno.test("accuracyInterval() is Wilson's interval of the right answers among the images", () => {
  const labels = new Uint8Array(10_000);
  assertEquals(accuracyInterval({ accuracy: 0.8554, labels }), wilsonInterval(8_554, 10_000));
  assertThrows(() => accuracyInterval({ accuracy: 1, labels: new Uint8Array() }), RangeError);
});
