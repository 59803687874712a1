import * as tf from "@tensorflow/tfjs";
import { replaceKernel } from "../replace_kernel.ts";
import { numbersOf, paddingOf } from "../kernel_attributes.ts";
import { tensorInputs } from "./execute.ts";

/** A pool of images: the attributes of its kernel. */
type Pool = { filterSize: number[]; strides: number[]; pad: ReturnType<typeof paddingOf> };

/**
 * Registers pools of volumes as two pools of images each, along height and width and then along
 * depth: the largest of all is the largest of the largest, and the mean the mean of means.
 *
 * TensorFlow has them as one operation each. But where oneDNN's kernel does not stand in for it,
 * such a pool begins in the wrong place if its strides are longer than its windows and the padding
 * is `same`, and the gradient of a maximum goes to what is nearly equal to it, too.
 */
export function registerPool3d(): void {
  for (const name of ["AvgPool", "MaxPool"]) {
    replaceKernel(`${name}3D`, "tensorflow", (call, original) => {
      const { attrs = {} } = call;
      if (attrs.dataFormat === "NCDHW") return original(call);
      const [x] = tensorInputs(call.inputs, "x");
      const [images, columns] = stagesOf(attrs);
      return tf.tidy(() => {
        const across = run(name, { x: imagesOf(x) }, images);
        const pooled = run(name, { x: columnsOf(across, x) }, columns);
        return volumesOf(pooled, across);
      });
    });
  }
  replaceKernel("AvgPool3DGrad", "tensorflow", ({ inputs, attrs = {} }) => {
    const [dy, input] = tensorInputs(inputs, "dy", "input");
    const [images, columns] = stagesOf(attrs);
    return tf.tidy(() => {
      const [batch, depth] = input.shape;
      const [, , height, width, channels] = dy.shape;
      // Of an input, the kernel looks at the shape alone.
      const shape = [batch, depth, height * width, channels];
      const across = { dataId: input.dataId, dtype: input.dtype, shape };
      const byAcross = run("AvgPoolGrad", { dy: columnsOf(dy, dy), input: across }, columns);
      const byImages = run("AvgPoolGrad", {
        dy: tf.reshape(byAcross, [batch * depth, height, width, channels]),
        input: imagesOf(input),
      }, images);
      return tf.reshape(byImages, input.shape);
    });
  });
  replaceKernel("MaxPool3DGrad", "tensorflow", ({ inputs, attrs = {} }) => {
    const [dy, input, output] = tensorInputs(inputs, "dy", "input", "output");
    const [images, columns] = stagesOf(attrs);
    return tf.tidy(() => {
      const x = imagesOf(input);
      const across = run("MaxPool", { x }, images);
      const byAcross = run("MaxPoolGrad", {
        dy: columnsOf(dy, dy),
        input: columnsOf(across, input),
        output: columnsOf(output, output),
      }, columns);
      const byImages = run("MaxPoolGrad", {
        dy: tf.reshape(byAcross, across.shape),
        input: x,
        output: across,
      }, images);
      return tf.reshape(byImages, input.shape);
    });
  });
}

/** The pool along height and width, and the one along depth. */
function stagesOf({ filterSize, strides, pad }: tf.NamedAttrMap): [images: Pool, columns: Pool] {
  const [windows, steps] = [filterSize, strides].map((value) => {
    const [depth, height = depth, width = depth] = numbersOf(value);
    return [depth, height, width];
  });
  const padding = paddingOf(pad);
  const rowsAlone: Pool["pad"] = typeof padding === "number"
    ? [[0, 0], [padding, padding], [0, 0], [0, 0]]
    : padding;
  return [
    { filterSize: windows.slice(1), strides: steps.slice(1), pad: padding },
    { filterSize: [windows[0], 1], strides: [steps[0], 1], pad: rowsAlone },
  ];
}

/** Volumes as images, one for each place along depth. */
function imagesOf(volumes: tf.Tensor): tf.Tensor {
  const [batch, depth, ...shape] = volumes.shape;
  return tf.reshape(volumes, [batch * depth, ...shape]);
}

/** What was pooled along height and width of volumes as images whose rows are depth. */
function columnsOf(pooled: tf.Tensor, { shape }: tf.Tensor): tf.Tensor {
  const [batch, depth] = shape;
  const [height, width, channels] = pooled.shape.slice(-3);
  return tf.reshape(pooled, [batch, depth, height * width, channels]);
}

/** The way back. */
function volumesOf(columns: tf.Tensor, { shape }: tf.Tensor): tf.Tensor {
  return tf.reshape(columns, [...columns.shape.slice(0, 2), ...shape.slice(-3)]);
}

function run(name: string, inputs: tf.NamedTensorInfoMap, attrs: Pool): tf.Tensor {
  const { kernelFunc } = tf.getKernel(name, "tensorflow");
  const result = kernelFunc({ inputs, attrs, backend: tf.engine().backend });
  if (!(result instanceof tf.Tensor)) throw new TypeError(`Cannot run ${name}: it gave no tensor`);
  return result;
}
