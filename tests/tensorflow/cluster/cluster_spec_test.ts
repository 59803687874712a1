import { assertEquals, assertThrows } from "@std/assert";
import { clusterSpec, parseClusterSpec } from "../../../lib/tensorflow/mod.ts";
import { granted } from "../../permissions.ts";

const config = (cluster: unknown, task: unknown) => JSON.stringify({ cluster, task });

Deno.test("parseClusterSpec() counts a chief as the first worker", () => {
  const cluster = { chief: ["a:1"], worker: ["b:1", "c:1"], ps: ["d:1"] };
  const workers = ["a:1", "b:1", "c:1"];
  for (
    const [type, index, place] of [["chief", 0, 0], ["worker", 0, 1], ["worker", 1, 2]] as const
  ) {
    assertEquals(parseClusterSpec(config(cluster, { type, index })), { workers, index: place });
  }
});

Deno.test("parseClusterSpec() takes one process alone for no cluster", () => {
  const alone = config({ worker: ["a:1"] }, { type: "worker", index: 0 });
  assertEquals(parseClusterSpec(alone), undefined);
});

Deno.test("parseClusterSpec() takes what TensorFlow's resolver takes: {}, texts, tasks by index", () => {
  for (const none of ["{}", '{"cluster":{}}', config({}, { type: "worker", index: 0 })]) {
    assertEquals(parseClusterSpec(none), undefined);
  }
  assertEquals(parseClusterSpec(config(undefined, { type: "worker", index: 0 })), undefined);
  const workers = ["a:1", "b:1"];
  const cluster = { worker: { "1": "b:1", "0": "a:1" } };
  for (const index of [1, "1"]) {
    assertEquals(parseClusterSpec(config(cluster, { type: "worker", index })), {
      workers,
      index: 1,
    });
  }
  // Indices may have gaps, as where a worker was taken away.
  const sparse = config({ worker: { 2: "a:1", 10: "b:1" } }, { type: "worker", index: 10 });
  assertEquals(parseClusterSpec(sparse), { workers, index: 1 });
});

Deno.test("parseClusterSpec() says what is wrong in TF_CONFIG", () => {
  const two = { worker: ["a:1", "b:1"] };
  const task = { type: "worker", index: 0 };
  for (
    const [text, error, words] of [
      ["{", SyntaxError, "it is not JSON"],
      ["[]", TypeError, "it is [], expected an object"],
      [config([], task), TypeError, "cluster is [], expected an object"],
      [config(two, undefined), TypeError, "task is missing"],
      [config(two, { type: "worker" }), TypeError, "task.index is missing"],
      [config(two, { type: "worker", index: "first" }), TypeError, 'task.index is "first"'],
      [config(two, { type: "worker", index: "" }), TypeError, 'task.index is ""'],
      [config(two, { type: "worker", index: -1 }), TypeError, "task.index is -1"],
      [config({ worker: { a: "a:1" } }, task), TypeError, 'cluster.worker is {"a":"a:1"}'],
      [config({ worker: { 0: 1 } }, task), TypeError, 'cluster.worker is {"0":1}'],
      [config({ worker: null, chief: ["a:1"] }, task), TypeError, "cluster.worker is null"],
      [config({ worker: "a:1" }, task), TypeError, 'cluster.worker is "a:1"'],
      [config({ worker: ["a:1", "b"] }, task), RangeError, '"b", expected host:port'],
      [config({ worker: ["a:1", "b:70000"] }, task), RangeError, '"b:70000", expected host:port'],
      [config({ worker: ["a:1", "a:1"] }, task), RangeError, "a:1 is the address of two"],
      [config(two, { type: "worker", index: 2 }), RangeError, "task is worker 2, expected one of"],
      [config(two, { type: "ps", index: 0 }), RangeError, "ps 0, expected one of worker 0, 1"],
    ] as const
  ) {
    assertThrows(() => parseClusterSpec(text), error, words);
  }
});

Deno.test({
  name: "clusterSpec() finds none where TF_CONFIG is not set",
  ignore: !granted("env"),
  fn() {
    Deno.env.delete("TF_CONFIG");
    assertEquals(clusterSpec(), undefined);
  },
});
