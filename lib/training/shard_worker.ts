/// <reference no-default-lib="true" />
/// <reference lib="deno.worker" />
/**
 * A worker of `Shards`: it finds the gradients of its shard of each batch, on a `wasm` backend of
 * its own with one thread.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { initBackend } from "../tensorflow/mod.ts";
import { gradientsOf, trainableVariables, variablesOf } from "./gradients.ts";
import { type ShardLayout, ShardMemory, STATE } from "./shard_memory.ts";

/** What a worker is told first. */
export interface ShardStart {
  /** The model, as TensorFlow.js writes it. */
  readonly topology: string;
  readonly labelSmoothing: number;
  readonly layout: ShardLayout;
  readonly buffer: SharedArrayBuffer;
  /** All weights, one after the other. */
  readonly weights: Float32Array<SharedArrayBuffer>;
}

self.onmessage = async ({ data }: MessageEvent<ShardStart>) => {
  const memory = new ShardMemory(data.layout, data.buffer);
  try {
    await initBackend({ backend: "wasm", threads: 1 });
    const model = await tf.models.modelFromJSON(JSON.parse(data.topology));
    self.postMessage({});
    for (;;) {
      memory.waitWhile(STATE.idle);
      memory.waitWhile(STATE.done);
      if (memory.state === STATE.stopped) return self.close();
      tf.tidy(() => work(model, memory, data));
      memory.state = STATE.done;
    }
  } catch (error) {
    memory.failure = error instanceof Error ? error.message : String(error);
    memory.state = STATE.failed;
    self.postMessage({ failure: memory.failure });
  }
};

function work(model: tf.LayersModel, memory: ShardMemory, { weights, labelSmoothing }: ShardStart) {
  let at = 0;
  for (const variable of variablesOf(model.weights)) {
    variable.assign(tf.tensor(weights.slice(at, at += variable.size), variable.shape));
  }
  const [, height, width, channels] = model.inputs[0].shape.map(Number);
  const { count } = memory;
  const shape: [number, number, number, number] = [count, height, width, channels];
  const images = tf.tensor4d(memory.pixels.slice(0, count * height * width * channels), shape);
  const labels = tf.tensor1d(memory.labels.slice(0, count), "int32");
  const { gradients, loss, correct } = gradientsOf(model, { labelSmoothing })(images, labels);
  at = 0;
  for (const { name, size } of trainableVariables(model)) {
    memory.gradients.set(gradients[name].dataSync<"float32">(), at);
    at += size;
  }
  memory.metrics.set([loss.dataSync()[0], correct.dataSync()[0]]);
}
