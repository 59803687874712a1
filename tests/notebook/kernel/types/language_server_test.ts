import { assertEquals } from "@std/assert";
import { LanguageServer } from "../../../../lib/notebook/kernel/types/language_server.ts";
import { granted } from "../../../permissions.ts";

const ignore = !granted("read", "run");

/** A server that calls `receive(message)` with each message; it can `send(message)`. */
const SERVER = `
const send = async (message) => {
  const body = new TextEncoder().encode(JSON.stringify({ jsonrpc: "2.0", ...message }));
  const head = new TextEncoder().encode("content-length: " + body.length + "\\r\\nX: y\\r\\n\\r\\n");
  // By halves, the first of which ends within a character of two bytes, or near it.
  for (const half of [head, body.slice(0, 50), body.slice(50)]) await Deno.stdout.write(half);
};
let text = "";
for await (const chunk of Deno.stdin.readable.pipeThrough(new TextDecoderStream())) {
  text += chunk;
  for (;;) {
    const [head, length] = /^Content-Length: (\\d+)\\r\\n\\r\\n/.exec(text) ?? [];
    if (head === undefined) break;
    // These tests send ASCII alone.
    const end = head.length + Number(length);
    if (text.length < end) break;
    await receive(JSON.parse(text.slice(head.length, end)));
    text = text.slice(end);
  }
}
`;

const serve = (receive: string, settings = {}) =>
  new LanguageServer(Deno.execPath(), ["eval", `const receive = ${receive};${SERVER}`], {
    settings,
  });

Deno.test({ name: "LanguageServer.request() gives the result", ignore }, async () => {
  await using server = serve("({ id, ...rest }) => send({ id, result: { ...rest, a: 'ääää' } })");
  const answer = (method: string) => ({ jsonrpc: "2.0", method, params: [1], a: "ääää" });
  assertEquals(await Promise.all([server.request("a", [1]), server.request("b", [1])]), [
    answer("a"),
    answer("b"),
  ]);
});

Deno.test({ name: "LanguageServer.request() gives nothing for an error", ignore }, async () => {
  await using server = serve("({ id }) => send({ id, error: { code: 1, message: 'no' } })");
  assertEquals(await server.request("a", {}), undefined);
});

Deno.test({ name: "LanguageServer answers what the server asks", ignore }, async () => {
  await using server = serve(
    `async ({ id, method, result, error }) => {
      if (method === "a") {
        globalThis.asked = id;
        await send({ id: "c", method: "workspace/configuration", params: { items: [
          { section: "deno" }, { section: "unknown" },
        ] } });
      } else if (id === "c") {
        globalThis.settings = result;
        await send({ id: "d", method: "window/showMessageRequest" });
      } else await send({ id: asked, result: { settings, code: error.code } });
    }`,
    { deno: { enable: true } },
  );
  assertEquals(await server.request("a", {}), { settings: [{ enable: true }, null], code: -32601 });
});

Deno.test({ name: "LanguageServer.request() is cancelled by its signal", ignore }, async () => {
  await using server = serve(`({ id, method, params }) => {
    if (method === "$/cancelRequest") globalThis.cancelled = params.id;
    if (method === "cancelled") send({ id, result: cancelled });
  }`);
  const stop = new AbortController();
  const asked = server.request("a", {}, { signal: stop.signal });
  stop.abort();
  assertEquals(await asked, undefined);
  assertEquals(await server.request("a", {}, { signal: stop.signal }), undefined);
  assertEquals(await server.request("cancelled", {}), 1);
});

Deno.test({ name: "LanguageServer gives nothing once the server has ended", ignore }, async () => {
  const ends = ["() => Deno.exit(3)", "() => console.log('Content-Length: x\\r\\n\\r\\n')"];
  for (const receive of ends) {
    await using server = serve(receive);
    assertEquals(await server.request("a", {}), undefined);
    server.notify("b", {});
    assertEquals(await server.request("a", {}), undefined);
  }
});
