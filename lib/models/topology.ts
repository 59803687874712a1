/** A sequential model's layers as Keras's JSON has them: from the first to the last. */
export interface SequentialTopology {
  class_name: "Sequential";
  config: { name: string; layers: LayerTopology[] };
}

interface LayerTopology {
  class_name: string;
  config: object;
}

/**
 * Whether a value has the form of a sequential model. Only such models are saved and loaded:
 * TensorFlow.js never comes back from a damaged graph of layers, whose links do not meet.
 */
export function isSequential(value: unknown): value is SequentialTopology {
  return isRecord(value) && value.class_name === "Sequential" && isRecord(value.config) &&
    typeof value.config.name === "string" && Array.isArray(value.config.layers) &&
    value.config.layers.every((layer) =>
      isRecord(layer) && typeof layer.class_name === "string" && isRecord(layer.config)
    );
}

/** The same model with a softmax after its last layer. */
export function appendSoftmax({ config, ...topology }: SequentialTopology): SequentialTopology {
  const softmax = { class_name: "Softmax", config: { name: "softmax", axis: -1 } };
  return { ...topology, config: { ...config, layers: [...config.layers, softmax] } };
}

/** The same model without the softmax at its end; `undefined` if there is none. */
export function removeSoftmax(
  { config, ...topology }: SequentialTopology,
): SequentialTopology | undefined {
  if (config.layers.at(-1)?.class_name !== "Softmax") return undefined;
  return { ...topology, config: { ...config, layers: config.layers.slice(0, -1) } };
}

/** Whether a value is an object whose properties may be looked at. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
