/**
 * The speed of our nearest neighbours on a backend, for deno task bench:knn: an index of the 60,000
 * training images, then the 5 nearest of each of the 10,000 test images.
 *
 *     deno run -A tests/peers/knn_speed.ts tensorflow
 */
import { loadFashionMnist } from "../../lib/dataset/mod.ts";
import { KNeighborsClassifier } from "../../lib/knn/mod.ts";
import { initBackend } from "../../lib/tensorflow/mod.ts";
import { answer } from "./answer.ts";

await initBackend({ backend: Deno.args[0] === "wasm" ? "wasm" : "tensorflow" });
const { train, test } = await loadFashionMnist();
await answer({
  "the whole job": async (times) => {
    const started = performance.now();
    for (let i = 0; i < times; i++) {
      await new KNeighborsClassifier({ nNeighbors: 5 }).fit(train).kneighbors(test);
    }
    return (performance.now() - started) / 1000;
  },
});
