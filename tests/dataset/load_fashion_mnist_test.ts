import { assertEquals } from "@std/assert";
import { type ImageDataset, LABELS, loadFashionMnist } from "../../lib/dataset/mod.ts";
import { fashionMnistAvailable } from "../fashion_mnist.ts";

function classCounts({ labels }: ImageDataset): number[] {
  const counts = new Array<number>(10).fill(0);
  for (const label of labels) counts[label]++;
  return counts;
}

function sum(bytes: Uint8Array): number {
  return bytes.reduce((total, byte) => total + byte, 0);
}

// Expected sums: Python's sum(open(path, "rb").read()[16:]), and of the first and last 784 bytes.
Deno.test({
  name: "loadFashionMnist() loads 60,000 and 10,000 images from the cache, saying nothing",
  ignore: !fashionMnistAvailable(),
  async fn() {
    const lines: string[] = [];
    const { train, test } = await loadFashionMnist({ log: (line) => lines.push(line) });
    assertEquals(lines, []);

    assertEquals([train.length, train.height, train.width, train.classes], [60_000, 28, 28, 10]);
    assertEquals(classCounts(train), new Array(10).fill(6_000));
    assertEquals(sum(train.images), 3_431_114_169);
    assertEquals(sum(train.image(0)), 76_247);
    assertEquals(LABELS[train.label(0)], "Ankle boot");

    assertEquals([test.length, test.height, test.width, test.classes], [10_000, 28, 28, 10]);
    assertEquals(classCounts(test), new Array(10).fill(1_000));
    assertEquals(sum(test.images), 573_469_082);
    assertEquals(sum(test.image(9_999)), 24_390);
    assertEquals(LABELS[test.label(9_999)], "Sandal");
  },
});
