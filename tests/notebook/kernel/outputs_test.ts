import { assertEquals } from "@std/assert";
import { type Draft, Messages } from "../../../lib/notebook/kernel/protocol/messages.ts";
import { Outputs } from "../../../lib/notebook/kernel/outputs.ts";

/** Outputs of two cells, the first of which is at hand, and what they publish. */
function outputsOfTwo() {
  const published: Draft[] = [];
  const outputs = new Outputs({ publish: (draft) => void published.push(draft) });
  for (const cell of [1, 2]) {
    const { header } = new Messages("").make({ type: "execute_request", content: {} });
    outputs.begin(cell, { header: { ...header, msg_id: `request ${cell}` }, count: 10 * cell });
  }
  outputs.turnTo(1);
  const seen = () =>
    published.map(({ type, content, parent }) =>
      `${type} ${content.name ?? ""} ${content.text ?? ""} of ${parent?.msg_id}`
    );
  return { outputs, published, seen };
}

Deno.test("Outputs gathers text that comes at once into one message, which a timer sends", async () => {
  const { outputs, seen } = outputsOfTwo();
  outputs.print("stdout", "a");
  outputs.print("stdout", "b");
  assertEquals(seen(), []);
  while (seen().length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  assertEquals(seen(), ["stream stdout ab of request 1"]);
});

Deno.test("Outputs keeps the order of streams, of cells and of what is no text", () => {
  const { outputs, seen } = outputsOfTwo();
  outputs.print("stdout", "a");
  outputs.print("stderr", "b");
  outputs.publish("display_data", {});
  outputs.print("stdout", "c");
  outputs.turnTo(2);
  outputs.turnTo(2);
  outputs.print("stdout", "d");
  outputs.publish("error", {}, { cell: 1 });
  outputs.print("stdout", "e");
  outputs.flush();
  outputs.flush();
  assertEquals(seen(), [
    "stream stdout a of request 1",
    "stream stderr b of request 1",
    "display_data   of request 1",
    "stream stdout c of request 1",
    "stream stdout d of request 2",
    "error   of request 1",
    "stream stdout e of request 2",
  ]);
});

Deno.test("Outputs sends 64 Ki characters at once", () => {
  const { outputs, seen, published } = outputsOfTwo();
  outputs.print("stdout", "x".repeat(2 ** 16 - 1));
  assertEquals(seen(), []);
  outputs.print("stdout", "yz");
  assertEquals(published.map(({ content }) => String(content.text).length), [2 ** 16 + 1]);
});

Deno.test("Outputs numbers a result as its cell, and passes metadata and buffers on", () => {
  const { outputs, published } = outputsOfTwo();
  outputs.publish("execute_result", { data: {} }, {
    cell: 2,
    metadata: { a: 1 },
    buffers: [Uint8Array.of(1)],
  });
  assertEquals(published[0].content, { data: {}, execution_count: 20 });
  assertEquals([published[0].metadata, published[0].buffers], [{ a: 1 }, [Uint8Array.of(1)]]);
});
