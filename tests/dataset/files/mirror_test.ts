import { assert, assertEquals, assertRejects } from "@std/assert";
import { mirror } from "../../../lib/dataset/files/mod.ts";
import { granted } from "../../permissions.ts";
import { smallFile } from "./fixtures.ts";

const images = await smallFile("images", "pixels");
const labels = await smallFile("labels", "numbers");
const ignore = !granted({ name: "net", host: "127.0.0.1" });

/** A mirror on this machine, for as long as the block lasts that declares it with `await using`. */
function serve(handler: (path: string) => Response | Promise<Response>) {
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    (request) => handler(new URL(request.url).pathname),
  );
  return {
    url: `http://127.0.0.1:${server.addr.port}/data/`,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

/** What a mirror gives for both files; 200 ms of silence are enough for a test. */
async function download(url: string, signal?: AbortSignal): Promise<Uint8Array[]> {
  const source = mirror(url, { silenceMs: 200 });
  const found = await Array.fromAsync(
    source.read([images.file, labels.file], { log() {}, signal }),
  );
  return found.map(({ content }) => content);
}

Deno.test({
  name: "mirror() downloads and decompresses the files",
  ignore,
  async fn() {
    await using server = serve((path) =>
      new Response(path === "/data/images.gz" ? images.compressed : labels.compressed)
    );
    assertEquals(await download(server.url), [images.content, labels.content]);
  },
});

Deno.test({
  name: "mirror() gives up a server that never answers",
  ignore,
  async fn() {
    const closed = Promise.withResolvers<Response>();
    await using server = serve(() => closed.promise);
    try {
      await assertRejects(
        () => download(server.url),
        Deno.errors.TimedOut,
        `Cannot download ${server.url}images.gz: no byte for 0.2 s`,
      );
    } finally {
      closed.resolve(new Response());
    }
  },
});

Deno.test({
  name: "mirror() gives up a server that falls silent",
  ignore,
  async fn() {
    await using server = serve(() =>
      new Response(
        new ReadableStream({
          start: (controller) => controller.enqueue(images.compressed.subarray(0, 20)),
        }),
      )
    );
    await assertRejects(() => download(server.url), Deno.errors.TimedOut, "no byte for 0.2 s");
  },
});

Deno.test({
  name: "mirror() rejects garbage",
  ignore,
  async fn() {
    await using server = serve(() => new Response("<h1>Welcome to our hotel's network</h1>"));
    await assertRejects(
      () => download(server.url),
      Deno.errors.InvalidData,
      `Cannot use ${server.url}images.gz: SHA-256 of its content is `,
    );
  },
});

Deno.test({
  name: "mirror() stops reading a body without end",
  ignore,
  async fn() {
    let sent = 0;
    await using server = serve(() =>
      new Response(
        new ReadableStream({
          pull(controller) {
            sent += 1_000;
            controller.enqueue(new Uint8Array(1_000));
          },
        }),
      )
    );
    await assertRejects(() => download(server.url), RangeError, "more than 1624 bytes come");
    assert(sent < 10_000_000, `${sent} bytes were sent`);
  },
});

Deno.test({
  name: "mirror() names the status that the server answers",
  ignore,
  async fn() {
    await using server = serve(() => new Response("gone", { status: 404 }));
    await assertRejects(() => download(server.url), Deno.errors.Http, "status is 404");
  },
});

Deno.test({
  name: "mirror() stops when the signal says so",
  ignore,
  async fn() {
    const closed = Promise.withResolvers<Response>();
    await using server = serve(() => closed.promise);
    const stop = new AbortController();
    const stopped = download(server.url, stop.signal);
    stop.abort();
    const error = await assertRejects(() => stopped, DOMException);
    assertEquals(error.name, "AbortError");
    closed.resolve(new Response());
  },
});
