import { assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { measureKnn } from "../../lib/benchmark/mod.ts";
import { KNeighborsClassifier } from "../../lib/knn/mod.ts";
import { granted } from "../permissions.ts";
import { BACKEND, tinyFashion } from "./tiny_fashion.ts";

await tf.setBackend("cpu");

Deno.test({
  name: "measureKnn() measures study B's classifier and says where and with what",
  ignore: !granted("read", "run", "sys", "env"),
  async fn() {
    const data = tinyFashion();
    const result = await measureKnn("knn", data, { seed: 0, directory: "", backend: BACKEND });
    const predictions = await new KNeighborsClassifier({ nNeighbors: 5 }).fit(data.train)
      .predict(data.test);
    assertEquals(result.test.predictions, predictions);
    const correct = predictions.filter((prediction, i) => prediction === data.test.label(i)).length;
    assertEquals(result.test.accuracy, correct / 30);
    assertEquals(result.recipe.k, 5);
    assertEquals(result.flopsPerImage, 2 * 40 * 784);
    assertEquals(result.versions.wasm, "Example 1.0", "the library's path is left out");
    assertEquals(result.versions.deno, Deno.version.deno);
    assertEquals(/^[0-9a-f]{40}(-dirty)?$|^unknown$/.test(result.commit), true, result.commit);
  },
});
