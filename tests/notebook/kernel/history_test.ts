import { assertEquals } from "@std/assert";
import { History } from "../../../lib/notebook/kernel/history.ts";

function historyOf(sources: readonly string[]): History {
  const history = new History();
  sources.forEach((source, i) => history.add(i + 1, source));
  return history;
}

const history = historyOf(["let a = 1", "a + 1", "let b = [a]", "a + 1", "(b)\nb"]);

/** The numbers of the cells that a request finds. */
const lines = (request: Parameters<History["find"]>[0]) =>
  history.find(request).map((entry) => Array.isArray(entry) ? entry[1] : undefined);

Deno.test("History.find() gives the last n cells", () => {
  assertEquals(history.find({ hist_access_type: "tail", n: 2 }), [
    [0, 4, "a + 1"],
    [0, 5, "(b)\nb"],
  ]);
  assertEquals(lines({ hist_access_type: "tail", n: 100 }), [1, 2, 3, 4, 5]);
});

Deno.test("History.find() says of each output that it is not kept", () => {
  assertEquals(history.find({ hist_access_type: "tail", n: 1, output: true }), [
    [0, 5, ["(b)\nb", null]],
  ]);
});

Deno.test("History.find() gives a range without its end", () => {
  assertEquals(lines({ hist_access_type: "range", session: 0, start: 2, stop: 4 }), [2, 3]);
  assertEquals(lines({ hist_access_type: "range", session: 0, start: 4 }), [4, 5]);
});

Deno.test("History.find() searches by * and ?, and takes all else as it is", () => {
  assertEquals(lines({ hist_access_type: "search", pattern: "let ? = *" }), [1, 3]);
  assertEquals(lines({ hist_access_type: "search", pattern: "a + 1" }), [2, 4]);
  assertEquals(lines({ hist_access_type: "search", pattern: "*[[]a*" }), []);
  assertEquals(lines({ hist_access_type: "search", pattern: "*[a]" }), [3]);
  assertEquals(lines({ hist_access_type: "search", pattern: "(*b" }), [5]);
  assertEquals(lines({ hist_access_type: "search", pattern: "*a*", n: 2 }), [3, 4]);
});

Deno.test("History.find() with unique gives of equal cells the last", () => {
  assertEquals(lines({ hist_access_type: "search", pattern: "a*", unique: true }), [4]);
});

Deno.test("History.find() gives none where n is 0", () => {
  assertEquals(lines({ hist_access_type: "tail", n: 0 }), []);
});
