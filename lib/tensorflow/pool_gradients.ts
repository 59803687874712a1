import * as tf from "@tensorflow/tfjs";
import { inputsOf } from "./kernels/execute.ts";
import { replaceKernel } from "./replace_kernel.ts";
import { explicitPadding, numbersOf } from "./kernel_attributes.ts";

/** How windows go over pictures: lengths by depth, height and width, of which pictures lack one. */
interface Pool {
  readonly batch: number;
  readonly channels: number;
  readonly input: readonly number[];
  readonly output: readonly number[];
  readonly filter: readonly number[];
  readonly strides: readonly number[];
  /** Rows of padding before the first. */
  readonly before: readonly number[];
}

/**
 * Registers the gradients of pools, in 2d and 3d, as plain JavaScript. TensorFlow.js's `cpu`
 * backend divides an average's by the window's size also where a part of that is padding, which was
 * not counted, and loses some of 3d's maxima; so does the package of the `wasm` backend, which
 * besides searches every window again for each of its pixels.
 */
export function registerPoolGradients(backendName: "cpu" | "wasm"): void {
  for (const gradient of [maximumGradient, averageGradient]) {
    const name = gradient === maximumGradient ? "MaxPool" : "AvgPool";
    for (const kernel of [`${name}Grad`, `${name}3DGrad`]) {
      replaceKernel(kernel, backendName, ({ inputs, attrs = {} }) => {
        const [dy, input] = inputsOf(inputs, "dy", "input");
        const backend = tf.findBackend(backendName);
        const read = ({ dataId }: tf.TensorInfo) => numbersAt(backend, dataId);
        const values = gradient(read(dy), read(input), poolOf(input.shape, dy.shape, attrs));
        const dataId = backend.write(values, input.shape, "float32");
        return { dataId, shape: input.shape, dtype: "float32" };
      });
    }
  }
}

/** A tensor's numbers, as fractions. */
function numbersAt(backend: tf.KernelBackend, dataId: object): Float32Array {
  const values = backend.readSync(dataId);
  return values instanceof Float32Array ? values : Float32Array.from(values, Number);
}

function poolOf(shape: number[], outShape: number[], attrs: tf.NamedAttrMap): Pool {
  const dimensions = shape.length - 2;
  const each = (values: unknown) => {
    const numbers = numbersOf(values);
    return Array.from({ length: dimensions }, (_, i) => numbers[i] ?? numbers[0]);
  };
  const deep = (lengths: number[]) => dimensions === 2 ? [1, ...lengths] : lengths;
  const [filter, strides] = [each(attrs.filterSize), each(attrs.strides)];
  const [input, output] = [shape, outShape].map((lengths) => lengths.slice(1, -1));
  const before = input.map((length, i) => {
    if (attrs.pad === "valid") return 0;
    const sides = attrs.pad === "same" ? undefined : explicitPadding(attrs.pad);
    if (Array.isArray(sides)) return dimensions === 2 ? sides[i + 1][0] : sides[1][0];
    return Math.floor(Math.max(0, (output[i] - 1) * strides[i] + filter[i] - length) / 2);
  });
  return {
    batch: shape[0],
    channels: shape[dimensions + 1],
    input: deep(input),
    output: deep(output),
    filter: deep(filter),
    strides: deep(strides),
    before: dimensions === 2 ? [0, ...before] : before,
  };
}

/** A window's gradient goes to its first maximum. */
function maximumGradient(dy: Float32Array, x: Float32Array, pool: Pool): Float32Array {
  const { batch, channels } = pool;
  const { pixels, ends } = windowsOf(pool);
  const dx = new Float32Array(x.length);
  const [greatest, places] = [new Float32Array(channels), new Int32Array(channels)];
  let from = 0;
  for (let image = 0; image < batch; image++) {
    const first = image * x.length / batch;
    for (let window = 0, at = 0; window < ends.length; window++) {
      greatest.fill(-Infinity);
      places.fill(-1);
      for (; at < ends[window]; at++) {
        const start = first + pixels[at];
        // Channels innermost, as they lie side by side.
        for (let channel = 0; channel < channels; channel++) {
          const value = x[start + channel];
          if (value > greatest[channel]) {
            greatest[channel] = value;
            places[channel] = start + channel;
          }
        }
      }
      for (let channel = 0; channel < channels; channel++) {
        if (places[channel] >= 0) dx[places[channel]] += dy[from + channel];
      }
      from += channels;
    }
  }
  return dx;
}

/** A window's gradient goes in equal parts to those of its pixels that are no padding. */
function averageGradient(dy: Float32Array, x: Float32Array, pool: Pool): Float32Array {
  const { batch, channels } = pool;
  const { pixels, ends } = windowsOf(pool);
  const dx = new Float32Array(x.length);
  let from = 0;
  for (let image = 0; image < batch; image++) {
    const first = image * x.length / batch;
    for (let window = 0, at = 0; window < ends.length; window++) {
      const share = 1 / (ends[window] - at);
      for (; at < ends[window]; at++) {
        const start = first + pixels[at];
        for (let channel = 0; channel < channels; channel++) {
          dx[start + channel] += share * dy[from + channel];
        }
      }
      from += channels;
    }
  }
  return dx;
}

/**
 * Where in an image the numbers of each window's pixels begin, padding left out, and where in this
 * list each window ends.
 */
function windowsOf({ channels, input, output, filter, strides, before }: Pool) {
  const product = (sizes: readonly number[]) => sizes.reduce((size, length) => size * length, 1);
  const range = (axis: number, at: number) => {
    const start = at * strides[axis] - before[axis];
    return [Math.max(0, start), Math.min(input[axis], start + filter[axis])];
  };
  const ends = new Int32Array(product(output));
  const pixels = new Int32Array(ends.length * product(filter));
  let [window, count] = [0, 0];
  for (let depth = 0; depth < output[0]; depth++) {
    const [front, back] = range(0, depth);
    for (let row = 0; row < output[1]; row++) {
      const [top, bottom] = range(1, row);
      for (let column = 0; column < output[2]; column++) {
        const [left, right] = range(2, column);
        for (let z = front; z < back; z++) {
          for (let y = top; y < bottom; y++) {
            const line = (z * input[1] + y) * input[2];
            for (let x = left; x < right; x++) pixels[count++] = (line + x) * channels;
          }
        }
        ends[window++] = count;
      }
    }
  }
  return { pixels, ends };
}
