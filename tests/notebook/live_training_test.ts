import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { liveTraining } from "../../lib/notebook/mod.ts";
import { withFakeKernel } from "./fake_kernel.ts";

const MEANS = { loss: 0.5, accuracy: 0.8 };
const progress = (epoch: number, step: number) => ({
  ...MEANS,
  epoch,
  epochs: 3,
  step,
  steps: 100,
  images: 64 * step,
  seconds: step,
});
const metrics = (epoch: number) => ({ ...MEANS, epoch, seconds: 1 });

/** Runs `use` with a clock that it sets. */
async function withClock(use: (at: (milliseconds: number) => void) => Promise<void>) {
  const now = performance.now;
  let time = 0;
  performance.now = () => time;
  try {
    await use((milliseconds) => time = milliseconds);
  } finally {
    performance.now = now;
  }
}

Deno.test("liveTraining() draws once a second at most", () =>
  withFakeKernel((messages) =>
    withClock(async (at) => {
      const { onProgress } = liveTraining();
      const drawnAt: number[] = [];
      for (let time = 0; time <= 3000; time += 50) {
        at(time);
        const before = messages.length;
        await onProgress?.(progress(1, time / 50));
        if (messages.length > before) drawnAt.push(time);
      }
      assertEquals(drawnAt, [0, 1000, 2000, 3000]);
    })
  ));

Deno.test("liveTraining() does not draw every short epoch, but the last one", () =>
  withFakeKernel((messages) =>
    withClock(async (at) => {
      const { onProgress, onEpochEnd } = liveTraining();
      for (const epoch of [1, 2, 3]) {
        at(100 * epoch);
        await onProgress?.(progress(epoch, 50));
        await onEpochEnd?.(metrics(epoch), { epochs: 3 });
      }
      const texts = messages.map(({ content }) => content.data["text/plain"]);
      assertEquals(texts.length, 2);
      assertStringIncludes(texts[0], "No epoch is complete yet.");
      assertStringIncludes(texts[1], "After epoch 3 of 3");
      assertEquals(messages.map(({ type }) => type), ["display_data", "update_display_data"]);
    })
  ));

Deno.test("liveTraining() draws an epoch that took a second, with the title that it was given", () =>
  withFakeKernel((messages) =>
    withClock(async (at) => {
      const { onProgress, onEpochEnd } = liveTraining({ title: "My title" });
      await onProgress?.(progress(1, 1));
      at(1500);
      await onEpochEnd?.(metrics(1), { epochs: 3 });
      const [, { data, metadata }] = messages.map(({ content }) => content);
      assertStringIncludes(data["text/plain"], "After epoch 1 of 3");
      assertStringIncludes(data["image/svg+xml"], "<title>My title</title>");
      assertEquals(Object.keys(metadata), ["image/png", "image/svg+xml"]);
    })
  ));

Deno.test("liveTraining() begins another figure with another run", () =>
  withFakeKernel((messages) =>
    withClock(async (at) => {
      const { onProgress, onEpochEnd } = liveTraining();
      for (const epoch of [1, 2, 3]) await onEpochEnd?.(metrics(epoch), { epochs: 3 });
      at(10);
      await onProgress?.(progress(1, 1));
      const types = messages.map(({ type }) => type);
      assertEquals(types, ["display_data", "update_display_data", "display_data"]);
      assertStringIncludes(messages[2].content.data["text/plain"], "No epoch is complete yet.");
      const ids = messages.map(({ content }) => content.transient.display_id);
      assert(ids[0] === ids[1] && ids[1] !== ids[2]);
    })
  ));

Deno.test("liveTraining() shows nothing outside of the kernel", async () => {
  const { onProgress, onEpochEnd } = liveTraining();
  await onProgress?.(progress(1, 1));
  await onEpochEnd?.(metrics(1), { epochs: 1 });
});
