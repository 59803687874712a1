import * as tf from "@tensorflow/tfjs";

/** A tensor of a tree, and how it is reached, such as `argument 0.pair[1]`. */
export interface Leaf {
  readonly path: string;
  readonly tensor: tf.Tensor;
}

/**
 * The tensors of a tree in order: a tensor, or arrays and objects of tensors, or nothing.
 *
 * @param path What the tree is, for messages.
 * @throws {TypeError} If there is anything else in it, such as a number.
 */
export function leavesOf(tree: unknown, path: string): Leaf[] {
  if (tree === undefined || tree === null) return [];
  if (tree instanceof tf.Tensor) return [{ path, tensor: tree }];
  if (Array.isArray(tree)) return tree.flatMap((branch, i) => leavesOf(branch, `${path}[${i}]`));
  if (typeof tree === "object" && isPlain(tree)) {
    return Object.entries(tree).flatMap(([key, branch]) => leavesOf(branch, `${path}.${key}`));
  }
  // What its function goes on to do fails, too, and nobody is there to catch it.
  if (tree instanceof Promise) tree.catch(() => {});
  throw new TypeError(
    `Cannot run a jit function: ${path} is ${
      describe(tree)
    }, and must be a tensor (or tensors in ` +
      "arrays and objects), as a recording would keep anything else as it is now",
  );
}

/**
 * The tensors among the arguments of a call.
 *
 * @throws {TypeError} If there is anything else among them.
 * @throws {RangeError} If one was disposed.
 */
export function argumentsOf(args: readonly unknown[]): Leaf[] {
  const leaves = args.flatMap((arg, i) => leavesOf(arg, `argument ${i}`));
  const gone = leaves.find(({ tensor }) => tensor.isDisposed);
  if (gone === undefined) return leaves;
  const { path, tensor } = gone;
  throw new RangeError(
    `Cannot run a jit function: ${path}, ${tensor.dtype} [${
      tensor.shape.join(", ")
    }], was disposed`,
  );
}

/** The same tree with other tensors in it. Its arrays and objects are new ones. */
export function mapTensors<T>(tree: T, map: (tensor: tf.Tensor) => tf.Tensor): T;
export function mapTensors(tree: unknown, map: (tensor: tf.Tensor) => tf.Tensor): unknown {
  if (tree instanceof tf.Tensor) return map(tree);
  if (Array.isArray(tree)) return tree.map((branch) => mapTensors(branch, map));
  if (typeof tree !== "object" || tree === null) return tree;
  return Object.fromEntries(
    Object.entries(tree).map(([key, branch]) => [key, mapTensors(branch, map)]),
  );
}

/**
 * What has to be equal for two trees to go through the same recording. A variable is told apart
 * from all others, as a function may assign it, and a tensor that stands in several places is one,
 * as gradients by it are.
 */
export function signatureOf(tree: unknown, seen: Map<tf.Tensor, number> = new Map()): string {
  if (tree instanceof tf.Variable) return `variable ${tree.id}`;
  if (tree instanceof tf.Tensor) {
    const before = seen.get(tree);
    if (before !== undefined) return `tensor ${before}`;
    seen.set(tree, seen.size);
    return `${tree.dtype}[${tree.shape}]`;
  }
  if (Array.isArray(tree)) {
    return `[${Array.from(tree, (branch) => signatureOf(branch, seen)).join()}]`;
  }
  if (typeof tree !== "object" || tree === null) return String(tree);
  const members = Object.entries(tree)
    .map(([key, branch]) => `${JSON.stringify(key)}:${signatureOf(branch, seen)}`);
  return `{${members.join()}}`;
}

function isPlain(object: object): boolean {
  const prototype = Object.getPrototypeOf(object);
  return (prototype === Object.prototype || prototype === null) &&
    Object.getOwnPropertySymbols(object).length === 0;
}

function describe(value: unknown): string {
  if (typeof value !== "object" || value === null) return `the ${typeof value} ${String(value)}`;
  const name: unknown = value.constructor?.name;
  return name === "Object" || name === undefined
    ? "an object with a symbol for a key"
    : `a ${name}`;
}
