import { createHash } from "node:crypto";
import type { ImageDataset } from "../dataset/mod.ts";

/** The SHA-256 of a dataset's images and labels in their order, 64 hexadecimal digits. */
export function dataChecksum(dataset: ImageDataset): string {
  const hash = createHash("sha256");
  for (let i = 0; i < dataset.length; i++) hash.update(dataset.image(i));
  hash.update(Uint8Array.from({ length: dataset.length }, (_, i) => dataset.label(i)));
  return hash.digest("hex");
}
