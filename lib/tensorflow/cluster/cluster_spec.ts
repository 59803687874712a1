/** The workers of a cluster and which of them this process is. */
export interface ClusterSpec {
  /** Their addresses, `host:port`; the first is the chief. */
  readonly workers: readonly string[];
  /** This process's place among them. */
  readonly index: number;
}

/** The kinds of tasks that train; a `chief` or `master` is the first worker. */
const CHIEFS = ["chief", "master"];

/**
 * Reads the environment variable `TF_CONFIG`, by which Keras, Kubeflow's training operator, Vertex
 * and SageMaker tell a process its place in a cluster. `undefined` if it is not set or empty, or
 * describes one process alone.
 *
 * A task of the kind `chief` or `master` counts as the first worker, those of the kind `worker`
 * follow. Parameter servers are of no use to synchronous training and are passed over.
 *
 * @throws {SyntaxError} If it is not JSON.
 * @throws {TypeError} If the cluster or the task is missing or of another form.
 * @throws {RangeError} If an address has no port or stands there twice, or if the task is not one
 *   of those that train.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { parseClusterSpec } from "./cluster_spec.ts";
 *
 * const spec = parseClusterSpec(`{
 *   "cluster": { "worker": ["10.0.0.1:2222", "10.0.0.2:2222"] },
 *   "task": { "type": "worker", "index": 1 }
 * }`);
 * assertEquals(spec, { workers: ["10.0.0.1:2222", "10.0.0.2:2222"], index: 1 });
 * ```
 */
export function clusterSpec(): ClusterSpec | undefined {
  const { state } = Deno.permissions.querySync({ name: "env", variable: "TF_CONFIG" });
  const text = state === "granted" ? Deno.env.get("TF_CONFIG") : undefined;
  return text ? parseClusterSpec(text) : undefined;
}

/** The text of `TF_CONFIG`, read as {@linkcode clusterSpec} does. */
export function parseClusterSpec(text: string): ClusterSpec | undefined {
  let config: unknown;
  try {
    config = JSON.parse(text);
  } catch (cause) {
    throw new SyntaxError("Cannot read TF_CONFIG: it is not JSON", { cause });
  }
  const cluster = field(config, "cluster", isObject, "an object");
  const task = field(config, "task", isObject, "an object");
  const type = field(task, "type", isText, "a text", "task.");
  const index = field(task, "index", isIndex, "a whole number from 0", "task.");
  const of = (kind: string) => addresses(cluster, kind);
  const kinds = [...CHIEFS, "worker"];
  const workers = kinds.flatMap(of);
  assertAddresses(workers);
  const before = kinds.slice(0, kinds.indexOf(type)).flatMap(of).length;
  if (!kinds.includes(type) || index >= of(type).length) {
    throw new RangeError(
      `Cannot read TF_CONFIG: task is ${type} ${index}, expected one of ${
        kinds.filter((kind) => of(kind).length > 0)
          .map((kind) => `${kind} 0 to ${of(kind).length - 1}`).join(", ") || "cluster's workers"
      }`,
    );
  }
  return workers.length === 1 ? undefined : { workers, index: before + index };
}

function addresses(cluster: object, kind: string): string[] {
  if (!(kind in cluster)) return [];
  return field(cluster, kind, isTexts, "an array of addresses", "cluster.");
}

function assertAddresses(workers: readonly string[]): void {
  for (const [i, address] of workers.entries()) {
    const port = Number(/^[^\s/]+:(\d+)$/.exec(address)?.[1]);
    if (!(port >= 1 && port <= 65_535)) {
      throw new RangeError(
        `Cannot read TF_CONFIG: an address is ${JSON.stringify(address)}, expected host:port`,
      );
    }
    if (workers.indexOf(address) < i) {
      throw new RangeError(`Cannot read TF_CONFIG: ${address} is the address of two workers`);
    }
  }
}

function field<T>(
  object: unknown,
  name: string,
  is: (value: unknown) => value is T,
  expected: string,
  prefix = "",
): T {
  const value = isObject(object) ? new Map(Object.entries(object)).get(name) : undefined;
  if (is(value)) return value;
  throw new TypeError(
    `Cannot read TF_CONFIG: ${prefix}${name} is ${JSON.stringify(value) ?? "missing"}, ` +
      `expected ${expected}`,
  );
}

const isObject = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === "string";
const isTexts = (value: unknown): value is string[] => Array.isArray(value) && value.every(isText);
const isIndex = (value: unknown): value is number =>
  typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
