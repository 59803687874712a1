import * as tf from "@tensorflow/tfjs";
import { type BatchGradients, trainableVariables, variablesOf } from "./gradients.ts";
import { ShardMemory, STATE } from "./shard_memory.ts";
import type { ShardStart } from "./shard_worker.ts";

/** Layers whose output for an image does not depend on the batch's others, nor on chance. */
const INDEPENDENT = new Set([
  "InputLayer",
  "Conv2D",
  "MaxPooling2D",
  "AveragePooling2D",
  "Flatten",
  "Dense",
  "Activation",
]);

/** A worker, and what is shared with it. */
interface Shard {
  readonly worker: Worker;
  readonly memory: ShardMemory;
}

/**
 * Workers that find the gradients of a batch together, each those of its shard, on the `wasm`
 * backend. The mean over the shards is the batch's gradient, but for rounding.
 */
export class Shards {
  readonly #model: tf.LayersModel;
  readonly #weights: Float32Array<SharedArrayBuffer>;
  readonly #shards: readonly Shard[];

  private constructor(
    model: tf.LayersModel,
    weights: Float32Array<SharedArrayBuffer>,
    shards: readonly Shard[],
  ) {
    this.#model = model;
    this.#weights = weights;
    this.#shards = shards;
  }

  /**
   * Whether shards give what the whole batch gives, and faster: on `wasm`, where there are
   * processors for them, for convolutional networks without batch normalisation and dropout.
   */
  static suit(model: tf.LayersModel): boolean {
    const names = model.layers.map((layer) => layer.getClassName());
    return tf.getBackend() === "wasm" && navigator.hardwareConcurrency > 1 &&
      import.meta.url.startsWith("file:") && names.includes("Conv2D") &&
      names.every((name) => INDEPENDENT.has(name));
  }

  /**
   * Starts a worker for each processor.
   *
   * @throws {Error} If one cannot start; then none runs on.
   */
  static async start(
    model: tf.LayersModel,
    { batchSize, labelSmoothing = 0 }: { batchSize: number; labelSmoothing?: number },
  ): Promise<Shards> {
    const count = Math.min(navigator.hardwareConcurrency, batchSize);
    const [size, trainable] = [model.weights, model.trainableWeights].map((weights) =>
      variablesOf(weights).reduce((sum, { size }) => sum + size, 0)
    );
    const images = Math.ceil(batchSize / count);
    const pixels = images * tf.util.sizeFromShape(model.inputs[0].shape.slice(1).map(Number));
    const layout = { gradients: trainable, pixels, images };
    const weights = new Float32Array(new SharedArrayBuffer(4 * size));
    const topology = model.toJSON();
    if (typeof topology !== "string") throw new TypeError("Cannot train: the model has no JSON");
    const shards = Array.from({ length: count }, () => ({
      worker: new Worker(new URL("./shard_worker.ts", import.meta.url), { type: "module" }),
      memory: new ShardMemory(layout),
    }));
    const started = new Shards(model, weights, shards);
    try {
      await Promise.all(
        shards.map(({ worker, memory: { buffer } }) =>
          startWorker(worker, { topology, labelSmoothing, layout, weights, buffer })
        ),
      );
      return started;
    } catch (error) {
      started.dispose();
      throw error;
    }
  }

  /** The gradients of a batch, as `gradientsOf` gives them. */
  readonly gradients = (images: tf.Tensor4D, labels: tf.Tensor1D): BatchGradients => {
    let at = 0;
    for (const variable of variablesOf(this.#model.weights)) {
      this.#weights.set(variable.dataSync<"float32">(), at);
      at += variable.size;
    }
    const total = images.shape[0];
    const working = this.#split(images, labels).map((memory) => {
      memory.waitWhile(STATE.working);
      if (memory.state === STATE.failed) throw new Error(`Cannot train: ${memory.failure}`);
      const [loss, correct] = memory.metrics;
      return { share: memory.count / total, gradients: memory.gradients, loss, correct };
    });
    const sum = new Float32Array(this.#shards[0].memory.gradients.length);
    for (const { share, gradients } of working) {
      for (let i = 0; i < sum.length; i++) sum[i] += share * gradients[i];
    }
    at = 0;
    const gradients = trainableVariables(this.#model).map(({ name, size, shape }) =>
      [name, tf.tensor(sum.slice(at, at += size), shape)] as const
    );
    return {
      gradients: Object.fromEntries(gradients),
      loss: tf.scalar(working.reduce((mean, { share, loss }) => mean + share * loss, 0)),
      correct: tf.scalar(working.reduce((sum, { correct }) => sum + correct, 0)),
    };
  };

  /** Ends the workers. */
  dispose(): void {
    for (const { memory, worker } of this.#shards) {
      memory.state = STATE.stopped;
      worker.terminate();
    }
  }

  /** Hands out a batch, and gives the memories of those shards that have any of it. */
  #split(images: tf.Tensor4D, labels: tf.Tensor1D): ShardMemory[] {
    const [total] = images.shape;
    const pixels = images.dataSync<"float32">();
    const classes = labels.dataSync<"int32">();
    const pixelsEach = pixels.length / total;
    const count = this.#shards.length;
    const most = count * this.#shards[0].memory.labels.length;
    if (total > most) {
      throw new RangeError(`Cannot train on ${total} images a step: workers hold ${most}`);
    }
    return this.#shards.map(({ memory }) => memory).filter((memory, i) => {
      const [from, to] = [i, i + 1].map((part) => Math.floor(part * total / count));
      if (from === to) return false;
      memory.pixels.set(pixels.subarray(from * pixelsEach, to * pixelsEach));
      memory.labels.set(classes.subarray(from, to));
      memory.count = to - from;
      memory.state = STATE.working;
      return true;
    });
  }
}

function startWorker(worker: Worker, start: ShardStart): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (reason: string) => reject(new Error(`Cannot start a worker: ${reason}`));
    worker.onmessage = ({ data: { failure } }: MessageEvent<{ failure?: string }>) =>
      failure === undefined ? resolve() : fail(failure);
    worker.onerror = (event) => {
      event.preventDefault();
      fail(event.message);
    };
    worker.postMessage(start);
  });
}
