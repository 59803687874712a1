import { type FashionMnist, ImageDataset } from "../../lib/dataset/mod.ts";
import { randomStream } from "../../lib/tensorflow/mod.ts";

/** Random images of Fashion-MNIST's size, a few of them, and a backend to name in results. */
export function tinyFashion(): FashionMnist {
  return { train: randomImages(40, "train"), test: randomImages(30, "test") };
}

/** What `initBackend` would say of tfjs's own backend, which the tests use. */
export const BACKEND = {
  name: "wasm",
  description: "Example 1.0, /a/path/lib.so",
  passedOver: null,
} as const;

function randomImages(count: number, name: string): ImageDataset {
  const random = randomStream(0, name);
  return new ImageDataset(
    Uint8Array.from({ length: count * 784 }, () => Math.floor(256 * random())),
    Uint8Array.from({ length: count }, (_, i) => i % 10),
  );
}
