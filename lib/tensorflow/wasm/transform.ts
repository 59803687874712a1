import * as tf from "@tensorflow/tfjs";
import { tensorInputs } from "../kernels/execute.ts";
import { replaceKernel } from "../replace_kernel.ts";

/**
 * Lets tf.image.transform() that reflects on the `wasm` backend take one image after the other: its
 * package reflects wrong, and TensorFlow.js's plain JavaScript all images but the first.
 */
export function registerReflectingTransform(): void {
  replaceKernel("Transform", "wasm", ({ inputs, attrs = {}, backend }, plain) => {
    const [images, transforms] = tensorInputs(inputs, "image", "transforms");
    if (attrs.fillMode !== "reflect" || images.shape[0] < 2) {
      return plain({ inputs, attrs, backend });
    }
    return tf.tidy(() => {
      const each = tf.split(images, images.shape[0]);
      const moves = transforms.shape[0] === 1 ? [] : tf.split(transforms, transforms.shape[0]);
      return tf.concat(each.map((image, i) => {
        const operands = { image, transforms: moves[i] ?? transforms };
        return tf.engine().runKernel<tf.Tensor>("Transform", operands, attrs);
      }));
    });
  });
}
