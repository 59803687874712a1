import { assertEquals } from "@std/assert";
import { encodeHex } from "@std/encoding";
import { configProto, serverDef } from "../../../lib/tensorflow/cluster/messages.ts";
import { encodeMessage } from "../../../lib/tensorflow/cluster/protobuf.ts";
import read from "./messages.json" with { type: "json" };

Deno.test("configProto() and serverDef() are the bytes that Python's TensorFlow has read", () => {
  const { spec, timeouts } = read;
  assertEquals(encodeHex(configProto(spec, timeouts)), read.configProto);
  assertEquals(encodeHex(serverDef(spec, timeouts)), read.serverDef);
});

Deno.test("encodeMessage() encodes the examples of protobuf.dev", () => {
  const message = encodeMessage([[1, 150]]);
  assertEquals(encodeHex(message), "089601");
  assertEquals(encodeHex(encodeMessage([[2, "testing"]])), "120774657374696e67");
  assertEquals(encodeHex(encodeMessage([[3, message]])), "1a03089601");
});
