import { assert, assertEquals, assertThrows } from "@std/assert";
import { Messages } from "../../../../lib/notebook/kernel/protocol/messages.ts";
import type { Frames } from "../../../../lib/notebook/kernel/protocol/zmtp.ts";

const KEY = "a0436f6c-1916-498b-8eb9-e81ab9368e84";

const encode = (text: string) => new TextEncoder().encode(text);
const decode = (frame: Uint8Array) => new TextDecoder().decode(frame);

/** HMAC-SHA256 by Web Crypto. */
async function sign(key: string, parts: readonly string[]): Promise<string> {
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const imported = await crypto.subtle.importKey("raw", encode(key), algorithm, false, ["sign"]);
  const signature = await crypto.subtle.sign("HMAC", imported, encode(parts.join("")));
  return new Uint8Array(signature).toHex();
}

/** Frames as another program sends them. */
async function framesOf(
  parts: readonly string[],
  { key = KEY, head = [], tail = [] }: {
    key?: string;
    head?: readonly string[];
    tail?: readonly string[];
  } = {},
): Promise<Frames> {
  return [...head, "<IDS|MSG>", await sign(key, parts), ...parts, ...tail].map(encode);
}

const PARTS = ['{"msg_type":"execute_request","msg_id":"1"}', "{}", "{}", '{"code":"ż"}'];

Deno.test("Messages.pack() signs as HMAC-SHA256 of the four parts does", async () => {
  const messages = new Messages(KEY);
  const message = messages.make({
    type: "stream",
    content: { name: "stdout", text: "żółć" },
    buffers: [Uint8Array.of(1, 2)],
  });
  const [topic, delimiter, signature, ...rest] = messages.pack(message, { topic: "stream" });
  assertEquals([decode(topic), decode(delimiter)], ["stream", "<IDS|MSG>"]);
  const parts = rest.slice(0, 4).map(decode);
  assertEquals(decode(signature), await sign(KEY, parts));
  assertEquals(JSON.parse(parts[3]), { name: "stdout", text: "żółć" });
  assertEquals(rest.slice(4), [Uint8Array.of(1, 2)]);
});

Deno.test("Messages.unpack() reads what another program has signed, and what pack() gives", async () => {
  const messages = new Messages(KEY);
  const frames = await framesOf(PARTS, { head: ["identity", ""], tail: ["buffer"] });
  const { header, content, buffers } = messages.unpack(frames);
  assertEquals([header.msg_type, content], ["execute_request", { code: "ż" }]);
  assertEquals(buffers.map(decode), ["buffer"]);
  const message = messages.make({ type: "status", content: { execution_state: "idle" } });
  assertEquals(messages.unpack(messages.pack(message)), message);
});

Deno.test("Messages.unpack() throws where a signature is another key's, cut, or missing", async () => {
  const messages = new Messages(KEY);
  const good = await framesOf(PARTS);
  const changed = good.map((frame, i) => i === 5 ? encode('{"code":"x"}') : frame);
  const cut = good.map((frame, i) => i === 1 ? frame.slice(0, 63) : frame);
  const unsigned = good.map((frame, i) => i === 1 ? new Uint8Array(0) : frame);
  const other = await framesOf(PARTS, { key: "another" });
  for (const frames of [changed, cut, unsigned, other]) {
    assertThrows(() => messages.unpack(frames), SyntaxError, "signature");
  }
});

Deno.test("Messages.unpack() throws where a part is missing or is not what it has to be", async () => {
  const messages = new Messages(KEY);
  const good = await framesOf(PARTS);
  for (const frames of [[], good.slice(1), good.slice(0, 5)]) {
    assertThrows(() => messages.unpack(frames), SyntaxError, "delimiter");
  }
  const [header, ...others] = PARTS;
  const wrong = [
    ["null", ...others],
    ["{}", ...others],
    ["{", ...others],
    [header, "[]", "{}", "{}"],
    [header, "{}", "1", "{}"],
    [header, "{}", "{}", "null"],
  ];
  for (const parts of wrong) {
    const frames = await framesOf(parts);
    assertThrows(() => messages.unpack(frames), SyntaxError);
  }
});

Deno.test("Messages without a key leave messages unsigned", () => {
  const messages = new Messages("");
  const frames = messages.pack(messages.make({ type: "status", content: {} }));
  assertEquals(frames[1].length, 0);
  assert(messages.unpack(frames).header.msg_type === "status");
});
