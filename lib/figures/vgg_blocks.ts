import type { Block } from "./architecture_diagram.ts";

/** A network in the manner of VGG. */
export interface VggPlan {
  /** Height, width and channels of the image. */
  readonly input: readonly [height: number, width: number, channels: number];
  /** Channels and number of the convolutions of each stage; a 2 x 2 pooling ends it. */
  readonly stages: readonly (readonly [channels: number, convolutions: number])[];
  /** Units of the dense layers. */
  readonly dense: readonly number[];
}

/**
 * VGG16, configuration D, for the 224 x 224 colour images and 1,000 classes of ImageNet.
 *
 * Source: Simonyan and Zisserman, "Very Deep Convolutional Networks for Large-Scale Image
 * Recognition", 2015, table 1.
 */
export const VGG16: VggPlan = {
  input: [224, 224, 3],
  stages: [[64, 2], [128, 2], [256, 3], [512, 3], [512, 3]],
  dense: [4096, 4096, 1000],
};

/**
 * The blocks of a network in the manner of VGG, with 3 x 3 kernels that keep the size, as
 * {@linkcode blocksOf} gives them for a model; nothing is built.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { VGG16, vggBlocks } from "./mod.ts";
 *
 * const parameters = vggBlocks(VGG16).reduce((sum, block) => sum + block.parameters, 0);
 * assertEquals(parameters, 138_357_544);
 * ```
 */
export function vggBlocks({ input: [height, width, inputs], stages, dense }: VggPlan): Block[] {
  const blocks: Block[] = [];
  const size = (axis: number, stage: number) => Math.floor(axis / 2 ** stage);
  let channels = inputs;
  stages.forEach(([filters, convolutions], stage) => {
    for (let i = 0; i < convolutions; i++) {
      blocks.push({
        kind: "convolution",
        name: `Conv 3x3, ${filters}`,
        output: `${size(height, stage)} x ${size(width, stage)} x ${filters}`,
        parameters: 9 * channels * filters + filters,
      });
      channels = filters;
    }
    blocks.push({
      kind: "pooling",
      name: "MaxPool 2x2",
      output: `${size(height, stage + 1)} x ${size(width, stage + 1)} x ${filters}`,
      parameters: 0,
    });
  });
  let values = size(height, stages.length) * size(width, stages.length) * channels;
  for (const units of dense) {
    const parameters = values * units + units;
    blocks.push({ kind: "dense", name: `Dense ${units}`, output: String(units), parameters });
    values = units;
  }
  return blocks;
}
