import { assertEquals } from "@std/assert";
import { ShardMemory, STATE } from "../../lib/training/shard_memory.ts";

Deno.test("ShardMemory is the same for both threads, and its parts do not overlap", () => {
  const layout = { gradients: 3, pixels: 4, images: 2 };
  const ours = new ShardMemory(layout);
  const theirs = new ShardMemory(layout, ours.buffer);
  ours.pixels.fill(1);
  ours.labels.fill(2);
  ours.control[1] = 2;
  theirs.gradients.fill(3);
  theirs.metrics.fill(4);
  theirs.failure = "Größe ".repeat(500);
  theirs.state = STATE.failed;
  assertEquals([...theirs.pixels], [1, 1, 1, 1]);
  assertEquals([...theirs.labels], [2, 2]);
  assertEquals(theirs.control[1], 2);
  assertEquals([...ours.gradients], [3, 3, 3]);
  assertEquals([...ours.metrics], [4, 4]);
  assertEquals(ours.state, STATE.failed);
  assertEquals(ours.failure.slice(0, 12), "Größe Größe ");
  ours.waitWhile(STATE.working);
});
