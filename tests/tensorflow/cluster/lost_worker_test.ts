import { assertEquals } from "@std/assert";
import { lostWorker, tellsOfLoss } from "../../../lib/tensorflow/cluster/lost_worker.ts";

const REMOTE = (task: number) =>
  `Additional GRPC error information from remote target /job:worker/replica:0/task:${task} while ` +
  "calling /tensorflow.WorkerService/RecvBuf:";

Deno.test("lostWorker() takes the first whose connection was reset for the one that ended", () => {
  const message = `Cannot run a: Collective ops is aborted by: Socket closed\n${REMOTE(1)}\n` +
    `:UNKNOWN:Error\n${REMOTE(2)} (UNAVAILABLE)`;
  assertEquals([tellsOfLoss(message), lostWorker(message)], [true, 1]);
});

Deno.test("lostWorker() takes the one that the chief misses, or the chief if it is silent", () => {
  const reported = "Error reported from /job:worker/task:2: The following tasks are unhealthy " +
    "(stopped sending heartbeats):\n/job:worker/replica:0/task:2 (UNAVAILABLE)";
  assertEquals(lostWorker(reported), 2);
  const silent = "Deadline Exceeded\n\nRPC: /tensorflow.CoordinationService/Heartbeat\n";
  assertEquals(lostWorker(silent), 0);
  assertEquals(lostWorker(`${silent}${REMOTE(1)}`), 0);
});

Deno.test("tellsOfLoss() leaves errors alone that are none of the cluster's", () => {
  assertEquals(tellsOfLoss("Cannot run MatMul: shapes differ (INVALID_ARGUMENT)"), false);
  assertEquals(lostWorker("(CANCELLED)"), undefined);
});
