import type * as tf from "@tensorflow/tfjs";
import type { OperationAttribute } from "../attributes.ts";
import { ATTRIBUTE_TYPES } from "../data_types.ts";
import { typeAttribute } from "../kernels/mod.ts";

/** How the workers' values become one, element by element. */
export const REDUCTIONS = {
  sum: ["Add", "Id"],
  mean: ["Add", "Div"],
  max: ["Max", "Id"],
  min: ["Min", "Id"],
} as const;

/** The name of one of the ways. */
export type Reduction = keyof typeof REDUCTIONS;

/** An operation in which all workers take part. */
export interface Collective {
  readonly name: string;
  readonly attributes: OperationAttribute[];
  /** What comes before the keys among its inputs, and what after them. */
  readonly before: tf.Tensor[];
  readonly after?: tf.Tensor[];
}

const text = (name: string, value: string) => ({ name, type: ATTRIBUTE_TYPES.string, value });

/** By a ring, in which each worker passes on to the next what the one before has given it. */
const COMMUNICATION = text("communication_hint", "ring");

/**
 * Each worker's tensor, all of one shape, becomes one.
 *
 * Source: Patarasuk and Yuan, "Bandwidth Optimal All-reduce Algorithms for Clusters of
 * Workstations", 2009.
 */
export function reduction(tensor: tf.Tensor, operation: Reduction): Collective {
  const [merge, final] = REDUCTIONS[operation];
  return {
    name: "CollectiveReduceV2",
    attributes: [
      typeAttribute("T", tensor.dtype),
      text("merge_op", merge),
      text("final_op", final),
      COMMUNICATION,
    ],
    before: [tensor],
  };
}

/** One worker's tensor goes to the others. */
export function sending(tensor: tf.Tensor): Collective {
  return {
    name: "CollectiveBcastSendV2",
    attributes: [typeAttribute("T", tensor.dtype), COMMUNICATION],
    before: [tensor],
  };
}

/** The others' part of it: they have to know the tensor's shape and type. */
export function receiving(dtype: tf.DataType, shape: tf.Tensor): Collective {
  return {
    name: "CollectiveBcastRecvV2",
    attributes: [typeAttribute("T", dtype), COMMUNICATION],
    before: [],
    after: [shape],
  };
}
