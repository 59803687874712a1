import type { Draft, Operation } from "../draft.ts";

function images(d: Draft, { longest = 7 } = {}): number[] {
  return [d.int(1, 3), d.int(1, longest), d.int(1, longest), d.int(1, 4)];
}

const resize = (name: string): Operation => (d) => {
  const x = d.chance(0.85) ? d.float(images(d)) : d.whole(images(d), 0, 255);
  const [corners, centers] = d.pick([[false, false], [true, false], [false, true]]);
  const size = `[${d.int(1, 9)}, ${d.int(1, 9)}]`;
  return `tf.image.${name}(${x}, ${size}, ${corners}, ${centers})`;
};

/** Boxes whose second corner lies beyond the first, and their scores. */
const boxes = (d: Draft, count: number) =>
  `tf.cumsum(tf.reshape(${d.float([count, 4], "positive")}, [${count}, 2, 2]), 1)` +
  `.reshape([${count}, 4]).div(4)`;

const suppression = (name: string, options: (d: Draft) => string): Operation => (d) => {
  const count = d.int(1, 8);
  const scores = d.float([count], "distinct");
  return `[tf.image.${name}(${boxes(d, count)}, ${scores}, ${d.int(1, count)}, ${options(d)})]` +
    ".flatMap((result) => result instanceof tf.Tensor ? result : Object.values(result))";
};

/** Operations on images, on segments, and those that normalise. */
export const IMAGES: Record<string, Operation> = {
  resizeBilinear: resize("resizeBilinear"),
  resizeNearestNeighbor: resize("resizeNearestNeighbor"),
  cropAndResize: (d) => {
    const shape = images(d);
    const count = d.int(1, 4);
    const corners = d.float([count, 4], d.chance(0.7) ? "unit" : "plain");
    const owners = d.whole([count], 0, shape[0] - 1);
    const options = `[${d.int(1, 5)}, ${d.int(1, 5)}], "${d.pick(["bilinear", "nearest"])}", 0.25`;
    const x = d.chance(0.8) ? d.float(shape) : d.whole(shape);
    return `tf.image.cropAndResize(${x}, ${corners}, ${owners}, ${options})`;
  },
  flipLeftRight: (d) => `tf.image.flipLeftRight(${d.any(images(d))})`,
  grayscaleToRGB: (d) => `tf.image.grayscaleToRGB(${d.float(images(d).with(3, 1))})`,
  rotateWithOffset: (d) => {
    const fill = d.pick(["0", "0.5", "[1, 2, 3]"]);
    const options = `${d.pick([0, 0.3, 1.2, -2])}, ${fill}, ${d.pick(["0.5", "[0.2, 0.7]"])}`;
    return `tf.image.rotateWithOffset(${d.float(images(d).with(3, 3))}, ${options})`;
  },
  transform: (d) => {
    const shape = images(d);
    const matrix = d.float([d.chance(0.5) ? 1 : shape[0], 8], "unit");
    const mode = d.pick(["constant", "reflect", "wrap", "nearest"]);
    const options = `"${d.pick(["nearest", "bilinear"])}", "${mode}", 0.5, [4, 5]`;
    return `tf.image.transform(${d.float(shape)}, ${matrix}, ${options})`;
  },
  nonMaxSuppression: suppression("nonMaxSuppression", () => "0.4"),
  nonMaxSuppressionWithScore: suppression(
    "nonMaxSuppressionWithScore",
    (d) => `0.5, -Infinity, ${d.pick([0, 0.5])}`,
  ),
  nonMaxSuppressionPadded: suppression(
    "nonMaxSuppressionPadded",
    (d) => `0.5, -Infinity, ${d.chance(0.5)}`,
  ),
  localResponseNormalization: (d) => {
    const options = `${d.int(0, 3)}, ${d.pick([1, 2])}, 0.5, ${d.pick([0.5, 0.75, 1])}`;
    return `tf.localResponseNormalization(${d.float(images(d))}, ${options})`;
  },
  batchNorm: (d) => {
    const shape = d.shape(d.int(2, 4));
    const each = d.chance(0.8) ? shape.slice(-1) : shape;
    const [mean, variance] = [d.float(each), d.float(each, "positive")];
    const offset = d.chance(0.7) ? d.float(each) : "undefined";
    const scale = d.chance(0.7) ? d.float(each) : "undefined";
    return `tf.batchNorm(${d.float(shape)}, ${mean}, ${variance}, ${offset}, ${scale}, 0.001)`;
  },
  sparseFillEmptyRows: (d) => {
    const count = d.int(1, 4);
    const at = `tf.stack([tf.range(0, ${count}, 1, "int32"), ${d.whole([count], 0, 3)}], 1)`;
    const shape = `tf.tensor1d([${count + d.int(0, 2)}, 4], "int32")`;
    const options = `${d.float([count])}, ${shape}, 0.5`;
    return `Object.values(tf.sparse.sparseFillEmptyRows(${at}, ${options}))`;
  },
  sparseReshape: (d) => {
    const at = d.whole([d.int(1, 4), 2], 0, 2);
    const shapes = 'tf.tensor1d([3, 4], "int32"), tf.tensor1d([2, -1], "int32")';
    return `Object.values(tf.sparse.sparseReshape(${at}, ${shapes}))`;
  },
  sparseSegmentSum: (d) => segments(d, "Sum"),
  sparseSegmentMean: (d) => segments(d, "Mean"),
};

function segments(d: Draft, kind: string): string {
  const [shape, count] = [d.shape(d.int(1, 3), { empty: false }), d.int(1, 4)];
  const x = d.chance(0.7) ? d.float(shape) : d.whole(shape);
  const ids = Array.from({ length: count }, (_, i) => Math.floor(i * d.pick([0.5, 1])));
  const segmentIds = `tf.tensor1d([${ids.sort((a, b) => a - b)}], "int32")`;
  const at = d.whole([count], 0, shape[0] - 1);
  return `tf.sparse.sparseSegment${kind}(${x}, ${at}, ${segmentIds})`;
}
