import * as tf from "@tensorflow/tfjs";
import { ATTRIBUTE_TYPES } from "../data_types.ts";
import { execute, inputsOf, typeAttribute } from "./execute.ts";

/**
 * Registers tf.image.transform(), which npm:@tensorflow/tfjs-node-gpu lacks, as the operation that
 * TensorFlow has for it.
 */
export function registerTransform(): void {
  tf.registerKernel({
    kernelName: "Transform",
    backendName: "tensorflow",
    kernelFunc: ({ inputs, attrs }) => {
      const [images, transforms] = inputsOf(inputs, "image", "transforms");
      const { outputShape } = attrs ?? {};
      const size = Array.isArray(outputShape) ? outputShape.map(Number) : images.shape.slice(1, 3);
      const operands = [tf.tensor1d(size, "int32"), tf.scalar(Number(attrs?.fillValue))];
      const [transformed] = execute(
        "ImageProjectiveTransformV3",
        [images, transforms, ...operands],
        {
          attributes: [
            typeAttribute("dtype", images.dtype),
            modeAttribute("interpolation", attrs?.interpolation),
            modeAttribute("fill_mode", attrs?.fillMode),
          ],
        },
      );
      tf.dispose(operands);
      return transformed;
    },
  });
}

/** TensorFlow has the names that TensorFlow.js has, in capitals. */
function modeAttribute(name: string, value: unknown) {
  return { name, type: ATTRIBUTE_TYPES.string, value: String(value).toUpperCase() };
}
