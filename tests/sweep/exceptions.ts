/** Differences that are meant, or are another's: by backend, operation and what the sweep says. */
interface Exception {
  readonly backend: string;
  readonly operations: readonly string[];
  readonly what: RegExp;
  readonly reason: string;
}

/** What the sweep finds and does not count. */
export const EXCEPTIONS: readonly Exception[] = [
  {
    backend: "tensorflow",
    operations: ["sign", "argMax", "argMin", "prelu", "mod"],
    what: /^output 0: number /,
    reason: "of NaN and infinite numbers TensorFlow has another sign, order, product and remainder",
  },
  {
    backend: "tensorflow",
    operations: ["floorDiv"],
    what: /^output 0: is float32, not int32/,
    reason: "the cpu backend takes every quotient for a whole number",
  },
  {
    backend: "tensorflow",
    operations: ["clipByValue"],
    what: /^output 0: (is int32, not bool|number \d+ is 1, not 255)/,
    reason: "TensorFlow.js's package clips yes and no as whole numbers",
  },
  {
    backend: "tensorflow",
    operations: ["cast"],
    what: /^output 0: number \d+ is -?2147483648, not 0/,
    reason:
      "NaN and infinite numbers have no whole number: TensorFlow takes the least, JavaScript 0",
  },
  {
    backend: "tensorflow",
    operations: ["dilation2d"],
    what: /^output 0: number \d+ is -3.4028234663852886e\+38, not -9007199254740992/,
    reason: "a window of padding alone has the smallest number, of float32 or of JavaScript",
  },
  {
    backend: "tensorflow",
    operations: ["maxPool", "avgPool", "pool", "depthwiseConv2d", "gather", "stridedSlice"],
    what: /^(the gradient )?should fail: /,
    reason: "TensorFlow gives an empty tensor where TensorFlow.js refuses",
  },
  {
    backend: "wasm",
    operations: ["tan"],
    what: /^gradient 0: number /,
    reason: "near a pole, a tangent's square shows its seventh digit",
  },
  {
    backend: "tensorflow",
    operations: ["transform"],
    what: /^output 0: number /,
    reason: "places of float32 lie on the other side of an edge than those of JavaScript",
  },
  {
    backend: "wasm",
    operations: ["transform"],
    what: /^output 0: number .*; tensorflow says: output 0: number /,
    reason: "the same, and of reflected images but the first the cpu backend is wrong",
  },
  {
    backend: "tensorflow",
    operations: ["nonMaxSuppressionWithScore"],
    what: /^output \d: /,
    reason: "with a sigma, TensorFlow keeps boxes that overlap beyond the threshold, too",
  },
];

/** Whether a difference is on the list. */
export function isException(backend: string, operation: string, what: string): boolean {
  return EXCEPTIONS.some((exception) =>
    exception.backend === backend && exception.operations.includes(operation) &&
    exception.what.test(what)
  );
}
