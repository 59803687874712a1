import type * as tf from "@tensorflow/tfjs";
import { grouped } from "./numbers.ts";
import { type Table, table } from "./table.ts";

/**
 * A model's layers as a table: what each is, the shape of its output for one image, and how many
 * parameters it has; those that no gradient changes (the moving averages of batch normalisations)
 * apart.
 */
export function layerTable(model: tf.LayersModel): Table {
  const rows = model.layers.map((layer) => {
    const trainable = count(layer.trainableWeights);
    return {
      layer: layer.name,
      kind: describe(layer),
      output: [layer.outputShape].flat(2).slice(1).join(" x "),
      parameters: trainable,
      "not trained": layer.countParams() - trainable,
    };
  });
  const total = rows.reduce((sum, { parameters }) => sum + parameters, 0);
  const frozen = rows.reduce((sum, row) => sum + row["not trained"], 0);
  const end = { kind: "", output: "", parameters: total, "not trained": frozen };
  return table([...rows, { layer: "total", ...end }], {
    caption: `${grouped(total + frozen)} parameters in all.`,
  });
}

/** `Conv2D 3x3 relu`, `Dense relu`, `Dropout 0.25`. */
function describe(layer: tf.layers.Layer): string {
  const { kernelSize, poolSize, activation, rate } = layer.getConfig();
  const details = [kernelSize ?? poolSize, activation === "linear" ? undefined : activation, rate]
    .filter((detail) => detail !== undefined && detail !== null)
    .map((detail) => Array.isArray(detail) ? detail.join("x") : String(detail));
  return [layer.getClassName(), ...details].join(" ");
}

const count = (weights: readonly tf.LayerVariable[]) =>
  weights.reduce((sum, weight) => sum + weight.shape.reduce<number>((a, b) => a * (b ?? 1), 1), 0);
