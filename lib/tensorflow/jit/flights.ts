import type * as tf from "@tensorflow/tfjs";

/** The variables that a call reads or assigns; `undefined` where it might be any. */
export type Touched =
  | { readonly reads: readonly tf.Variable[]; readonly assigns: readonly tf.Variable[] }
  | undefined;

interface Flight {
  readonly touched: Touched;
  readonly landed: Promise<unknown>;
}

const flights = new Set<Flight>();

/**
 * Makes a call that takes its time, after those under way with which it shares a variable that
 * one of them assigns: two that overlapped would both start from the old value.
 */
export async function fly<T>(touched: Touched, call: () => Promise<T>): Promise<T> {
  const before = conflicts(touched);
  // A call that has none to wait for starts at once.
  const result = before.length === 0
    ? call()
    : Promise.allSettled(before.map(({ landed }) => landed)).then(call);
  const flight = { touched, landed: result.catch(() => {}) };
  flights.add(flight);
  try {
    return await result;
  } finally {
    flights.delete(flight);
  }
}

/**
 * Asserts that a call which cannot wait need not. What it touches is looked at only where there is
 * something to wait for.
 *
 * @throws {RangeError} If one is under way that it would overlap.
 */
export function assertClear(call: { readonly touched: Touched }): void {
  if (flights.size === 0 || conflicts(call.touched).length === 0) return;
  throw new RangeError(
    "Cannot call a jit function while a call of later() is under way that shares a variable with " +
      "it, as one of the two updates would be lost: await that first, or call this by later(), too",
  );
}

function conflicts(touched: Touched): Flight[] {
  return [...flights].filter((flight) => {
    const [a, b] = [flight.touched, touched];
    if (a === undefined || b === undefined) return touchesAny(a) && touchesAny(b);
    return b.assigns.some((variable) => touches(a, variable)) ||
      a.assigns.some((variable) => touches(b, variable));
  });
}

function touches({ reads, assigns }: Exclude<Touched, undefined>, variable: tf.Variable): boolean {
  return reads.includes(variable) || assigns.includes(variable);
}

function touchesAny(touched: Touched): boolean {
  return touched === undefined || touched.reads.length + touched.assigns.length > 0;
}
