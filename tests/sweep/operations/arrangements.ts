import type { Draft, Operation } from "../draft.ts";

const text = (numbers: readonly unknown[]) => JSON.stringify(numbers);

/** Shapes equal but for one axis. */
function alike(d: Draft): { shapes: number[][]; axis: number } {
  const shape = d.shape(d.int(1, 5));
  const axis = d.int(0, shape.length - 1);
  const shapes = Array.from(
    { length: d.int(1, 4) },
    () => shape.with(axis, d.chance(0.1) ? 0 : d.int(1, 4)),
  );
  return { shapes, axis: d.chance(0.5) ? axis : axis - shape.length };
}

function sameType(d: Draft): (shape: number[]) => string {
  const type = d.pick(["float", "float", "float", "whole", "bool"] as const);
  return (shape) => type === "float" ? d.float(shape, "special") : d[type](shape);
}

function padding(d: Draft, shape: number[], most: (length: number) => number): string {
  return text(shape.map((length) => [d.int(0, most(length)), d.int(0, most(length))]));
}

/** Indices of slices: how many numbers make an index, and where each ends. */
function indexed(d: Draft): { shape: number[]; depth: number; count: number[] } {
  const shape = d.shape(d.int(1, 4), { empty: false });
  return { shape, depth: d.int(1, shape.length), count: d.shape(d.int(1, 2)) };
}

function indices(d: Draft, { shape, depth, count }: ReturnType<typeof indexed>): string {
  return d.whole([...count, depth], 0, Math.min(...shape.slice(0, depth)) - 1);
}

