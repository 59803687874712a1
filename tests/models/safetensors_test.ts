import { assertEquals, assertRejects } from "@std/assert";
import { encodeBase64 } from "@std/encoding";
import * as tf from "@tensorflow/tfjs";
import { encodeSafetensors, saveModel } from "../../lib/models/mod.ts";
import { granted } from "../permissions.ts";

await tf.setBackend("cpu");

const ignore = !granted("read", "write");

/** Gives `use` a folder with a saved network of two inputs. */
async function withSaved(
  { dtype, useBias }: { dtype: "float16" | "float32"; useBias: boolean },
  use: (directory: string) => Promise<void>,
) {
  const directory = await Deno.makeTempDir();
  const layer = tf.layers.dense({ name: "dense", inputShape: [3], units: 2, useBias });
  const model = tf.sequential({ name: "tiny", layers: [layer] });
  try {
    tf.tidy(() =>
      layer.setWeights([
        tf.tensor2d([[1, 2], [3, 4], [5, 6]]),
        ...useBias ? [tf.tensor1d([0.5, -2])] : [],
      ])
    );
    await saveModel(model, directory, { dtype });
    await use(directory);
  } finally {
    model.dispose();
    await Deno.remove(directory, { recursive: true });
  }
}

Deno.test({
  name: "encodeSafetensors() gives the bytes that Python's safetensors 0.8.0 gives",
  ignore,
  fn: () =>
    withSaved({ dtype: "float16", useBias: false }, async (directory) => {
      // save({"dense/kernel": numpy.array([[1, 2], [3, 4], [5, 6]], numpy.float16)},
      //      metadata={"model": "tiny"}) of safetensors.numpy, as base64.
      const expected =
        "aAAAAAAAAAB7Il9fbWV0YWRhdGFfXyI6eyJtb2RlbCI6InRpbnkifSwiZGVuc2Uva2VybmVsIjp7ImR0eXBl" +
        "IjoiRjE2Iiwic2hhcGUiOlszLDJdLCJkYXRhX29mZnNldHMiOlswLDEyXX19ICAgIAA8AEAAQgBEAEUARg==";
      assertEquals(encodeBase64(await encodeSafetensors(directory)), expected);
    }),
});

Deno.test({
  name: "encodeSafetensors() places each weight where its header says, in 16 bits or 32",
  ignore,
  async fn() {
    for (const [dtype, type, size] of [["float16", "F16", 2], ["float32", "F32", 4]] as const) {
      await withSaved({ dtype, useBias: true }, async (directory) => {
        const bytes = await encodeSafetensors(directory);
        const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
        assertEquals(length % 8, 0);
        assertEquals(JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length))), {
          __metadata__: { model: "tiny" },
          "dense/kernel": { dtype: type, shape: [3, 2], data_offsets: [0, 6 * size] },
          "dense/bias": { dtype: type, shape: [2], data_offsets: [6 * size, 8 * size] },
        });
        const data = bytes.slice(8 + length).buffer;
        const values = size === 2 ? new Float16Array(data) : new Float32Array(data);
        assertEquals([...values], [1, 2, 3, 4, 5, 6, 0.5, -2]);
      });
    }
  },
});

Deno.test({
  name: "encodeSafetensors() refuses weights that are too short",
  ignore,
  fn: () =>
    withSaved({ dtype: "float16", useBias: true }, async (directory) => {
      await Deno.truncate(`${directory}/weights.bin`, 15);
      await assertRejects(
        () => encodeSafetensors(directory),
        RangeError,
        "weights.bin has 15 bytes, expected 16",
      );
    }),
});
