/**
 * The networks of both studies and our own, one file each, and what is done with a network:
 * counting its parameters and operations, saving it, loading it. All of them are `tf.LayersModel`s
 * that map images `[batch, 28, 28, 1]` in [0, 1] to logits `[batch, 10]`.
 *
 * @module
 */
export { compact } from "./compact.ts";
export { denseNetwork } from "./dense_network.ts";
export { type FeatureMaps, featureMaps, firstKernels } from "./feature_maps.ts";
export { flopsPerImage } from "./flops.ts";
export { loadModel } from "./load_model.ts";
export { MODEL_IDS, type ModelBuilder, type ModelId, MODELS } from "./models.ts";
export { type ParameterCount, parameterCount } from "./parameter_count.ts";
export { encodeSafetensors } from "./safetensors.ts";
export { saveModel, type SaveModelOptions } from "./save_model.ts";
export { smallCnn } from "./small_cnn.ts";
export { vgg } from "./vgg.ts";