/** Operations that put numbers elsewhere. */
export const ARRANGEMENTS: Record<string, Operation> = {
  reshape: (d) => {
    const shape = d.shape();
    return `tf.reshape(${d.any(shape)}, [${shape.reduce((a, b) => a * b, 1)}, 1])`;
  },
  expandDims: (d) => {
    const shape = d.shape(d.int(0, 4));
    return `tf.expandDims(${d.any(shape)}, ${d.int(0, shape.length)})`;
  },
  clone: (d) => `tf.clone(${d.any(d.shape())})`,
  transpose: (d) => {
    const shape = d.shape(d.int(0, 6), { longest: 3 });
    return `tf.transpose(${d.any(shape)}, ${text(d.shuffled(shape.length))})`;
  },
  reverse: (d) => {
    const shape = d.shape(d.int(1, 5));
    return `tf.reverse(${d.any(shape)}, ${d.axes(shape.length)})`;
  },
  tile: (d) => {
    const shape = d.shape(d.int(1, 5), { longest: 3 });
    return `tf.tile(${d.any(shape)}, ${text(shape.map(() => d.int(0, 3)))})`;
  },
  broadcastTo: (d) => {
    const shape = d.shape(d.int(0, 4));
    const part = shape.map((length) => d.chance(0.4) ? 1 : length);
    return `tf.broadcastTo(${d.any(part)}, ${text(shape)})`;
  },
  pad: (d) => {
    const shape = d.shape(d.int(1, 5), { longest: 3 });
    return `tf.pad(${d.any(shape)}, ${padding(d, shape, () => 2)}, ${d.int(-1, 1)})`;
  },
  mirrorPad: (d) => {
    const shape = d.shape(d.int(1, 4), { empty: false });
    const mode = d.pick(["reflect", "symmetric"]);
    const most = (length: number) => Math.min(2, mode === "reflect" ? length - 1 : length);
    return `tf.mirrorPad(${d.any(shape)}, ${padding(d, shape, most)}, "${mode}")`;
  },
  slice: (d) => {
    const shape = d.shape(d.int(1, 6));
    const begin = shape.map((length) => d.int(0, length));
    const size = shape.map((length, i) => d.chance(0.2) ? -1 : d.int(0, length - begin[i]));
    return `tf.slice(${d.any(shape)}, ${text(begin)}, ${text(size)})`;
  },
  stridedSlice: (d) => {
    const shape = d.shape(d.int(1, 4));
    const strides = shape.map(() => d.pick([1, 1, 2, 3, -1, -2]));
    const ends = () => text(shape.map((length) => d.int(-length, length)));
    // Not with axes that go, of which TensorFlow.js takes another place where a stride is above 1.
    const masks = `${d.int(0, 3)}, ${d.int(0, 3)}, 0, 0, 0`;
    return `tf.stridedSlice(${d.any(shape)}, ${ends()}, ${ends()}, ${text(strides)}, ${masks})`;
  },
  concat: (d) => {
    const { shapes, axis } = alike(d);
    return `tf.concat([${shapes.map(sameType(d))}], ${axis})`;
  },
  stack: (d) => {
    const shape = d.shape(d.int(0, 4));
    const make = sameType(d);
    const tensors = Array.from({ length: d.int(1, 4) }, () => make(shape));
    return `tf.stack([${tensors}], ${d.int(0, shape.length)})`;
  },
  unstack: (d) => {
    const shape = d.shape(d.int(1, 5));
    return `tf.unstack(${d.any(shape)}, ${d.axis(shape.length)})`;
  },
  split: (d) => {
    const shape = d.shape(d.int(1, 5));
    const axis = d.int(0, shape.length - 1);
    const first = d.int(0, shape[axis]);
    const sizes = d.chance(0.5) ? text([first, shape[axis] - first]) : shape[axis] || 1;
    return `tf.split(${d.any(shape)}, ${sizes}, ${axis})`;
  },
  gather: (d) => {
    const shape = d.shape(d.int(1, 5));
    const batch = d.chance(0.4) ? d.int(0, shape.length - 1) : 0;
    const axis = d.int(batch, shape.length - 1);
    const more = d.shape(d.int(batch > 0 ? 0 : 0, 2));
    const at = d.whole([...shape.slice(0, batch), ...more], 0, Math.max(0, shape[axis] - 1));
    return `tf.gather(${d.any(shape)}, ${at}, ${axis}, ${batch})`;
  },
  gatherND: (d) => {
    const place = indexed(d);
    return `tf.gatherND(${d.any(place.shape)}, ${indices(d, place)})`;
  },
  scatterND: (d) => {
    const place = indexed(d);
    const updates = sameType(d)([...place.count, ...place.shape.slice(place.depth)]);
    return `tf.scatterND(${indices(d, place)}, ${updates}, ${text(place.shape)})`;
  },
  tensorScatterUpdate: (d) => {
    const place = indexed(d);
    const make = sameType(d);
    const updates = make([...place.count, ...place.shape.slice(place.depth)]);
    return `tf.tensorScatterUpdate(${make(place.shape)}, ${indices(d, place)}, ${updates})`;
  },
  sparseToDense: (d) => {
    const shape = d.shape(d.int(1, 3), { empty: false });
    const count = d.int(1, 3);
    const at = d.whole(shape.length === 1 ? [count] : [count, shape.length], 0, 0);
    const make = sameType(d);
    const values = make(d.chance(0.5) ? [] : [count]);
    return `tf.sparseToDense(${at}, ${values}, ${text(shape)}, ${make([])})`;
  },
  oneHot: (d) => {
    const depth = d.int(1, 5);
    const dtype = d.pick(["int32", "float32", "bool"]);
    const values = dtype === "bool" ? "1, 0" : `${d.int(1, 3)}, ${d.int(-2, 0)}`;
    return `tf.oneHot(${d.whole(d.shape(d.int(0, 3)), -1, 5)}, ${depth}, ${values}, "${dtype}")`;
  },
  diag: (d) => `tf.diag(${d.any(d.shape(d.int(1, 3)))})`,
  fill: (d) => {
    const dtype = d.pick(["float32", "int32", "bool"]);
    return `tf.fill(${text(d.shape())}, ${d.int(0, 1)}, "${dtype}")`;
  },
  range: (d) => {
    const dtype = d.pick(["float32", "int32"]);
    const step = d.pick([1, 2, -1]) * (dtype === "int32" ? 1 : 0.5);
    return `tf.range(${d.int(-5, 5)}, ${d.int(-5, 5)}, ${step}, "${dtype}")`;
  },
  linspace: (d) => `tf.linspace(${d.int(-5, 5)}, ${d.int(-5, 5)}, ${d.int(1, 7)})`,
  spaceToBatchND: (d) => {
    const block = [d.int(1, 3), d.int(1, 3)];
    const shape = [d.int(1, 2), block[0] * d.int(1, 3), block[1] * d.int(1, 3), d.int(1, 3)];
    const crops = text(block.map((length) => d.chance(0.5) ? [0, 0] : [length, 0]));
    return `tf.spaceToBatchND(${d.float(shape)}, ${text(block)}, ${crops})`;
  },
  batchToSpaceND: (d) => {
    const block = [d.int(1, 3), d.int(1, 3)];
    const shape = [block[0] * block[1] * d.int(1, 2), d.int(1, 3), d.int(1, 3), d.int(1, 3)];
    const crops = text(block.map((length) => d.chance(0.5) ? [0, 0] : [length - 1, 0]));
    return `tf.batchToSpaceND(${d.float(shape)}, ${text(block)}, ${crops})`;
  },
  depthToSpace: (d) => {
    const shape = [d.int(1, 2), d.int(1, 3), d.int(1, 3), 4 * d.int(1, 3)];
    return `tf.depthToSpace(${d.any(shape)}, 2, "NHWC")`;
  },
  unique: (d) => {
    const shape = d.shape(d.int(1, 3), { longest: 5 });
    const x = d.chance(0.5) ? d.whole(shape) : d.float(shape);
    return `Object.values(tf.unique(${x}, ${d.int(0, shape.length - 1)}))`;
  },
  searchSorted: (d) => {
    const [rows, columns] = [d.int(1, 3), d.int(1, 6)];
    const sorted = `tf.cumsum(${d.float([rows, columns], "positive")}, 1)`;
    const side = d.pick(["left", "right"]);
    return `tf.searchSorted(${sorted}, ${d.float([rows, d.int(1, 4)], "positive")}, "${side}")`;
  },
};
