import { assertEquals } from "@std/assert";
import { tensorflowAvailable } from "../tensorflow/available.ts";
import { granted } from "../permissions.ts";
import { caseOf, OPERATION_COUNT } from "./cases.ts";
import { compareWithOnednn } from "./compare_with_onednn.ts";

Deno.test({
  name: "oneDNN's kernels, held to AVX2, compute what TensorFlow computes without them",
  ignore: !granted("run", "write") || !tensorflowAvailable(),
  async fn() {
    // Among its cases are some of those that were wrong.
    const seed = 9;
    for await (
      const { number, faults } of compareWithOnednn({ seed, count: OPERATION_COUNT, isa: "AVX2" })
    ) {
      const { operation, words } = caseOf(seed, number);
      assertEquals(faults, [], `${operation} ${words}`);
    }
  },
});
