import { assert, assertEquals, assertMatch } from "@std/assert";
import { fileURLToPath } from "node:url";
import { granted } from "../../permissions.ts";
import { tensorflowAvailable } from "../available.ts";
import { freePorts } from "../../../lib/cli/free_ports.ts";
import { runWorker, runWorkers } from "./workers.ts";

const CALLS = fileURLToPath(new URL("calls.ts", import.meta.url));
const JOIN = fileURLToPath(new URL("join.ts", import.meta.url));
const ignore = !granted("run", { name: "net", host: "127.0.0.1" }) || !tensorflowAvailable() ||
  Deno.build.os === "windows";

Deno.test({
  name:
    "Cluster gives all workers the same sums, broadcasts and texts, in jit functions too, and is heard only at its address",
  ignore,
  async fn() {
    const size = 3;
    for (const { said, complained, code } of await runWorkers(CALLS, size)) {
      assertEquals(code, 0, complained);
      const { different, reachable, ...rest } = JSON.parse(said);
      if (Deno.build.os === "linux") assertEquals(reachable, [true, false]);
      assertEquals(rest, {
        sum: [6, 30],
        mean: [2, 10],
        max: [3, 10],
        min: [1, 10],
        int32: ["int32", [1, 2], [3, 6]],
        "from 0": [[1, 10], "ä0"],
        "from 1": [[2, 10], "ä1"],
        "empty text": "",
        steps: [[13], [24, 120]],
        tensorsLeft: 0,
        silent: [],
        refused: "Cannot ask the workers: timeout is NaN, must be above 0 s",
      });
      assertMatch(different, /worker 1 \(127.*\): its seed is 1, the chief's is 0$/);
    }
  },
});

for (const signal of ["SIGKILL", "SIGSTOP"]) {
  Deno.test({
    name: `Cluster names a worker that is lost by ${signal}, within the heartbeat's time`,
    ignore,
    async fn() {
      const workers = await runWorkers(CALLS, 3, { args: [signal] });
      for (const { said, complained, code } of [workers[0], workers[2]]) {
        assertEquals(code, 0, complained);
        const { lost, seconds, silent } = JSON.parse(said);
        assert(silent.includes(1), `silent are ${silent}`);
        assertMatch(lost, /worker 1 \(127\.0\.0\.1:\d+\) has ended or been silent for 2 s/);
        assert(seconds < 10, `it took ${seconds} s`);
      }
    },
  });
}

Deno.test({
  name: "joinCluster() names who has not come, a port that is taken, and a start that is too late",
  ignore,
  async fn() {
    const [taken, free] = freePorts(2);
    const workers = [taken, free].map((port) => `127.0.0.1:${port}`);
    const alone = await runWorker(JOIN, { workers, index: 0 });
    assertMatch(alone.said, new RegExp(`^TimedOut: .* within 2 s .* from ${workers[1]}\n$`));
    const listener = Deno.listen({ hostname: "127.0.0.1", port: taken });
    const second = await runWorker(JOIN, { workers, index: 0 });
    listener.close();
    assertMatch(second.said, /^AddrInUse: .*: its port is in use\n$/);
    const late = await runWorker(JOIN, { workers, index: 0 }, { args: ["late"] });
    assertMatch(late.said, /^RangeError: .* join a cluster before initBackend\(\)\n$/);
  },
});
