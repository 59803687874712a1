import * as tf from "@tensorflow/tfjs";
import type { Cluster } from "../tensorflow/mod.ts";
import type { Position } from "./checkpoints.ts";

/** How many random tensors a worker may draw before its numbers are those of the next. */
const DRAWS = 2 ** 26;

/**
 * Gives all workers the chief's state and its position in the run, which is returned. Only what
 * counts random draws differs from worker to worker: each augments and drops out by numbers of its
 * own.
 */
export async function sameStart(
  cluster: Cluster,
  state: ReadonlyMap<string, tf.Variable>,
  position: Position,
): Promise<Position> {
  for (const [name, variable] of state) {
    const sent = await cluster.broadcast(variable);
    const own = name.startsWith("draws/")
      ? tf.tidy(() => tf.add(sent, tf.scalar(DRAWS * cluster.index, "int32")))
      : sent;
    variable.assign(own);
    tf.dispose([sent, own]);
  }
  const text = await cluster.broadcastText(JSON.stringify(position));
  const sent: unknown = JSON.parse(text);
  if (!isPosition(sent)) throw new RangeError(`Cannot train: the chief is at ${text}`);
  return sent;
}

/** The chief has the same code, as was asserted: what it sends is a position. */
function isPosition(value: unknown): value is Position {
  return typeof value === "object" && value !== null && "epoch" in value && "sums" in value;
}
