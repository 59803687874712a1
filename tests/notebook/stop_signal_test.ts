import { assert, assertEquals } from "@std/assert";
import { fileURLToPath } from "node:url";
import { stopSignal } from "../../lib/notebook/mod.ts";
import { granted } from "../permissions.ts";

Deno.test({
  name: "stopSignal() is aborted by SIGINT, which ends nothing, and is fresh after that",
  // A program of its own: the one that runs the tests takes SIGINT for its end.
  ignore: !granted("read", "env", "run") || Deno.build.os === "windows",
  async fn() {
    const program = fileURLToPath(new URL("stopped_program.ts", import.meta.url));
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--quiet", "--allow-all", program],
      // A stop that is not heard would be waited for without end.
      signal: AbortSignal.timeout(30_000),
    }).output();
    const decoder = new TextDecoder();
    assertEquals([code, decoder.decode(stderr)], [0, ""]);
    assertEquals(JSON.parse(decoder.decode(stdout)), {
      same: true,
      reasons: [["AbortError", "Stopped"], ["AbortError", "Stopped"]],
      fresh: true,
      freshAgain: true,
    });
  },
});

Deno.test("stopSignal() leaves SIGINT alone outside of the kernel", () => {
  const listen = Deno.addSignalListener;
  let listeners = 0;
  Deno.addSignalListener = () => void listeners++;
  try {
    assert(!stopSignal().aborted);
  } finally {
    Deno.addSignalListener = listen;
  }
  assertEquals(listeners, 0);
});
