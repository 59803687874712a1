import { Buffer } from "node:buffer";
import { isDeepStrictEqual } from "node:util";
import type { TensorflowBinding } from "../binding.ts";
import { dataTypeName } from "../data_types.ts";
import type { Constant, Source, Trace } from "./trace.ts";

/**
 * Asserts that two traces of a function are the same, constants included, so that replaying one
 * of them does what the function does.
 *
 * @param when What the second of them is, for messages.
 * @throws {RangeError} If they differ; the message names the operation.
 */
export function assertSameTrace(
  binding: TensorflowBinding,
  [first, second]: readonly [Trace, Trace],
  { when }: { when: string },
): void {
  for (const [i, { name, attributes, inputs }] of second.operations.entries()) {
    const before = first.operations[i];
    if (before?.name !== name) {
      differs(`operation ${i} was ${before?.name ?? "not there"}, ${when} it is ${name}`);
    }
    const longer = before.attributes.length > attributes.length ? before.attributes : attributes;
    for (const [j, { name: attribute }] of longer.entries()) {
      const [was, is] = [before.attributes[j], attributes[j]];
      // Not as JSON, to which NaN and Infinity are one, and so are 0 and -0.
      if (isDeepStrictEqual(was, is)) continue;
      const show = (value: unknown) => Object.is(value, -0) ? "-0" : String(value);
      differs(`${attribute} of ${name} was ${show(was?.value)}, ${when} it is ${show(is?.value)}`);
    }
    const isSame = before.inputs.length === inputs.length &&
      inputs.every((input, j) => isSameSource(before.inputs[j], input));
    if (!isSame) differs(`${name} took its inputs from elsewhere ${when}`);
    for (const [j, input] of inputs.entries()) {
      const was = before.inputs[j];
      if ("constant" in was && "constant" in input) {
        assertSameConstant(
          binding,
          [first.constants[was.constant], second.constants[input.constant]],
          when,
        );
      }
    }
  }
  if (first.operations.length > second.operations.length) {
    differs(`${first.operations[second.operations.length].name} did not run ${when}`);
  }
}

/** Refuses to replay a function. */
export function differs(detail: string): never {
  throw new RangeError(
    `Cannot replay a jit function that does not do the same each time: ${detail}`,
  );
}

/** Whether two tensors come from the same place; constants are compared by what they hold. */
function isSameSource(first: Source, second: Source): boolean {
  if ("input" in first) return "input" in second && first.input === second.input;
  if ("constant" in first) return "constant" in second;
  return "operation" in second && first.operation === second.operation &&
    first.output === second.output;
}

function assertSameConstant(
  binding: TensorflowBinding,
  [was, is]: readonly [Constant, Constant],
  when: string,
): void {
  // One tensor never changes, however large it is.
  if (was.id === is.id) return;
  const isSame = was.dtype === is.dtype && isDeepStrictEqual(was.shape, is.shape) &&
    Buffer.compare(binding.bytesOf(was.shared), binding.bytesOf(is.shared)) === 0;
  if (isSame) return;
  const describe = ({ dtype, shape }: Constant) => `${dataTypeName(dtype)} [${shape.join(", ")}]`;
  differs(
    describe(was) === describe(is)
      ? `${is.usedBy} took a ${describe(is)} that was made on the host and had other values ` +
        `${when}: pass what changes as a tensor, or keep it in a tf.Variable`
      : `${is.usedBy} took a ${describe(was)} that was made on the host, ${when} it is a ` +
        `${describe(is)}`,
  );
}
