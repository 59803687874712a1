/** What a worker is doing. */
export const STATE = { idle: 0, working: 1, done: 2, failed: 3, stopped: 4 } as const;

/** How much a {@linkcode ShardMemory} holds. */
export interface ShardLayout {
  /** Numbers of the gradients by all trainable weights. */
  readonly gradients: number;
  /** Pixels of all images of the largest shard. */
  readonly pixels: number;
  /** Images of the largest shard. */
  readonly images: number;
}

const TEXT_LENGTH = 1024;

/** What a worker and the thread that it works for share: a shard of a batch, and its gradients. */
export class ShardMemory {
  /** The state, how many images there are, and how long the failure's text is. */
  readonly control: Int32Array<SharedArrayBuffer>;
  /** The shard's mean loss, and how many predictions are correct. */
  readonly metrics: Float32Array<SharedArrayBuffer>;
  readonly gradients: Float32Array<SharedArrayBuffer>;
  readonly pixels: Float32Array<SharedArrayBuffer>;
  readonly labels: Int32Array<SharedArrayBuffer>;
  readonly #text: Uint8Array<SharedArrayBuffer>;

  /** `buffer` is that of the other thread's memory; a new one if not given. */
  constructor(
    { gradients, pixels, images }: ShardLayout,
    readonly buffer: SharedArrayBuffer = new SharedArrayBuffer(
      4 * (5 + gradients + pixels + images) + TEXT_LENGTH,
    ),
  ) {
    let at = 0;
    const next = (length: number) => [buffer, 4 * (at += length) - 4 * length, length] as const;
    this.control = new Int32Array(...next(3));
    this.metrics = new Float32Array(...next(2));
    this.gradients = new Float32Array(...next(gradients));
    this.pixels = new Float32Array(...next(pixels));
    this.labels = new Int32Array(...next(images));
    this.#text = new Uint8Array(buffer, 4 * at, TEXT_LENGTH);
  }

  get state(): number {
    return Atomics.load(this.control, 0);
  }

  /** Changes the state, which the other thread may wait for. */
  set state(state: number) {
    Atomics.store(this.control, 0, state);
    Atomics.notify(this.control, 0);
  }

  /** How many images there are. */
  get count(): number {
    return this.control[1];
  }

  set count(count: number) {
    this.control[1] = count;
  }

  /** Waits until the state is another than this. */
  waitWhile(state: number): void {
    while (this.state === state) Atomics.wait(this.control, 0, state);
  }

  /** Why the worker failed. */
  get failure(): string {
    return new TextDecoder().decode(this.#text.slice(0, this.control[2]));
  }

  set failure(text: string) {
    const bytes = new TextEncoder().encode(text).subarray(0, TEXT_LENGTH);
    this.#text.set(bytes);
    this.control[2] = bytes.length;
  }
}
