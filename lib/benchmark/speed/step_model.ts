/** What was measured of a training step on some workers. */
export interface MeasuredStep {
  /** Images of all workers together. */
  readonly batchSize: number;
  readonly workers: number;
  /** Seconds of a step, and of the reduction of its gradients alone. */
  readonly step: number;
  readonly reduction: number;
  /** Bytes that are reduced. */
  readonly bytes: number;
}

/** A model of what a step takes: seconds, bytes, bytes a second. */
export interface StepModel {
  /** What a step takes whatever its batch is, and for each image. */
  readonly fixed: number;
  readonly perImage: number;
  /** What is reduced, and how fast a processor handles what it sends. */
  readonly bytes: number;
  readonly handled: number;
}

/** Seconds that a message takes at least: in a data centre's network, by assumption. */
const LATENCY = 1e-4;

/**
 * A network's model, from steps of one worker with two sizes of batch and one of several workers
 * between which nothing but the processor limits what is sent.
 *
 * @throws {RangeError} If these are not among the measured steps.
 */
export function stepModel(measured: readonly MeasuredStep[]): StepModel {
  const alone = measured.filter(({ workers }) => workers === 1)
    .toSorted((a, b) => a.batchSize - b.batchSize);
  const together = measured.find(({ workers }) => workers > 1);
  if (alone.length < 2 || together === undefined) {
    throw new RangeError(
      `Cannot model a step: ${alone.length} of the measured steps are by one worker, ` +
        `${measured.length - alone.length} by several; expected at least 2 and 1`,
    );
  }
  const [small, large] = [alone[0], alone[alone.length - 1]];
  const perImage = (large.step - small.step) / (large.batchSize - small.batchSize);
  const { bytes, workers, reduction } = together;
  const handled = sentBytes(bytes, workers) / reduction;
  return { fixed: large.step - large.batchSize * perImage, perImage, bytes, handled };
}

/**
 * Seconds that a step of N workers takes by a model: the fixed part and an Nth of the batch's
 * images, then the ring, in which each worker sends 2 (N - 1) / N times the gradients' bytes, at the
 * network's rate and at the rate at which its processor handles them, in 2 (N - 1) messages of a
 * tenth of a millisecond each.
 */
export function modelledStep(
  { fixed, perImage, bytes, handled }: StepModel,
  { batchSize, workers, bitsPerSecond }: {
    readonly batchSize: number;
    readonly workers: number;
    readonly bitsPerSecond: number;
  },
): number {
  const arithmetic = fixed + perImage * batchSize / workers;
  const sending = sentBytes(bytes, workers) * (8 / bitsPerSecond + 1 / handled);
  return arithmetic + sending + 2 * (workers - 1) * LATENCY;
}

/** What each worker of a ring sends, and receives. */
function sentBytes(bytes: number, workers: number): number {
  return 2 * (workers - 1) / workers * bytes;
}
