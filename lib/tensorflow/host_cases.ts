import type { HostCase } from "./host_kernels.ts";

/** Padding by numbers, which the packages of both backends refuse or get wrong. */
export const paddedByNumbers: HostCase = (_inputs, { pad }) => pad !== "same" && pad !== "valid";

/** Channels before height and width, which neither TensorFlow on CPUs nor WASM has. */
export const channelsFirst: HostCase = (_inputs, { dataFormat }) => dataFormat === "NCHW";

/** Centres of pixels that lie on each other, of which no package has the gradient. */
export const halfPixelCenters: HostCase = (_inputs, attrs) => attrs.halfPixelCenters === true;

/** One of several cases. */
export const anyOf = (...cases: HostCase[]): HostCase => (inputs, attrs) =>
  cases.some((isCase) => isCase(inputs, attrs));

/** Text, which TensorFlow compares for equality only, and WASM not at all. */
export const text: HostCase = ({ a, x }) => (a ?? x)?.dtype === "string";
