import { assert, assertEquals } from "@std/assert";
import { decodeBase64 } from "@std/encoding";
import { fileURLToPath } from "node:url";
import { differences, readResults, recheck, verifySums } from "../../lib/benchmark/mod.ts";
import { loadFashionMnist } from "../../lib/dataset/mod.ts";
import { KNeighborsClassifier } from "../../lib/knn/mod.ts";
import { initBackend } from "../../lib/tensorflow/mod.ts";
import scikitLearn from "../knn/scikit_learn_predictions.json" with { type: "json" };
import { fashionMnistAvailable } from "../fashion_mnist.ts";
import { granted } from "../permissions.ts";
import { tensorflowAvailable } from "../tensorflow/available.ts";

const DATA = fileURLToPath(new URL("../../data", import.meta.url));
const expected = decodeBase64(scikitLearn.predictions);

Deno.test({
  name: "the committed results and weights are what data/SHA256SUMS says",
  ignore: !granted("read"),
  fn: () => verifySums(DATA),
});

Deno.test({
  name: "the recorded nearest neighbours predict what scikit-learn predicts, 0.8554 right",
  ignore: !granted("read"),
  async fn() {
    const results = await readResults(`${DATA}/results`);
    const knn = results.filter(({ model }) => model === "knn");
    assertEquals(knn.map(({ test }) => test.accuracy), [0.8554]);
    assertEquals(knn[0].test.predictions, expected);
  },
});

for (const backend of ["tensorflow", "wasm"] as const) {
  const available = backend === "wasm" ? granted("read", "env") : tensorflowAvailable();
  const ignore = !available || !fashionMnistAvailable();

  Deno.test({
    name: `KNeighborsClassifier on ${backend} predicts 500 test images as scikit-learn does`,
    ignore,
    async fn() {
      await initBackend({ backend });
      const { train, test } = await loadFashionMnist();
      const predictions = await new KNeighborsClassifier().fit(train).predict(test.take(500));
      assertEquals(differences(predictions, expected.subarray(0, 500)), 0);
    },
  });

  Deno.test({
    name: `the committed weights on ${backend} predict at least 9,990 images as recorded`,
    ignore,
    async fn() {
      await initBackend({ backend });
      const data = await loadFashionMnist();
      const results = await readResults(`${DATA}/results`);
      for (const id of ["dense", "small-cnn"] as const) {
        const runs = results.filter(({ model }) => model === id);
        const checked = await recheck(id, runs, { ...data, weights: `${DATA}/weights` });
        assert(checked !== null && checked.differences <= 10, id);
      }
    },
  });
}
