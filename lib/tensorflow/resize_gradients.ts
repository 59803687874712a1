import * as tf from "@tensorflow/tfjs";
import { inputsOf } from "./kernels/execute.ts";
import { replaceKernel } from "./replace_kernel.ts";

/** The rows, or columns, that a row of a resized image is made of, and the share of each. */
type Source = readonly { at: number; share: number }[];

/**
 * Registers the gradients of resized images as plain JavaScript, each pixel's sent back to those
 * that it was made of. The `cpu` backend of TensorFlow.js and the packages of the others leave out
 * `halfPixelCenters`; the first, besides, gives a batch of one the shape of its first image's row.
 */
export function registerResizeGradients(): void {
  for (const method of ["Bilinear", "NearestNeighbor"] as const) {
    replaceKernel(`Resize${method}Grad`, "cpu", ({ inputs, attrs = {} }) => {
      const [dy, { shape }] = inputsOf(inputs, "dy", "images");
      const host = tf.findBackend("cpu");
      const [, height, width, channels] = shape;
      const [, outHeight, outWidth] = dy.shape;
      const sourcesOf = (length: number, out: number) =>
        Array.from(
          { length: out },
          (_, i) => (method === "Bilinear" ? between : nearest)(i, { length, out, attrs }),
        );
      const [rows, columns] = [sourcesOf(height, outHeight), sourcesOf(width, outWidth)];
      const dx = new Float32Array(tf.util.sizeFromShape(shape));
      let from = 0;
      const given = Float32Array.from(host.readSync(dy.dataId), Number);
      for (let image = 0; image < shape[0]; image++) {
        for (const row of rows) {
          for (const column of columns) {
            for (const y of row) {
              for (const x of column) {
                const to = ((image * height + y.at) * width + x.at) * channels;
                for (let channel = 0; channel < channels; channel++) {
                  dx[to + channel] += y.share * x.share * given[from + channel];
                }
              }
            }
            from += channels;
          }
        }
      }
      return { dataId: host.write(dx, shape, "float32"), shape, dtype: "float32" };
    });
  }
}

/** How long an axis was and is, and whether corners or centres of pixels lie on each other. */
interface Axis {
  readonly length: number;
  readonly out: number;
  readonly attrs: tf.NamedAttrMap;
}

const scaleOf = ({ length, out, attrs }: Axis) =>
  attrs.alignCorners && out > 1 ? (length - 1) / (out - 1) : length / out;

function between(i: number, axis: Axis): Source {
  const scale = scaleOf(axis);
  const place = axis.attrs.halfPixelCenters ? (i + 0.5) * scale - 0.5 : i * scale;
  const below = Math.floor(place);
  const last = axis.length - 1;
  return [
    { at: Math.max(0, below), share: 1 - (place - below) },
    { at: Math.max(0, Math.min(last, below + 1)), share: place - below },
  ];
}

function nearest(i: number, axis: Axis): Source {
  const scale = scaleOf(axis);
  const place = axis.attrs.halfPixelCenters ? (i + 0.5) * scale : i * scale;
  const rounded = axis.attrs.alignCorners ? Math.round(place) : Math.floor(place);
  return [{ at: Math.max(0, Math.min(axis.length - 1, rounded)), share: 1 }];
}
