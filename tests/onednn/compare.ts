import { decodeBase64 } from "@std/encoding";
import type { CaseResult, Computed, ComputedTensor } from "./run_cases.ts";

/**
 * How far a result may be from another, of the largest number in it: sums of some thousand
 * numbers, in whatever order, are nearer by far, and what is wrong is not.
 */
const TOLERANCE = 1e-4;

/**
 * What is wrong in what a case gave, in words, by comparison with how it was computed eagerly
 * without oneDNN; nothing if nothing is.
 *
 * @param found `undefined` where the process ended before it gave anything.
 */
export function faultsOf(expected: CaseResult, found: CaseResult | undefined): string[] {
  if (found === undefined) return ["the process ended"];
  return Object.entries(found).flatMap(([way, computed]) => {
    const fault = faultOf(expected.eager, computed);
    return fault === undefined ? [] : [`${way}: ${fault}`];
  });
}

function faultOf(expected: Computed, found: Computed): string | undefined {
  if ("error" in expected) return expected.error;
  if ("error" in found) return found.error;
  const faults = expected.tensors.map((tensor, which) => {
    const difference = differenceOf(tensor, found.tensors[which]);
    return difference <= TOLERANCE
      ? ""
      : `${nameOf(which)} differs by ${difference.toPrecision(2)}`;
  }).filter((words) => words !== "");
  return faults.length > 0 ? faults.join(", ") : undefined;
}

/** The first tensor is the result, the others are the gradients. */
function nameOf(which: number): string {
  return which === 0 ? "the result" : `the gradient by input ${which}`;
}

/** The largest difference as a part of the largest number; infinite if one is not finite. */
function differenceOf(expected: ComputedTensor, found: ComputedTensor): number {
  if (expected.shape.join() !== found.shape.join()) return Infinity;
  const [a, b] = [expected, found].map(({ values }) =>
    new Float32Array(decodeBase64(values).buffer)
  );
  let [difference, size] = [0, Number.MIN_VALUE];
  a.forEach((value, i) => {
    if (Object.is(value, b[i])) return;
    const apart = Math.abs(value - b[i]);
    difference = Math.max(difference, Number.isNaN(apart) ? Infinity : apart);
    size = Math.max(size, Math.abs(value));
  });
  // Numbers that cancel to nearly nothing are no fault.
  return difference < 1e-6 ? 0 : difference / size;
}
