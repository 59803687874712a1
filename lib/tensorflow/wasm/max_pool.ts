import * as tf from "@tensorflow/tfjs";
import { tensorInputs } from "../kernels/execute.ts";
import { paddingOf, pairOf, roundingOf, shapeOf } from "./attributes.ts";
import { replaceKernel } from "../replace_kernel.ts";

/**
 * Registers the gradient of tf.maxPool() on the `wasm` backend, whose package searches every
 * window again for each of its pixels. A window's gradient goes to its first maximum.
 */
export function registerMaxPoolGradient(): void {
  replaceKernel("MaxPoolGrad", "wasm", ({ inputs, attrs = {} }) => {
    const [dy, input] = tensorInputs(inputs, "dy", "input");
    const { shape } = input;
    const gradient = maxPoolGradient(
      input.dataSync<"float32">(),
      dy.dataSync<"float32">(),
      tf.backend_util.computePool2DInfo(
        shapeOf(shape),
        pairOf(attrs.filterSize),
        pairOf(attrs.strides),
        1,
        paddingOf(attrs.pad),
        roundingOf(attrs.dimRoundingMode),
      ),
    );
    const dataId = tf.engine().backend.write(gradient, shape, "float32");
    return { dataId, shape, dtype: "float32" };
  });
}

function maxPoolGradient(
  x: Float32Array,
  dy: Float32Array,
  info: tf.backend_util.Conv2DInfo,
): Float32Array {
  const { batchSize, inHeight, inWidth, inChannels: channels, outHeight, outWidth } = info;
  const { filterHeight, filterWidth, strideHeight, strideWidth, padInfo } = info;
  const dx = new Float32Array(x.length);
  const greatest = new Float32Array(channels);
  const places = new Int32Array(channels);
  let from = 0;
  for (let image = 0; image < batchSize; image++) {
    for (let row = 0; row < outHeight; row++) {
      const top = row * strideHeight - padInfo.top;
      const rowEnd = Math.min(inHeight, top + filterHeight);
      for (let column = 0; column < outWidth; column++) {
        const left = column * strideWidth - padInfo.left;
        const columnEnd = Math.min(inWidth, left + filterWidth);
        greatest.fill(-Infinity);
        places.fill(-1);
        // Channels innermost, as they lie side by side.
        for (let y = Math.max(0, top); y < rowEnd; y++) {
          for (let across = Math.max(0, left); across < columnEnd; across++) {
            const start = ((image * inHeight + y) * inWidth + across) * channels;
            for (let channel = 0; channel < channels; channel++) {
              const value = x[start + channel];
              if (value > greatest[channel]) {
                greatest[channel] = value;
                places[channel] = start + channel;
              }
            }
          }
        }
        for (let channel = 0; channel < channels; channel++) {
          if (places[channel] >= 0) dx[places[channel]] += dy[from + channel];
        }
        from += channels;
      }
    }
  }
  return dx;
}
