/**
 * A process of `deno task bench:cluster`, alone or a worker of a cluster: trains a network on random
 * images for some steps. The chief says as JSON how long a step took, and how long the reduction of
 * as many numbers alone.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { ImageDataset } from "../dataset/mod.ts";
import { type MeasuredStep, median } from "../benchmark/speed/mod.ts";
import { MODELS } from "../models/mod.ts";
import { clusterSpec, initBackend, joinCluster, randomStream } from "../tensorflow/mod.ts";
import { fit } from "../training/mod.ts";
import { oneOf } from "./options.ts";

/** How often the reduction alone is run. */
const REDUCTIONS = 15;

if (import.meta.main) {
  const [name, batchSize, steps] = Deno.args;
  const model = MODELS[oneOf("the model", name, ["small-cnn", "vgg"])]({ seed: 0 });
  const spec = clusterSpec();
  const cluster = spec && await joinCluster(spec, { heartbeatTimeout: 30 });
  if (cluster === undefined) await initBackend({ backend: "tensorflow" });
  const images = Number(batchSize) * Number(steps);
  const random = randomStream(0, "images");
  const pixels = Uint8Array.from({ length: 784 * images }, () => Math.floor(256 * random()));
  const dataset = new ImageDataset(pixels, new Uint8Array(images));
  const options = { epochs: 1, batchSize: Number(batchSize), seed: 0, warmUp: true, cluster };
  const { seconds } = await fit(model, dataset, options);
  const numbers = tf.zeros([model.countParams() + 3]);
  const reductions: number[] = [];
  for (let i = 0; cluster !== undefined && i < REDUCTIONS; i++) {
    const started = performance.now();
    (await cluster.allReduce(numbers)).dispose();
    reductions.push((performance.now() - started) / 1000);
  }
  const times: Omit<MeasuredStep, "batchSize" | "workers"> = {
    step: seconds / Number(steps),
    reduction: reductions.length === 0 ? 0 : median(reductions),
    bytes: 4 * numbers.size,
  };
  if (cluster?.isChief !== false) console.log(JSON.stringify(times));
  Deno.exit(0);
}
