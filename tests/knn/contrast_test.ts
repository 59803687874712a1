import { assertEquals } from "@std/assert";
import { ImageDataset } from "../../lib/dataset/mod.ts";
import { hasContrast } from "../../lib/knn/contrast.ts";
import { randomDataset, smoothDataset } from "./exactness.ts";

Deno.test("hasContrast() tells images near a plane from noise of many pixels", () => {
  assertEquals(hasContrast(smoothDataset(1_000, { name: "smooth" })), true);
  const noise = { name: "noise", height: 20, width: 20 };
  assertEquals(hasContrast(randomDataset(1_000, noise)), false);
  assertEquals(hasContrast(randomDataset(1_000, { ...noise, height: 1, width: 3 })), true);
});

Deno.test("hasContrast() takes one image, and images that are all alike, as they are", () => {
  const alike = (count: number) =>
    new ImageDataset(new Uint8Array(4 * count).fill(9), new Uint8Array(count), {
      height: 2,
      width: 2,
    });
  assertEquals(hasContrast(alike(5)), true);
  assertEquals(hasContrast(alike(1)), false);
});
