import type { Operation } from "../draft.ts";

const UNARY = [
  "abs acos acosh asin asinh atan atanh ceil cos cosh elu erf exp expm1 floor isFinite isInf",
  "isNaN log log1p logSigmoid neg onesLike reciprocal relu relu6 round rsqrt selu sigmoid sign",
  "sin sinh softplus sqrt square step tan tanh zerosLike",
].join(" ").split(" ");

const BINARY = [
  "add sub mul div divNoNan floorDiv mod maximum minimum pow squaredDifference atan2 equal",
  "notEqual greater greaterEqual less lessEqual prelu",
].join(" ").split(" ");

/** Operations on each number by itself, with broadcasting. */
export const ELEMENTWISE: Record<string, Operation> = {
  ...Object.fromEntries(UNARY.map((name) => [name, (d) => `tf.${name}(${d.any(d.shape())})`])),
  ...Object.fromEntries(BINARY.map((name) => [name, (d) => {
    const [a, b] = d.broadcast();
    // Arithmetic of yes and no alone means nothing.
    return `tf.${name}(${d.chance(0.8) ? d.float(a, "special") : d.whole(a)}, ${d.any(b)})`;
  }])),
  logicalNot: (d) => `tf.logicalNot(${d.bool(d.shape())})`,
  ...Object.fromEntries(
    ["logicalAnd", "logicalOr", "logicalXor"].map((name) => [name, (d) => {
      const [a, b] = d.broadcast();
      return `tf.${name}(${d.bool(a)}, ${d.bool(b)})`;
    }]),
  ),
  bitwiseAnd: (d) => {
    const shape = d.shape();
    return `tf.bitwiseAnd(${d.whole(shape, -99, 99)}, ${d.whole(shape, -99, 99)})`;
  },
  leakyRelu: (d) => `tf.leakyRelu(${d.any(d.shape())}, ${d.pick([0, 0.2, 1.5])})`,
  clipByValue: (d) => `tf.clipByValue(${d.any(d.shape())}, -1, ${d.pick([-1, 0, 1.5])})`,
  cast: (d) => `tf.cast(${d.any(d.shape())}, "${d.pick(["float32", "int32", "bool"])}")`,
  addN: (d) => {
    const shape = d.shape();
    const make = d.chance(0.8) ? () => d.float(shape, "special") : () => d.whole(shape);
    return `tf.addN([${Array.from({ length: d.int(1, 4) }, make)}])`;
  },
  where: (d) => {
    const [a, b] = d.broadcast();
    return `tf.where(${d.bool(a)}, ${d.any(b)}, ${d.any(d.chance(0.5) ? b : a)})`;
  },
  whereRows: (d) => {
    const shape = d.shape(d.int(1, 4));
    return `tf.where(${d.bool([shape[0]])}, ${d.float(shape)}, ${d.float(shape)})`;
  },
};
