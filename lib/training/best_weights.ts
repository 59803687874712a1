import * as tf from "@tensorflow/tfjs";

/** Remembers the weights that a model had when its score was highest. */
export class BestWeights {
  #weights: tf.Tensor[] = [];
  /** The epoch of the remembered weights, or 0 if there are none, and their score. */
  epoch = 0;
  score = -Infinity;

  /** Copies the model's weights if `score` is higher than all before. */
  offer(model: tf.LayersModel, { epoch, score }: { epoch: number; score: number }): void {
    if (score > this.score) this.remember(model.getWeights(), { epoch, score });
  }

  /** Copies weights that were the best. */
  remember(
    weights: readonly tf.Tensor[],
    { epoch, score }: { epoch: number; score: number },
  ): void {
    this.dispose();
    // A clone shares the values until the optimizer assigns new ones, so it costs nothing.
    this.#weights = weights.map((weight) => tf.clone(weight));
    this.score = score;
    this.epoch = epoch;
  }

  /** The remembered weights. */
  get weights(): readonly tf.Tensor[] {
    return this.#weights;
  }

  /** Gives the model the remembered weights back. */
  restore(model: tf.LayersModel): void {
    model.setWeights([...this.#weights]);
  }

  dispose(): void {
    tf.dispose(this.#weights);
    this.#weights = [];
  }
}
