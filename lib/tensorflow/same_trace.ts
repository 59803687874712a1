import { dataTypeName } from "./data_types.ts";
import type { Source, Trace } from "./trace.ts";

/**
 * Asserts that two traces of a function are the same, constants included, so that replaying one
 * of them does what the function does.
 *
 * @throws {RangeError} If they differ; the message names the operation.
 */
export function assertSameTrace(first: Trace, second: Trace): void {
  for (const [i, { name, attributes, inputs }] of second.operations.entries()) {
    const before = first.operations[i];
    if (before?.name !== name) {
      fail(`operation ${i} was ${before?.name ?? "not there"}, at the second call it is ${name}`);
    }
    for (const [j, { name: attribute, value }] of attributes.entries()) {
      const was = before.attributes[j]?.value;
      if (JSON.stringify(was) !== JSON.stringify(value)) {
        fail(`${attribute} of ${name} was ${was}, at the second call it is ${value}`);
      }
    }
    if (JSON.stringify(before.inputs) !== JSON.stringify(inputs)) {
      fail(`${name} took its inputs from elsewhere at the second call`);
    }
    inputs.forEach((input) => assertSameConstant(first, second, input));
  }
  if (first.operations.length > second.operations.length) {
    fail(`${first.operations[second.operations.length].name} did not run at the second call`);
  }
}

function assertSameConstant(first: Trace, second: Trace, input: Source): void {
  if (!("constant" in input)) return;
  const { bytes: was } = first.constants[input.constant];
  const { bytes: is, usedBy, dtype, shape } = second.constants[input.constant];
  if (was.length === is.length && was.every((byte, i) => byte === is[i])) return;
  fail(
    `${usedBy} took a ${dataTypeName(dtype)} [${shape}] that was made on the host and had other ` +
      "values at the second call: pass what changes as a tensor, or keep it in a tf.Variable",
  );
}

function fail(detail: string): never {
  throw new RangeError(
    `Cannot replay a jit function that does not do the same each time: ${detail}`,
  );
}
