import * as tf from "@tensorflow/tfjs";

/** Remembers the weights that a model had when its score was highest. */
export class BestWeights {
  #score = -Infinity;
  #weights: tf.Tensor[] = [];
  /** The epoch of the remembered weights, or 0 if there are none. */
  epoch = 0;

  /** Copies the model's weights if `score` is higher than all before. */
  offer(model: tf.LayersModel, { epoch, score }: { epoch: number; score: number }): void {
    if (score <= this.#score) return;
    this.dispose();
    // A clone shares the values until the optimizer assigns new ones, so it costs nothing.
    this.#weights = model.getWeights().map((weight) => weight.clone());
    this.#score = score;
    this.epoch = epoch;
  }

  /** Gives the model the remembered weights back. */
  restore(model: tf.LayersModel): void {
    model.setWeights(this.#weights);
  }

  dispose(): void {
    tf.dispose(this.#weights);
    this.#weights = [];
  }
}
