import * as tf from "@tensorflow/tfjs";

/** What the channels of a layer give for one image, or the kernels of a convolution. */
export interface FeatureMaps {
  /** One for each channel, `[height, width]`, row-major. */
  readonly maps: readonly Float32Array[];
  readonly height: number;
  readonly width: number;
}

/**
 * The output of one layer of a model for one image, channel by channel.
 *
 * @param image `[28, 28]`, 0..255.
 * @param options.layer The name of a layer whose output is `[batch, height, width, channels]`.
 * @throws {ValueError} TensorFlow.js's, if the model has no such layer.
 * @throws {RangeError} If the layer's output is not of that shape.
 */
export async function featureMaps(
  model: tf.LayersModel,
  image: Uint8Array,
  { layer: name }: { readonly layer: string },
): Promise<FeatureMaps> {
  const layer = model.getLayer(name);
  const output = [layer.output].flat()[0];
  const [, height, width, channels] = output.shape;
  if (output.shape.length !== 4 || height === null || width === null || channels === null) {
    throw new RangeError(
      `Cannot show the feature maps of "${name}": its output is ${JSON.stringify(output.shape)}, ` +
        "expected [batch, height, width, channels]",
    );
  }
  const [, inputHeight, inputWidth] = model.inputs[0].shape;
  const maps = tf.tidy(() => {
    const input = tf.tensor(Float32Array.from(image, (value) => value / 255), [
      1,
      inputHeight ?? 0,
      inputWidth ?? 0,
      1,
    ]);
    const part = tf.model({ inputs: model.inputs, outputs: output });
    const given = [part.predict(input)].flat()[0];
    return given.reshape([height, width, channels]).transpose([2, 0, 1]);
  });
  return { maps: await channelsOf(maps), height, width };
}

/**
 * The kernels of a convolution that looks at one channel, as a first layer does, and its biases.
 *
 * @throws {RangeError} If the layer is not such a convolution.
 */
export async function firstKernels(
  model: tf.LayersModel,
  { layer: name }: { readonly layer: string },
): Promise<FeatureMaps & { readonly biases: Float32Array }> {
  const [kernel, bias] = model.getLayer(name).getWeights();
  const [height, width, inputs] = kernel?.shape ?? [];
  if (kernel?.rank !== 4 || inputs !== 1 || bias === undefined) {
    throw new RangeError(
      `Cannot show the kernels of "${name}": its weights are ${JSON.stringify(kernel?.shape)}, ` +
        "expected [height, width, 1, filters] and biases",
    );
  }
  const maps = tf.tidy(() => kernel.squeeze([2]).transpose([2, 0, 1]));
  const biases = Float32Array.from(await bias.data());
  return { maps: await channelsOf(maps), height, width, biases };
}

/** The rows of a tensor `[channels, …]`, which it disposes. */
async function channelsOf(tensor: tf.Tensor): Promise<Float32Array[]> {
  const [channels] = tensor.shape;
  const values = Float32Array.from(await tensor.data().finally(() => tensor.dispose()));
  const size = values.length / channels;
  return Array.from({ length: channels }, (_, i) => values.slice(i * size, (i + 1) * size));
}
