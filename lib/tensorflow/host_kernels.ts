import * as tf from "@tensorflow/tfjs";

/** Whether a kernel is to be computed on the host, by what it is given. */
export type HostCase = (inputs: tf.NamedTensorInfoMap, attrs: tf.NamedAttrMap) => boolean;

/**
 * Completes a backend with the plain JavaScript kernels of TensorFlow.js's `cpu` backend: those
 * that the backend lacks, and `cases` in which its own kernel fails or is wrong. They are slow,
 * since the tensors are copied to the host and back, but they are there.
 *
 * @param cases By the kernel's name, when it is to be computed on the host.
 */
export function registerHostKernels(
  backendName: string,
  cases: Readonly<Record<string, HostCase>> = {},
): void {
  for (const { kernelName } of tf.getKernelsForBackend("cpu")) {
    const own = tf.getKernel(kernelName, backendName);
    const isCase = cases[kernelName];
    if (own !== undefined && isCase === undefined) continue;
    if (own !== undefined) tf.unregisterKernel(kernelName, backendName);
    tf.registerKernel({
      ...own,
      kernelName,
      backendName,
      kernelFunc: (call) =>
        own === undefined || isCase(call.inputs, call.attrs ?? {})
          ? runOnHost(kernelName, call)
          : own.kernelFunc(call),
    });
  }
}

let running: string | undefined;

/** The kernel that is being computed on the host, if one is. */
export function kernelOnHost(): string | undefined {
  return running;
}

type KernelCall = Parameters<tf.KernelFunc>[0];

/**
 * Runs a kernel of TensorFlow.js's `cpu` backend on tensors of the one in use.
 *
 * @throws {TypeError} If a tensor has complex numbers.
 * @throws {RangeError} If no window fits, so that the output would have less than no numbers.
 */
export function runOnHost(name: string, { inputs, attrs }: KernelCall) {
  const { kernelFunc } = tf.getKernel(name, "cpu");
  const backend = tf.engine().backend;
  const host = tf.findBackend("cpu");
  const used = new Set<object>();
  const before = running;
  running = name;
  const move = (
    { dataId, shape, dtype }: tf.TensorInfo,
    from: tf.KernelBackend,
    to: tf.KernelBackend,
  ): tf.TensorInfo => {
    if (dtype === "complex64") {
      throw new TypeError(`Cannot run ${name}: ${tf.getBackend()} has it for real numbers only`);
    }
    // TensorFlow ends the process.
    if (shape.some((length) => length < 0)) {
      throw new RangeError(`Cannot run ${name}: its output would have the shape [${shape}]`);
    }
    return { dataId: to.write(valuesOf(from, { dataId, dtype }), shape, dtype), shape, dtype };
  };
  const onHost = (input: tf.TensorInfo): tf.TensorInfo => {
    const moved = move(input, backend, host);
    used.add(moved.dataId);
    // Some kernels take what they are given for tensors.
    return Object.assign(moved, { rank: moved.shape.length });
  };
  try {
    const results = kernelFunc({
      inputs: mapInputs(inputs, onHost),
      attrs: onAllSides(attrs),
      backend: host,
    });
    const moved = [results].flat().map((result) => {
      used.add(result.dataId);
      return move(result, host, backend);
    });
    return Array.isArray(results) ? moved : moved[0];
  } finally {
    running = before;
    used.forEach((dataId) => host.disposeData(dataId, true));
  }
}

/** A tensor's values as its type has them: some kernels keep whole numbers as fractions. */
function valuesOf(
  backend: tf.KernelBackend,
  { dataId, dtype }: Pick<tf.TensorInfo, "dataId" | "dtype">,
): tf.BackendValues {
  const values = backend.readSync(dataId);
  return dtype === "int32" && values instanceof Float32Array ? Int32Array.from(values) : values;
}

/**
 * Attributes of a convolution or pool over pictures, whose padding is a number, with that for each
 * side: for one number, TensorFlow.js counts columns by the height and the stride of the rows.
 */
function onAllSides(attrs: tf.NamedAttrMap = {}): tf.NamedAttrMap {
  const { pad, strides, dataFormat } = attrs;
  if (typeof pad !== "number" || !Array.isArray(strides) || strides.length !== 2) return attrs;
  const [none, sides] = [[0, 0], [pad, pad]];
  const first = dataFormat === "NCHW";
  return { ...attrs, pad: first ? [none, none, sides, sides] : [none, sides, sides, none] };
}

/** The same inputs elsewhere: tensors by name, lists of them, and nothing for an optional one. */
function mapInputs<T>(inputs: T, map: (input: tf.TensorInfo) => tf.TensorInfo): T;
function mapInputs(inputs: unknown, map: (input: tf.TensorInfo) => tf.TensorInfo): unknown {
  if (Array.isArray(inputs)) return inputs.map((input) => mapInputs(input, map));
  if (typeof inputs !== "object" || inputs === null) return inputs;
  if (isTensorInfo(inputs)) return map(inputs);
  return Object.fromEntries(
    Object.entries(inputs).map(([name, input]) => [name, mapInputs(input, map)]),
  );
}

function isTensorInfo(input: object): input is tf.TensorInfo {
  return "dataId" in input;
}
