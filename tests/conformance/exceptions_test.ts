import { assertEquals } from "@std/assert";
import { judge, type SpecResult } from "./exceptions.ts";

const result = (name: string, status: SpecResult["status"]): SpecResult => ({ name, status });
const exceptions = [{ reason: "known", specs: ["a", "twice", "twice"] }];

Deno.test("judge() counts what passed, was skipped and failed as listed", () => {
  const results = [
    result("a", "failed"),
    result("twice", "failed"),
    result("twice", "failed"),
    result("b", "passed"),
    result("c", "pending"),
  ];
  const expected = { passed: 1, skipped: 1, excepted: 3, unlisted: [], stale: [] };
  assertEquals(judge(results, exceptions), expected);
});

Deno.test("judge() names what fails and is not listed, and what is listed and does not fail", () => {
  const results = [result("a", "passed"), result("twice", "failed"), result("b", "failed")];
  const { unlisted, stale } = judge(results, exceptions);
  assertEquals(unlisted, [result("b", "failed")]);
  assertEquals(stale, ["a", "twice"]);
});
