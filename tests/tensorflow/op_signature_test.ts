import { assertEquals } from "@std/assert";
import { listInputs } from "../../lib/tensorflow/op_signature.ts";

/** A field that holds bytes, encoded by hand: its key, its length, its bytes. */
const field = (number: number, bytes: number[]) => [number << 3 | 2, bytes.length, ...bytes];
const text = (value: string) => [...new TextEncoder().encode(value)];

Deno.test("listInputs() tells lists from single tensors in an OpDef", () => {
  const values = [...field(1, text("values")), ...field(4, text("T")), ...field(5, text("N"))];
  const axis = [...field(1, text("axis")), ...field(4, text("Tidx"))];
  const mixed = [...field(1, text("inputs")), ...field(6, text("Tin"))];
  const opDef = Uint8Array.from([
    ...field(1, text("ConcatV2")),
    ...field(2, values),
    ...[17 << 3 & 0x7f | 0x80, 1, 1], // is_stateful, a number with a key of two bytes
    ...field(2, axis),
    ...field(3, axis), // an output
    ...field(2, mixed),
  ]);
  assertEquals(listInputs(opDef), [true, false, true]);
});

Deno.test("listInputs() finds no inputs in an OpDef without any", () => {
  assertEquals(listInputs(new Uint8Array()), []);
});
