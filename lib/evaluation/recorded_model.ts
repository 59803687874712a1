import * as tf from "@tensorflow/tfjs";
import { jit, type JitFunction } from "../tensorflow/mod.ts";

/** A model's output for a batch `[batch, height, width, 1]`. */
type Apply = JitFunction<[images: tf.Tensor4D], tf.Tensor>;

const recorded = new WeakMap<tf.LayersModel, Apply>();
const collected = new FinalizationRegistry<Apply>((apply) => apply.dispose());

/** A model's prediction, recorded once for all calls and released with the model. */
export function recordedModel(model: tf.LayersModel): Apply {
  const known = recorded.get(model);
  if (known !== undefined) return known;
  // Weak, or what is recorded would keep the model, and the model what is recorded.
  const reference = new WeakRef(model);
  const apply = jit((images: tf.Tensor4D) => {
    const output = reference.deref()?.apply(images);
    if (!(output instanceof tf.Tensor)) {
      throw new TypeError("Cannot predict: the model must give one tensor");
    }
    return output;
  });
  recorded.set(model, apply);
  collected.register(model, apply);
  return apply;
}
