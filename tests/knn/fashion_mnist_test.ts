import { assertEquals } from "@std/assert";
import { encodeHex } from "@std/encoding";
import { loadFashionMnist } from "../../lib/dataset/mod.ts";
import { KNeighborsClassifier } from "../../lib/knn/mod.ts";
import { initBackend } from "../../lib/tensorflow/mod.ts";
import { fashionMnistAvailable } from "../fashion_mnist.ts";
import { granted } from "../permissions.ts";
import { tensorflowAvailable } from "../tensorflow/available.ts";
import numpy from "./fashion_mnist_neighbours.json" with { type: "json" };

/** Numbers as tests/peers/knn_neighbours.py hashes them: 32 bits each, little-endian. */
async function sha256(values: Uint32Array): Promise<string> {
  const bytes = new DataView(new ArrayBuffer(4 * values.length));
  values.forEach((value, i) => bytes.setUint32(4 * i, value, true));
  return encodeHex(await crypto.subtle.digest("SHA-256", bytes));
}

for (const backend of ["tensorflow", "wasm"] as const) {
  const available = backend === "wasm" ? granted("read", "env") : tensorflowAvailable();
  Deno.test({
    name: `KNeighborsClassifier on ${backend} finds NumPy's neighbours of all 10,000 test images`,
    ignore: !available || !fashionMnistAvailable(),
    async fn() {
      await initBackend({ backend });
      const { train, test } = await loadFashionMnist();
      // One neighbour more than NumPy was asked for shows which images have a rival for a place.
      const found = await new KNeighborsClassifier().fit(train).kneighbors(test, { nNeighbors: 6 });
      const five = (values: Uint32Array) => values.filter((_, i) => i % 6 < 5);
      assertEquals(await sha256(five(found.indices)), numpy.indices);
      assertEquals(await sha256(five(found.distances)), numpy.distances);
      const ties = Array.from({ length: test.length }, (_, query) => query)
        .filter((query) => found.distances[6 * query + 4] === found.distances[6 * query + 5]);
      assertEquals(ties, numpy.ties);
    },
  });
}
