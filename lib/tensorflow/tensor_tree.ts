import * as tf from "@tensorflow/tfjs";

/** A tensor, or arrays and objects of tensors, or nothing. */
export type TensorTree =
  | tf.Tensor
  | TensorTree[]
  | { [key: string]: TensorTree }
  | void;

/**
 * The tensors of a tree, in order.
 *
 * @param what What the tree is, for the message.
 * @throws {TypeError} If there is anything else in it, such as a number.
 */
export function tensorsOf(tree: unknown, what: string): tf.Tensor[] {
  if (tree === undefined || tree === null) return [];
  if (tree instanceof tf.Tensor) return [tree];
  if (Array.isArray(tree)) return tree.flatMap((branch) => tensorsOf(branch, what));
  if (typeof tree === "object" && isPlain(tree)) {
    return Object.values(tree).flatMap((branch) => tensorsOf(branch, what));
  }
  throw new TypeError(
    `Cannot run a jit function: ${what} hold ${describe(tree)}, and must be tensors (nested in ` +
      "arrays and objects if need be), as a recording would keep anything else as it is now",
  );
}

/** The same tree with other tensors in it. */
export function mapTensors<T>(tree: T, map: (tensor: tf.Tensor) => tf.Tensor): T;
export function mapTensors(tree: unknown, map: (tensor: tf.Tensor) => tf.Tensor): unknown {
  if (tree instanceof tf.Tensor) return map(tree);
  if (Array.isArray(tree)) return tree.map((branch) => mapTensors(branch, map));
  if (typeof tree !== "object" || tree === null) return tree;
  return Object.fromEntries(
    Object.entries(tree).map(([key, branch]) => [key, mapTensors(branch, map)]),
  );
}

/** What has to be equal for two trees to go through the same recording. */
export function signatureOf(tree: unknown): string {
  return JSON.stringify(
    tree,
    (_, value) => value instanceof tf.Tensor ? `${value.dtype} [${value.shape}]` : value,
  );
}

function isPlain(object: object): boolean {
  const prototype = Object.getPrototypeOf(object);
  return prototype === Object.prototype || prototype === null;
}

function describe(value: unknown): string {
  if (typeof value !== "object" || value === null) return `the ${typeof value} ${String(value)}`;
  return `a ${value.constructor.name}`;
}
