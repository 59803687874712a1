import { assertEquals, assertThrows } from "@std/assert";
import { checkbox, select, slider } from "../../lib/notebook/mod.ts";

Deno.test("slider() takes numbers between its ends", () => {
  const { value, accepts, element } = slider({ min: -1, max: 2, value: 0 });
  assertEquals([value, element], [0, { kind: "slider", min: -1, max: 2, step: 1 }]);
  assertEquals([-1, 0.5, 2, -1.1, 2.1, NaN, "1", null].map(accepts), [
    ...[true, true, true],
    ...[false, false, false, false, false],
  ]);
});

Deno.test("slider() rejects a value beyond its ends, and a step that leads nowhere", () => {
  assertThrows(
    () => slider({ min: 0, max: 1, value: 2 }),
    RangeError,
    "value is 2, expected 0 to 1",
  );
  assertThrows(() => slider({ min: 1, max: 0, value: 1 }), RangeError, "expected 1 to 0");
  assertThrows(() => slider({ min: 0, max: 1, value: 0, step: 0 }), RangeError, "step is 0");
  assertThrows(() => slider({ min: 0, max: 1, value: NaN }), RangeError, "value is NaN");
});

Deno.test("select() begins with its first option, and takes no other text", () => {
  const { value, accepts } = select(["mean", "max"]);
  assertEquals([value, ...["max", "min", 0].map(accepts)], ["mean", true, false, false]);
  assertEquals(select(["mean", "max"], { value: "max" }).value, "max");
  assertThrows(() => select([]), RangeError, "Cannot make a list");
});

Deno.test("checkbox() takes true and false alone", () => {
  const { value, accepts } = checkbox();
  assertEquals([value, ...[true, false, 1].map(accepts)], [false, true, true, false]);
});
