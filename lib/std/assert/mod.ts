/**
 * Stands in for `jsr:@std/assert` where JSR cannot be reached: the functions that
 * this project uses, with the same names and signatures, over `node:assert`.
 * `deno task jsr` drops it in favour of the registry's.
 *
 * @module
 */
import nodeAssert, { AssertionError } from "node:assert";

export { AssertionError };

// deno-lint-ignore no-explicit-any -- the signature of the original
type ErrorClass<E extends Error> = new (...args: any[]) => E;

function fail(message: string, detail?: string): never {
  throw new AssertionError({ message: detail === undefined ? message : `${message}: ${detail}` });
}

/** Asserts that `expr` is truthy. */
export function assert(expr: unknown, msg = ""): asserts expr {
  if (!expr) fail(msg);
}

/** Asserts that both values are deeply equal. */
export function assertEquals<T>(actual: T, expected: T, msg?: string): void {
  if (msg === undefined) nodeAssert.deepStrictEqual(actual, expected);
  else nodeAssert.deepStrictEqual(actual, expected, msg);
}

/** Asserts that both values are the same by `Object.is`. */
export function assertStrictEquals<T>(
  actual: unknown,
  expected: T,
  msg?: string,
): asserts actual is T {
  if (msg === undefined) nodeAssert.strictEqual(actual, expected);
  else nodeAssert.strictEqual(actual, expected, msg);
}

/** Asserts that two numbers differ by at most `tolerance` (1e-7 of `expected` if not given). */
export function assertAlmostEquals(
  actual: number,
  expected: number,
  tolerance?: number,
  msg?: string,
): void {
  if (Object.is(actual, expected)) return;
  const allowed = tolerance ?? (Number.isFinite(expected) ? Math.abs(expected * 1e-7) : 1e-7);
  if (!(Math.abs(actual - expected) <= allowed)) {
    fail(`Expected ${actual} to be within ${allowed} of ${expected}`, msg);
  }
}

/** Asserts that `actual` contains `expected`. */
export function assertStringIncludes(actual: string, expected: string, msg?: string): void {
  if (!actual.includes(expected)) fail(`Expected "${actual}" to contain "${expected}"`, msg);
}

/** Asserts that `actual` matches `expected`. */
export function assertMatch(actual: string, expected: RegExp, msg?: string): void {
  if (!expected.test(actual)) fail(`Expected "${actual}" to match ${expected}`, msg);
}

/** Asserts that `error` is of a class and that its message contains a text. */
export function assertIsError<E extends Error = Error>(
  error: unknown,
  // deno-lint-ignore no-explicit-any -- the signature of the original
  ErrorClass?: abstract new (...args: any[]) => E,
  msgMatches?: string | RegExp,
  msg?: string,
): asserts error is E {
  if (!(error instanceof Error)) fail(`Expected an Error, received ${typeof error}`, msg);
  if (ErrorClass !== undefined && !(error instanceof ErrorClass)) {
    fail(`Expected ${ErrorClass.name}, received ${error.name} "${error.message}"`, msg);
  }
  if (typeof msgMatches === "string") assertStringIncludes(error.message, msgMatches, msg);
  else if (msgMatches !== undefined) assertMatch(error.message, msgMatches, msg);
}

/** Asserts that `fn` throws, optionally an `ErrorClass` whose message includes a text; returns it. */
export function assertThrows<E extends Error = Error>(
  fn: () => unknown,
  ErrorClass?: ErrorClass<E>,
  msgIncludes?: string,
  msg?: string,
): E {
  try {
    fn();
  } catch (error) {
    assertIsError(error, ErrorClass, msgIncludes, msg);
    return error;
  }
  fail("Expected function to throw", msg);
}

/** Asserts that the promise of `fn` rejects, as {@linkcode assertThrows} does for a throw. */
export async function assertRejects<E extends Error = Error>(
  fn: () => PromiseLike<unknown>,
  ErrorClass?: ErrorClass<E>,
  msgIncludes?: string,
  msg?: string,
): Promise<E> {
  try {
    await fn();
  } catch (error) {
    assertIsError(error, ErrorClass, msgIncludes, msg);
    return error;
  }
  fail("Expected function to reject", msg);
}
