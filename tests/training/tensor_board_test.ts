import { assert, assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { initBackend } from "../../lib/tensorflow/mod.ts";
import { observers, tensorBoard } from "../../lib/training/mod.ts";
import { tensorflowAvailable } from "../tensorflow/available.ts";
import { granted } from "../permissions.ts";

/** The records of an events file: a length of 8 bytes, its sum of 4, the bytes, their sum of 4. */
function recordsOf(file: Uint8Array<ArrayBuffer>): Uint8Array[] {
  const view = new DataView(file.buffer);
  const records: Uint8Array[] = [];
  for (let at = 0; at < file.length;) {
    const length = Number(view.getBigUint64(at, true));
    records.push(file.subarray(at + 12, at + 12 + length));
    at += length + 16;
  }
  return records;
}

function holds(record: Uint8Array, bytes: Uint8Array): boolean {
  return record.some((_, start) => bytes.every((byte, i) => record[start + i] === byte));
}

Deno.test({
  name: "tensorBoard() writes loss and accuracy of each epoch, train and validation apart",
  ignore: !granted("write") || !tensorflowAvailable(),
  async fn() {
    await initBackend({ backend: "tensorflow" });
    const folder = await Deno.makeTempDir();
    const observer = tensorBoard(folder);
    const metrics = { loss: 0.5, accuracy: 0.75, seconds: 3 };
    await observer.onEpochEnd?.({ epoch: 1, ...metrics }, { epochs: 2 });
    const validation = { loss: 0.25, accuracy: 0.875 };
    await observer.onEpochEnd?.({ epoch: 2, ...metrics, validation }, { epochs: 2 });
    for (
      const [part, means, epochs] of [["train", metrics, 2], ["validation", validation, 1]] as const
    ) {
      const [{ name }] = Deno.readDirSync(`${folder}/${part}`);
      // The first record tells the format's version.
      const [version, ...records] = recordsOf(await Deno.readFile(`${folder}/${part}/${name}`));
      assert(holds(version, new TextEncoder().encode("brain.Event:2")));
      assertEquals(records.length, 2 * epochs);
      records.forEach((record, i) => {
        const [tag, value] = i % 2 === 0
          ? ["epoch_loss", means.loss]
          : ["epoch_accuracy", means.accuracy];
        assert(holds(record, new TextEncoder().encode(tag)), tag);
        assert(holds(record, new Uint8Array(Float32Array.of(value).buffer)), String(value));
      });
    }
    await Deno.remove(folder, { recursive: true });
  },
});

Deno.test("tensorBoard() names the backend where it is another", async () => {
  const before = tf.getBackend();
  await tf.setBackend("cpu");
  assertThrows(
    () => tensorBoard("nowhere"),
    TypeError,
    "the backend is cpu, and must be tensorflow",
  );
  await tf.setBackend(before);
});

Deno.test("observers() lets each watch in turn, and waits for it", async () => {
  const seen: string[] = [];
  const watching = (name: string) => ({
    async onEpochEnd() {
      await Promise.resolve();
      seen.push(name);
    },
  });
  const both = observers(watching("a"), {}, watching("b"));
  const progress = { epoch: 1, epochs: 1, step: 1, steps: 2, images: 1, seconds: 1 };
  await both.onProgress?.({ ...progress, loss: 1, accuracy: 0 });
  await both.onEpochEnd?.({ epoch: 1, loss: 1, accuracy: 0, seconds: 1 }, { epochs: 1 });
  assertEquals(seen, ["a", "b"]);
});
