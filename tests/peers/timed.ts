import type * as tf from "@tensorflow/tfjs";

/** The seconds that some calls take, until the last one's result is there. */
export async function timed(times: number, run: () => tf.Tensor): Promise<number> {
  const started = performance.now();
  for (let i = 1; i <= times; i++) {
    const result = run();
    if (i === times) await result.data();
    result.dispose();
  }
  return (performance.now() - started) / 1000;
}
