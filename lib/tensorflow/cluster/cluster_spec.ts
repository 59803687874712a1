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
 * and SageMaker tell a process its place in a cluster. `undefined` if it is not set, names no
 * cluster, as `{}` does, or describes one process alone. What it may look like is what
 * `tf.distribute.cluster_resolver.TFConfigClusterResolver` takes: addresses as an array or by their
 * indices (`{"0": "host:port"}`), and the index of a task as a number or a text.
 *
 * A task of the kind `chief` or `master` counts as the first worker, those of the kind `worker`
 * follow. Parameter servers are of no use to synchronous training and are passed over.
 *
 * @throws {SyntaxError} If it is not JSON.
 * @throws {TypeError} If the task is missing, or it or the cluster is of another form.
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
  if (!isObject(config)) throw unexpected("", config, "an object");
  const { cluster = {}, task } = config;
  if (!isObject(cluster)) throw unexpected("cluster", cluster, "an object");
  if (Object.keys(cluster).length === 0) return undefined;
  if (!isObject(task)) throw unexpected("task", task, "an object");
  const { type, index: given } = task;
  if (typeof type !== "string") throw unexpected("task.type", type, "a text");
  const index = wholeNumber(given);
  if (index === undefined) throw unexpected("task.index", given, "a whole number from 0");
  const jobs = [...CHIEFS, "worker"].map((kind) => ({ kind, tasks: tasksOf(kind, cluster) }));
  const tasks = jobs.flatMap(({ kind, tasks }) =>
    tasks.map(([index, address]) => ({ kind, index, address }))
  );
  const workers = tasks.map(({ address }) => address);
  assertAddresses(workers);
  const place = tasks.findIndex((task) => task.kind === type && task.index === index);
  if (place < 0) {
    const known = jobs.filter(({ tasks }) => tasks.length > 0)
      .map(({ kind, tasks }) => `${kind} ${tasks.map(([index]) => index).join(", ")}`).join("; ");
    throw new RangeError(
      `Cannot read TF_CONFIG: task is ${type} ${index}, expected one of ` +
        (known || "cluster's workers"),
    );
  }
  return workers.length === 1 ? undefined : { workers, index: place };
}

/** The addresses of a kind of tasks with their indices, in order. */
function tasksOf(
  kind: string,
  cluster: Record<string, unknown>,
): [index: number, address: string][] {
  const named = kind in cluster ? cluster[kind] : [];
  const expected = "addresses as an array or by their indices";
  if (!isObject(named) && !Array.isArray(named)) {
    throw unexpected(`cluster.${kind}`, named, expected);
  }
  const tasks: [index: number, address: string][] = [];
  for (const [key, address] of Object.entries(named)) {
    const index = wholeNumber(key);
    if (index === undefined || typeof address !== "string") {
      throw unexpected(`cluster.${kind}`, named, expected);
    }
    tasks.push([index, address]);
  }
  return tasks.toSorted(([a], [b]) => a - b);
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

/** A number as JSON has it, or as a text; `undefined` if it is none. */
function wholeNumber(value: unknown): number | undefined {
  const number = typeof value === "string" && /^(0|[1-9]\d*)$/.test(value) ? Number(value) : value;
  const isIndex = typeof number === "number" && Number.isSafeInteger(number) && number >= 0;
  return isIndex ? number : undefined;
}

function unexpected(name: string, value: unknown, expected: string): TypeError {
  const text = JSON.stringify(value) ?? "missing";
  return new TypeError(
    `Cannot read TF_CONFIG: ${name === "" ? "it" : name} is ${text}, expected ${expected}`,
  );
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
