import { assertEquals } from "@std/assert";
import {
  countFaults,
  differingKinds,
  outputErrors,
  outputKinds,
} from "../../lib/notebook_files/mod.ts";
import { code, notebookOf, prose, result, stream } from "./fixtures.ts";

Deno.test("outputKinds() sorts formats and joins the pieces of a stream", () => {
  const outputs = [stream("stdout", "a"), stream("stdout", "b"), result("text/plain", "image/png")];
  assertEquals(outputKinds(outputs), ["stdout", "execute_result image/png text/plain"]);
});

Deno.test("differingKinds() names the cells whose outputs are of other kinds", () => {
  const committed = notebookOf(prose("a"), code("b", 1, result("text/plain")), code("c", 2));
  assertEquals(differingKinds(committed, committed), []);
  const run = notebookOf(
    prose("a"),
    code("b", 1, result("text/plain")),
    code("c", 2, stream("stdout", "!")),
  );
  assertEquals(differingKinds(committed, run), [
    "cell 3: its run gives stdout, committed is nothing",
  ]);
});

Deno.test("outputErrors() finds errors, and those that nobody awaited", () => {
  const error = { output_type: "error", ename: "RangeError", evalue: "too far" } as const;
  const notebook = notebookOf(
    code("a", 1, stream("stderr", "a warning\n")),
    code("b", 2, error),
    code("c", 3, stream("stderr", "Uncaught (in promise) Error: x\n    at y\n")),
  );
  assertEquals(outputErrors(notebook), [
    "cell 2: RangeError: too far",
    "cell 3: Uncaught (in promise) Error: x",
  ]);
});

Deno.test("countFaults() finds a cell that was run out of turn", () => {
  assertEquals(countFaults(notebookOf(code("a", 1), prose("b"), code("c", 2))), []);
  const [fault] = countFaults(notebookOf(code("a", 1), prose("b"), code("c", 3)));
  assertEquals(fault.startsWith("cell 3: its execution count is 3, expected 2"), true);
  assertEquals(countFaults(notebookOf(code("a", null))).length, 1);
});
