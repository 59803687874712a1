/**
 * `run_cases.ts SEED FROM TO RESULTS`: computes cases on TensorFlow as its environment has it, each
 * twice eagerly and twice as a graph, and adds a line for each case to the file RESULTS.
 *
 * @module
 */
import { encodeBase64 } from "@std/encoding";
import * as tf from "@tensorflow/tfjs";
import { initBackend, jit } from "../../lib/tensorflow/mod.ts";
import { caseOf } from "./cases.ts";

/** What a case gave: of each way, the tensors; or what it threw. */
export type CaseResult = Readonly<Record<string, Computed>>;

export type Computed = { readonly tensors: ComputedTensor[] } | { readonly error: string };

export interface ComputedTensor {
  readonly shape: number[];
  /** Float32 numbers in base 64. */
  readonly values: string;
}

if (import.meta.main) {
  const [seed, from, to] = Deno.args.map(Number);
  await initBackend({ backend: "tensorflow" });
  using file = Deno.openSync(Deno.args[3], { append: true });
  for (let number = from; number < to; number++) {
    const line = `${JSON.stringify(computeCase(seed, number))}\n`;
    file.writeSync(new TextEncoder().encode(line));
  }
}

function computeCase(seed: number, number: number): CaseResult {
  const { inputs, compute } = caseOf(seed, number);
  const tensors = inputs.map(({ shape, values }) => tf.tensor(values, shape));
  const graph = jit((...tensors: tf.Tensor[]) => compute(tensors));
  const eager = () => tf.tidy(() => compute(tensors));
  try {
    const results = { eager: attempt(eager), "eager again": attempt(eager) };
    // The first two calls are not replayed.
    for (let call = 0; call < 2; call++) attempt(() => graph(...tensors));
    const replay = () => graph(...tensors);
    return { ...results, graph: attempt(replay), "graph again": attempt(replay) };
  } finally {
    graph.dispose();
    tf.dispose(tensors);
  }
}

function attempt(compute: () => tf.Tensor[]): Computed {
  try {
    const results = compute();
    const tensors = results.map((tensor) => {
      const { buffer, byteOffset, byteLength } = Float32Array.from(tensor.dataSync());
      return {
        shape: tensor.shape,
        values: encodeBase64(new Uint8Array(buffer, byteOffset, byteLength)),
      };
    });
    tf.dispose(results);
    return { tensors };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}
