import { assertEquals } from "@std/assert";
import { terminalProgress } from "../../lib/training/mod.ts";

Deno.test("terminalProgress() draws epoch, step, means, speed and the time that is left", () => {
  let written = "";
  const observer = terminalProgress({
    write: (text) => written += text,
    isTerminal: true,
    columns: 120,
  });
  observer.onProgress?.({
    epoch: 2,
    epochs: 10,
    step: 250,
    steps: 1000,
    loss: 0.123456,
    accuracy: 0.9,
    images: 16_000,
    seconds: 10,
  });
  // 8,750 steps are left, at 25 a second.
  assertEquals(
    written,
    "\repoch 2/10 ━━━━━━━━────────────────────── " +
      "250/1000 loss 0.123 accuracy 0.900 1600 images/s 5:50 left",
  );
});

Deno.test("terminalProgress() writes a line an epoch, with the validation if there is one", () => {
  let written = "";
  const observer = terminalProgress({ write: (text) => written += text, isTerminal: false });
  const metrics = { loss: 0.5, accuracy: 0.75, seconds: 3.14 };
  observer.onEpochEnd?.({ epoch: 1, ...metrics }, { epochs: 2 });
  const validation = { loss: 0.25, accuracy: 1 };
  observer.onEpochEnd?.({ epoch: 2, ...metrics, validation }, { epochs: 2 });
  assertEquals(written.split("\n"), [
    "epoch 1/2: loss 0.5000, accuracy 0.7500, 3.1 s",
    "epoch 2/2: loss 0.5000, accuracy 0.7500, validation loss 0.2500, validation accuracy 1.0000, 3.1 s",
    "",
  ]);
});

Deno.test("terminalProgress() gives hours where there are any", () => {
  let written = "";
  const observer = terminalProgress({
    write: (text) => written += text,
    isTerminal: true,
    columns: 100,
  });
  const means = { loss: 1, accuracy: 0 };
  observer.onProgress?.({
    ...means,
    epoch: 1,
    epochs: 1,
    step: 1,
    steps: 7386,
    images: 64,
    seconds: 1,
  });
  assertEquals(written.endsWith("64 images/s 2:03:05 left"), true, written);
});
