import { assert } from "@std/assert";
import { fileURLToPath } from "node:url";
import { ImageDataset, loadFashionMnist } from "../../lib/dataset/mod.ts";
import { argmaxRows, predict } from "../../lib/evaluation/mod.ts";
import { loadModel } from "../../lib/models/mod.ts";
import { type Picture, preparePicture, readPicture } from "../../lib/pictures/mod.ts";
import { initBackend } from "../../lib/tensorflow/mod.ts";
import { fashionMnistAvailable } from "../fashion_mnist.ts";
import { granted } from "../permissions.ts";
import { draw, encode, inverted, meanDifference, normalNoise } from "./pictures.ts";

const COUNT = 50;
const WEIGHTS = fileURLToPath(new URL("../../data/weights/small-cnn", import.meta.url));

/** An image of the dataset, ten times as large, with `margin` of black around it. */
function enlarged(image: Uint8Array, { margin = 0 }: { margin?: number } = {}): Picture {
  const side = 280 + 2 * margin;
  return draw({ width: side, height: side }, (x, y) => {
    const [column, row] = [x, y].map((at) => Math.floor((at - margin) / 10));
    return [column, row].every((at) => at >= 0 && at < 28) ? image[row * 28 + column] : 0;
  });
}

const grain = normalNoise(4);

/** What is done to the images, what share of the answers must stay, and the levels it may cost. */
const TREATMENTS = [
  {
    name: "enlarged",
    treat: (image: Uint8Array) => enlarged(image),
    share: 0.98,
    levels: 3,
  },
  {
    name: "dark on light with a margin",
    treat: (image: Uint8Array) => inverted(enlarged(image, { margin: 40 })),
    share: 0.98,
    levels: 3,
  },
  {
    name: "a JPEG of quality 50",
    treat: async (image: Uint8Array) => {
      const picture = enlarged(image, { margin: 33 });
      return await readPicture(await encode(picture, { format: "jpeg", quality: 50 }));
    },
    share: 0.96,
    levels: 7,
  },
  {
    name: "grainy, on a ground that darkens from the middle by 30 levels and to the right by 20",
    treat: (image: Uint8Array) => {
      const { width, values } = enlarged(image, { margin: 100 });
      return draw({ width, height: width }, (x, y) => {
        const [u, v] = [2 * x / width - 1, 2 * y / width - 1];
        return 60 + 0.6 * values[y * width + x] - 15 * (u ** 2 + v ** 2) - 10 * u + grain();
      });
    },
    share: 0.96,
    levels: 7,
  },
];

Deno.test({
  name: "preparePicture() gives test images back nearly as they were, and the network's answers",
  ignore: !fashionMnistAvailable() || !granted("read", "env", "ffi", "sys"),
  async fn() {
    await initBackend();
    const { test } = await loadFashionMnist();
    const images = test.take(COUNT);
    const model = await loadModel(WEIGHTS);
    const answers = argmaxRows(await predict(model, images));
    for (const { name, treat, share, levels } of TREATMENTS) {
      const prepared = new Uint8Array(COUNT * 784);
      let difference = 0;
      for (let i = 0; i < COUNT; i++) {
        const image = preparePicture(await treat(images.image(i)));
        prepared.set(image, i * 784);
        difference += meanDifference(image, images.image(i)) / COUNT;
      }
      const again = argmaxRows(await predict(model, new ImageDataset(prepared, answers)));
      const stayed = again.filter((answer, i) => answer === answers[i]).length / COUNT;
      assert(stayed >= share, `${name}: ${stayed} of the answers stay`);
      assert(difference <= levels, `${name}: ${difference} levels of difference`);
    }
    model.dispose();
  },
});
