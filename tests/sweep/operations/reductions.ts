import type { Draft, Operation } from "../draft.ts";

/** A tensor's rank, and the axes over which it is summed, as an argument. */
function reduced(d: Draft, make: (shape: number[]) => string): string {
  const shape = d.shape(d.int(0, 5), { longest: d.chance(0.1) ? 9 : 4 });
  return `${make(shape)}, ${d.axes(shape.length)}`;
}

const overAny = (name: string): Operation => (d) =>
  `tf.${name}(${reduced(d, (shape) => d.any(shape))}, ${d.chance(0.3)})`;

const overFloats = (name: string): Operation => (d) =>
  `tf.${name}(${reduced(d, (shape) => d.float(shape))}, ${d.chance(0.3)})`;

const overBools = (name: string): Operation => (d) =>
  `tf.${name}(${reduced(d, (shape) => d.bool(shape))}, ${d.chance(0.3)})`;

const best = (name: string): Operation => (d) => {
  const shape = d.shape(d.int(0, 5));
  return `tf.${name}(${d.any(shape)}, ${shape.length === 0 ? 0 : d.axis(shape.length)})`;
};

const running = (name: string): Operation => (d) => {
  const shape = d.shape(d.int(1, 5));
  const x = d.chance(0.7) ? d.float(shape, "unit") : d.whole(shape);
  return `tf.${name}(${x}, ${d.axis(shape.length)}, ${d.chance(0.5)}, ${d.chance(0.5)})`;
};

/** Operations that make one number of many. */
export const REDUCTIONS: Record<string, Operation> = {
  sum: overAny("sum"),
  mean: overAny("mean"),
  max: overAny("max"),
  min: overAny("min"),
  prod: overAny("prod"),
  any: overBools("any"),
  all: overBools("all"),
  logSumExp: overFloats("logSumExp"),
  euclideanNorm: overFloats("euclideanNorm"),
  momentsVariance: (d) => `tf.moments(${reduced(d, (shape) => d.float(shape))}).variance`,
  argMax: best("argMax"),
  argMin: best("argMin"),
  cumsum: running("cumsum"),
  cumprod: running("cumprod"),
  softmax: (d) => `tf.softmax(${d.float(d.shape(d.int(1, 4), { longest: 9 }))})`,
  logSoftmax: (d) => `tf.logSoftmax(${d.float(d.shape(d.int(1, 4), { longest: 9 }))})`,
  topk: (d) => {
    const shape = d.shape(d.int(1, 4));
    const x = d.chance(0.7) ? d.float(shape) : d.whole(shape);
    return `Object.values(tf.topk(${x}, ${d.int(0, shape[shape.length - 1])}, true))`;
  },
  bincount: (d) => {
    const [shape, depth] = [d.shape(1), d.int(1, 5)];
    const weights = d.chance(0.5) ? d.float(shape) : d.float([0]);
    return `tf.bincount(${d.whole(shape, 0, 6)}, ${weights}, ${depth})`;
  },
  denseBincount: (d) => {
    const [shape, depth] = [d.shape(d.int(1, 2)), d.int(1, 5)];
    const weights = d.chance(0.5) ? d.float(shape) : d.float([0]);
    return `tf.denseBincount(${d.whole(shape, 0, 6)}, ${weights}, ${depth})`;
  },
  unsortedSegmentSum: (d) => {
    const shape = d.shape(d.int(1, 4));
    const ids = d.whole([shape[0]], 0, 4);
    return `tf.unsortedSegmentSum(${d.float(shape)}, ${ids}, 5)`;
  },
};
