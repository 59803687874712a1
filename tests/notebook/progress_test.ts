import { assert, assertEquals, assertThrows } from "@std/assert";
import { progress } from "../../lib/notebook/mod.ts";
import { progressLine } from "../../lib/notebook/progress.ts";
import { withFakeKernel } from "./fake_kernel.ts";

Deno.test("progressLine() fills thirty places by the share, and says how many and how long", () => {
  const line = (done: number, total: number) =>
    progressLine("test set", { done, total, seconds: 1.25 });
  assertEquals(line(0, 10_000), `test set ${"─".repeat(30)} 0 of 10,000, 1.3 s`);
  assertEquals(
    line(2_500, 10_000),
    `test set ${"━".repeat(8)}${"─".repeat(22)} 2,500 of 10,000, 1.3 s`,
  );
  assertEquals(line(3, 3), `test set ${"━".repeat(30)} 3 of 3, 1.3 s`);
  assertEquals(line(0, 0), `test set ${"━".repeat(30)} 0 of 0, 1.3 s`);
});

Deno.test("progressLine() rejects more than all, less than nothing, and what is no number", () => {
  for (const [done, total] of [[11, 10], [-1, 10], [NaN, 10], [1, NaN]]) {
    assertThrows(
      () => progressLine("a", { done, total, seconds: 1 }),
      RangeError,
      `Cannot draw progress: ${done} are done, expected 0 to ${total}`,
    );
  }
});

Deno.test("progress() draws five times a second at most, and when all is done", () =>
  withFakeKernel((messages) => {
    const now = performance.now;
    let time = 1000;
    performance.now = () => time;
    try {
      const report = progress("a");
      for (let done = 1; done <= 100; done++) {
        time += 10;
        report(done, 100);
      }
    } finally {
      performance.now = now;
    }
    const counts = messages.map(({ content }) => content.data["text/plain"].match(/(\d+) of/)?.[1]);
    assertEquals(counts, ["1", "21", "41", "61", "81", "100"]);
    assertEquals(messages[5].content.data["text/plain"].endsWith("100 of 100, 1.0 s"), true);
  }));

Deno.test("progress() shows nothing outside of the kernel", () => {
  assert(progress("a")(1, 2) === undefined);
});
