/**
 * A short run that writes a checkpoint after every step and goes on from the last one, for the
 * tests that kill it: says "started", then the SHA-256 of the weights that it ends with.
 *
 *     deno run -A tests/training/tiny_run.ts tensorflow FOLDER EPOCHS
 */
import { encodeHex } from "@std/encoding";
import * as tf from "@tensorflow/tfjs";
import { initBackend } from "../../lib/tensorflow/mod.ts";
import { fitRecipe } from "../../lib/training/mod.ts";
import { tinyDataset, weightValues } from "./tiny.ts";
import { RECIPE, tinyNet } from "./tiny_net.ts";

const [backend, directory, epochs] = Deno.args;
if (backend === "tensorflow") await initBackend({ backend });
else await tf.setBackend("cpu");
const model = tinyNet();
console.log("started");
await fitRecipe(model, tinyDataset(200, { seed: 0 }), {
  recipe: { ...RECIPE, epochs: Number(epochs) },
  seed: 0,
  checkpoints: { directory, minutes: 0, resume: true },
});
const weights = new Float32Array(weightValues(model));
console.log(encodeHex(await crypto.subtle.digest("SHA-256", weights)));
