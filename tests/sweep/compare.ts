import type { Outcome, Output } from "./run_case.ts";

/** How far numbers may lie apart, relative to the greatest of their tensor, and absolute. */
const TOLERANCE = 2e-4;

/** What differs between two outcomes of a case, in words; undefined where nothing does. */
export function difference(found: Outcome, expected: Outcome): string | undefined {
  if (expected.error !== undefined || found.error !== undefined) {
    return refusal("", found.error, expected.error);
  }
  const outputs = listDifference("output", found.outputs ?? [], expected.outputs ?? []);
  if (outputs !== undefined) return outputs;
  if (expected.gradientError !== undefined || found.gradientError !== undefined) {
    return refusal("the gradient ", found.gradientError, expected.gradientError);
  }
  return listDifference("gradient", found.gradients ?? [], expected.gradients ?? []);
}

/** Both may refuse, in words of their own. */
function refusal(what: string, found?: string, expected?: string): string | undefined {
  if (found !== undefined && expected !== undefined) return undefined;
  return found !== undefined ? `${what}fails: ${found}` : `${what}should fail: ${expected}`;
}

function listDifference(
  what: string,
  found: readonly Output[],
  expected: readonly Output[],
): string | undefined {
  if (found.length !== expected.length) return `${found.length} ${what}s of ${expected.length}`;
  for (const [i, output] of expected.entries()) {
    const differs = outputDifference(found[i], output);
    if (differs !== undefined) return `${what} ${i}: ${differs}`;
  }
  return undefined;
}

function outputDifference(found: Output, expected: Output): string | undefined {
  if (found.dtype !== expected.dtype) return `is ${found.dtype}, not ${expected.dtype}`;
  if (`${found.shape}` !== `${expected.shape}`) {
    return `is [${found.shape}], not [${expected.shape}]`;
  }
  const finite = expected.values.map(Math.abs).filter((value) => value < Infinity);
  const exact = expected.dtype !== "float32";
  const within = exact ? 0 : TOLERANCE * finite.reduce((a, b) => Math.max(a, b), 1);
  const at = expected.values.findIndex((value, i) => !near(found.values[i], value, within));
  return at === -1 ? undefined : `number ${at} is ${found.values[at]}, not ${expected.values[at]}`;
}

function near(found: number, expected: number, within: number): boolean {
  return Object.is(found, expected) || Math.abs(found - expected) <= within;
}
