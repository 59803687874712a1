import { assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { fileURLToPath } from "node:url";
import {
  formatSpeed,
  MATRIX_PRODUCT,
  median,
  Peer,
  race,
  speedRows,
} from "../../../lib/benchmark/speed/mod.ts";
import { granted } from "../../permissions.ts";

const ignore = !granted("read", "run", "env");
const FAKE = fileURLToPath(new URL("./fake_peer.ts", import.meta.url));

/** A peer that says that each run of a variant takes so many seconds, or fails. */
const start = (who: string, variants: Record<string, number | string>) =>
  Peer.start({
    who,
    command: Deno.execPath(),
    args: ["run", "--no-prompt", FAKE, JSON.stringify(variants)],
  });

Deno.test({
  name: "race() takes the fastest variant of each peer and compares with the first",
  ignore,
  async fn() {
    await using ours = await start("ours", { slow: 2, fast: 0.5 });
    await using theirs = await start("theirs", { broken: "no compiler", only: 1 });
    const passedOver: string[] = [];
    const standings = await race([ours, theirs], {
      rounds: 3,
      log: (line) => line.startsWith("passed over") && passedOver.push(line),
    });
    assertEquals(standings, [
      { who: "ours", variant: "fast", runsPerSecond: 2, ratio: 1 },
      { who: "theirs", variant: "only", runsPerSecond: 1, ratio: 2 },
    ]);
    assertEquals(passedOver, ["passed over: theirs, broken: no compiler"]);
  },
});

Deno.test({
  name: "race() refuses to go without the first peer",
  ignore,
  async fn() {
    await using ours = await start("ours", { only: "broken" });
    await using theirs = await start("theirs", { only: 1 });
    await assertRejects(() => race([ours, theirs], { rounds: 1 }), RangeError, "ours fails");
  },
});

Deno.test({
  name: "race() ends at the signal, with its peers, also one that is being started or measured",
  ignore,
  async fn() {
    const controller = new AbortController();
    const { signal } = controller;
    const args = (code: string) => ["eval", code];
    const command = Deno.execPath();
    const busy = `console.log('{"variants":["only"]}'); setTimeout(() => {}, 5_000);`;
    await using peer = await Peer.start({ who: "busy", command, args: args(busy) }, { signal });
    const racing = assertRejects(() => race([peer], { rounds: 1, signal }), DOMException);
    const starting = assertRejects(
      () =>
        Peer.start({ who: "slow", command, args: args("setTimeout(() => {}, 5_000)") }, { signal }),
      Error,
      "Cannot measure slow: its process ended",
    );
    controller.abort();
    assertEquals((await racing).name, "AbortError");
    await starting;
    await assertRejects(() => peer.seconds("only", 1), Error, "its process ended");
  },
});

Deno.test({
  name: "Peer.start() rejects if the process ends",
  ignore,
  async fn() {
    const args = ["eval", "1"];
    await assertRejects(
      () => Peer.start({ who: "nobody", command: Deno.execPath(), args }),
      Error,
      "Cannot measure nobody: its process ended",
    );
  },
});

Deno.test("median() is the middle one, or the mean of the two in the middle", () => {
  assertEquals(median([3, 1, 2]), 2);
  assertEquals(median([4, 1, 3, 2]), 2.5);
  assertEquals(median([7]), 7);
});

Deno.test("speedRows() counts images and operations, of the matrix product only operations", () => {
  const standings = [
    { who: "ours", variant: "jit", runsPerSecond: 10, ratio: 1 },
    { who: MATRIX_PRODUCT, variant: MATRIX_PRODUCT, runsPerSecond: 5, ratio: 2 },
  ];
  const options = { model: "vgg", images: 64, flopsPerImage: 1e6, productFlops: 1e9 };
  const [ours, product] = speedRows(standings, options);
  assertEquals([ours.imagesPerSecond, ours.ratio], [640, 1]);
  assertAlmostEquals(ours.gigaflops, 0.64, 1e-12);
  assertEquals([product.imagesPerSecond, product.gigaflops, product.ratio], [null, 5, null]);
});

Deno.test("formatSpeed() aligns text, and gives the rows as JSON", () => {
  const rows = [{
    model: "vgg",
    who: "ours",
    variant: "jit",
    imagesPerSecond: 1234.5,
    gigaflops: 12.3,
    ratio: 1,
  }];
  const text = formatSpeed(rows, { title: "Training", format: "text" });
  assertEquals(
    text.split("\n")[4],
    "vgg      ours  jit                     1,235       12                   1.00",
  );
  assertEquals(JSON.parse(formatSpeed(rows, { title: "", format: "json" })), rows);
});
