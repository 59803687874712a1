import { assertEquals, assertStringIncludes } from "@std/assert";
import { granted } from "../../permissions.ts";
import { type CellRun, Client } from "./client.ts";

const ignore = !granted("read", "write", "env", "run", { name: "net", host: "127.0.0.1" });

const START = `
const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const signal = globalThis[Symbol.for("Jupyter.stopSignal")];
let late: string[] = [];
let turns = 0;
`;

/** What Stop ends, by how it is called; each would go on for ever. */
const CELLS = {
  "a loop": 'console.log("runs"); while (true) turns++;',
  "a loop that prints": 'while (true) console.log("runs");',
  "a loop in a function behind an await":
    'const spin = async () => { await sleep(1); console.log("runs"); while (true) turns++; };\n' +
    "await spin(); late.push('spin');",
  "a loop in a timer that the cell does not wait for":
    'setTimeout(() => { console.log("runs"); while (true) turns++; }, 1); await new Promise(() => {});',
  "an await of a promise that never ends":
    'console.log("runs"); await new Promise(() => {}); late.push("promise");',
  "a for await":
    'console.log("runs"); for await (const _ of (async function* () { await new Promise(() => {}); yield 1; })());\n' +
    "late.push('each');",
  "what listens to the signal":
    'const stop = signal(); console.log("runs"); await new Promise((_, reject) => stop.onabort = () => reject(stop.reason));',
  "a method of display that loops":
    '({ [Symbol.for("Jupyter.display")]() { console.log("runs"); while (true) turns++; } })',
};

/** Waits until a cell has printed that it runs. */
async function printed(run: CellRun): Promise<void> {
  while (!run.text().includes("runs")) await new Promise((resolve) => setTimeout(resolve, 5));
}

Deno.test({ name: "Kernel.stop() ends a cell and keeps what was there", ignore }, async (t) => {
  await using kernel = await Client.start();
  await kernel.run(START);

  for (const [name, code] of Object.entries(CELLS)) {
    await t.step(name, async () => {
      const { run, ended } = await kernel.begin(code);
      await printed(run);
      await kernel.stop();
      await ended;
      assertEquals(run.reply.status, "error", String(run.error));
      assertStringIncludes(String(run.error), "AbortError: Stopped");
      assertEquals((await kernel.run("late.join()")).text(), '""');
    });
  }

  await t.step("a question to the reader; a late answer is nobody's", async () => {
    const asked = kernel.question();
    const { run, ended } = await kernel.begin('prompt("name")', { allowStdin: true });
    assertEquals((await asked).content.prompt, "name");
    await kernel.stop();
    await ended;
    assertEquals(run.error, "AbortError: Stopped");
    await kernel.answer("too late");
    const next = kernel.question();
    const { run: second, ended: end } = await kernel.begin('prompt("again")', { allowStdin: true });
    await next;
    await kernel.answer("in time");
    await end;
    assertEquals(second.text(), '"in time"');
  });

  await t.step("pressed twice, without patience for who asked for the signal", async () => {
    const { run, ended } = await kernel.begin('signal(); console.log("runs"); await sleep(1e8);');
    await printed(run);
    await kernel.stop();
    await kernel.stop();
    await ended;
    assertStringIncludes(String(run.error), "AbortError: Stopped");
  });

  await t.step("the cells that wait behind it are given up", async () => {
    const first = await kernel.begin('console.log("runs"); await sleep(1e8)');
    const second = await kernel.begin("late.push('behind')");
    await printed(first.run);
    await kernel.stop();
    await Promise.all([first.ended, second.ended]);
    assertEquals([first.run.reply.status, second.run.reply.status], ["error", "aborted"]);
    assertEquals((await kernel.run("late.join()")).text(), '""');
  });

  await t.step("a loop that has hardly begun", async () => {
    for (const milliseconds of [4, 6, 8, 12]) {
      const { run, ended } = await kernel.begin("while (true) turns++;");
      await new Promise((resolve) => setTimeout(resolve, milliseconds));
      await kernel.stop();
      // It may have come before the cell, over another socket.
      const again = setInterval(() => void kernel.stop(), 5000);
      await ended.finally(() => clearInterval(again));
      assertStringIncludes(String(run.error), "AbortError: Stopped");
    }
    assertEquals((await kernel.run("turns > 0")).text(), "true");
  });

  await t.step("while nothing runs, nothing", async () => {
    await kernel.stop();
    assertEquals((await kernel.run("await sleep(20); turns > 0")).text(), "true");
  });

  await t.step("while nothing runs, a loop in a timer", async () => {
    await kernel.run("setTimeout(() => { while (true) turns++; }, 1)");
    await new Promise((resolve) => setTimeout(resolve, 100));
    await kernel.stop();
    assertEquals((await kernel.run("turns > 0")).text(), "true");
  });
});
