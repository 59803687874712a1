import * as tf from "@tensorflow/tfjs";

/** Loss and accuracy over the images seen so far. */
export interface Means {
  /** Mean sparse categorical cross-entropy, in nats. */
  loss: number;
  /** The share of correct predictions, in [0, 1]. */
  accuracy: number;
}

/** What the means so far are made of. */
export interface Sums {
  readonly batches: number;
  readonly images: number;
  /** The images' losses, added up. */
  readonly loss: number;
  readonly correct: number;
}

/**
 * The means over an epoch's batches, weighted by their sizes, as Keras reports them: each batch
 * with the weights that it met. What the steps give stays in tensors until it is read, because
 * reading makes the host wait for the device.
 */
export class RunningMeans {
  readonly #action: string;
  #unread: { metrics: tf.Tensor1D; images: number }[] = [];
  #batches: number;
  #images: number;
  #loss: number;
  #correct: number;

  /**
   * `action` is what cannot go on if a loss is not finite, for the error's message; `sums` are
   * those of earlier batches.
   */
  constructor({ action, sums }: { action: string; sums?: Sums }) {
    this.#action = action;
    this.#batches = sums?.batches ?? 0;
    this.#images = sums?.images ?? 0;
    this.#loss = sums?.loss ?? 0;
    this.#correct = sums?.correct ?? 0;
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
    await this.sums();
    return { loss: this.#loss / this.#images, accuracy: this.#correct / this.#images };
  }

  /** What the means so far are made of. @throws {RangeError} As {@linkcode read} does. */
  async sums(): Promise<Sums> {
    if (this.#unread.length > 0) await this.#readOut();
    return {
      batches: this.#batches,
      images: this.#images,
      loss: this.#loss,
      correct: this.#correct,
    };
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
