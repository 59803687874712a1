import * as tf from "@tensorflow/tfjs";

/** Loss and accuracy over the images seen so far. */
export interface Means {
  /** Mean sparse categorical cross-entropy, in nats. */
  loss: number;
  /** The share of correct predictions, in [0, 1]. */
  accuracy: number;
}

/**
 * The means over an epoch's batches, weighted by their sizes, as Keras reports them: each batch
 * with the weights that it met. What the steps give stays in tensors until it is read, because
 * reading makes the host wait for the device.
 */
export class RunningMeans {
  readonly #action: string;
  #unread: { metrics: tf.Tensor1D; images: number }[] = [];
  #batches = 0;
  #images = 0;
  #loss = 0;
  #correct = 0;

  /** `action` is what cannot go on if a loss is not finite, for the error's message. */
  constructor({ action }: { action: string }) {
    this.#action = action;
  }

  /** Takes over one batch's `[loss, correct]`. */
  add(metrics: tf.Tensor1D, images: number): void {
    this.#unread.push({ metrics, images });
  }

  /**
   * The means so far.
   *
   * @throws {RangeError} If a loss is not finite; the message names the first such step.
   */
  async read(): Promise<Means> {
    if (this.#unread.length > 0) await this.#readOut();
    return { loss: this.#loss / this.#images, accuracy: this.#correct / this.#images };
  }

  async #readOut(): Promise<void> {
    const unread = this.#unread;
    this.#unread = [];
    const stacked = tf.stack(unread.map(({ metrics }) => metrics));
    unread.forEach(({ metrics }) => metrics.dispose());
    const values = await stacked.data().finally(() => stacked.dispose());
    for (const [row, { images }] of unread.entries()) {
      const [loss, correct] = values.subarray(2 * row);
      this.#batches++;
      if (!Number.isFinite(loss)) {
        throw new RangeError(
          `Cannot ${this.#action}: loss is ${loss} at step ${this.#batches}, must be finite`,
        );
      }
      this.#images += images;
      this.#loss += loss * images;
      this.#correct += correct;
    }
  }

  /** Disposes what was not read. */
  dispose(): void {
    this.#unread.forEach(({ metrics }) => metrics.dispose());
    this.#unread = [];
  }
}
