import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { granted } from "../../permissions.ts";
import { Client } from "./client.ts";

const ignore = !granted("read", "write", "env", "run", { name: "net", host: "127.0.0.1" });

Deno.test({ name: "Kernel publishes outputs in order, each under its cell", ignore }, async (t) => {
  await using kernel = await Client.start();

  await t.step("2,000 lines and a value", async () => {
    const run = await kernel.run('for (let i = 0; i < 2000; i++) console.log(i);\n"value"');
    const lines = Array.from({ length: 2000 }, (_, i) => `${i}\n`).join("");
    assertEquals(run.merged, [["stdout", lines], ["execute_result", '"value"']]);
  });

  await t.step("lines, displays, updates, values and errors mixed", async () => {
    const run = await kernel.run(`for (let i = 0; i < 100; i++) {
  console.log("line", i);
  await Deno.jupyter.display({ "text/plain": "display " + i }, { raw: true });
  console.error("error", i);
  await Deno.jupyter.display({ "text/plain": "new " + i }, { raw: true, update: true, display_id: "x" });
}
throw new RangeError("after all")`);
    const expected = Array.from({ length: 100 }, (_, i) =>
      [
        ["stdout", `line ${i}\n`],
        ["display_data", `display ${i}`],
        ["stderr", `error ${i}\n`],
        ["update_display_data", `new ${i}`],
      ] as const).flat();
    assertEquals(run.merged, [...expected, ["error", "RangeError: after all"]]);
  });

  await t.step("a timer's under the cell that started it", async () => {
    const first = await kernel.run(
      'let ticks = 0; const timer = setInterval(() => console.log("tick", ticks++), 2); "first"',
    );
    const second = await kernel.run(`for (let i = 0; i < 20; i++) {
  console.log("second", i);
  await new Promise((resolve) => setTimeout(resolve, 5));
}`);
    await kernel.run("clearInterval(timer)");
    assertEquals(second.text(), Array.from({ length: 20 }, (_, i) => `second ${i}\n`).join(""));
    const ticks = first.text("stdout").trim().split("\n");
    assert(ticks.length > 5);
    assertEquals(ticks, ticks.map((_, i) => `tick ${i}`));
  });

  await t.step("process.stdout, Deno.stdout and children that inherit it", async () => {
    const run = await kernel.run(`import process from "node:process";
const encoder = new TextEncoder();
console.log("console");
process.stdout.write("process\\n");
Deno.stdout.writeSync(encoder.encode("Deno 😀\\n").subarray(0, 7));
await Deno.stdout.write(encoder.encode("Deno 😀\\n").subarray(7));
await new Deno.Command("sh", { args: ["-c", "echo child; echo oops >&2"] }).spawn().status;
await new Deno.Command("sh", { args: ["-c", "echo quiet"], stdout: "inherit" }).output();
console.log("last");`);
    assertEquals(run.text("stdout"), "console\nprocess\nDeno 😀\nchild\nquiet\nlast\n");
    assertEquals(run.text("stderr"), "oops\n");
  });

  await t.step("a picture of 5 MB and a line of 1 MB", async () => {
    const run = await kernel.run(`console.log("x".repeat(1e6));
const picture = new Uint8Array(5e6).fill(7).toBase64();
await Deno.jupyter.display({ "text/plain": picture }, { raw: true });
"end"`);
    const [[, line], [, picture], [, value]] = run.merged;
    assertEquals([line.length, picture.length, value], [1e6 + 1, Math.ceil(5e6 / 3) * 4, '"end"']);
  });

  await t.step("of 50 cells that were sent at once", async () => {
    const cells = [];
    for (let i = 0; i < 50; i++) {
      cells.push(await kernel.begin(`console.log(${i}); await null; console.log("b"); ${i}`));
    }
    const runs = await Promise.all(cells.map(({ ended }) => ended));
    assertEquals(runs.map((run) => run.text()), runs.map((_, i) => `${i}\nb\n${i}`));
    assertEquals(runs.map(({ reply }) => reply.status), runs.map(() => "ok"));
  });

  await t.step("and nothing that belongs to no cell", () => {
    assertEquals(kernel.strays, []);
  });
});

Deno.test({ name: "Kernel shows what went wrong, and where", ignore }, async (t) => {
  await using kernel = await Client.start();
  const wait = "await new Promise((resolve) => setTimeout(resolve, 50));";

  await t.step("a syntax error with line and caret", async () => {
    const { error, traceback } = await kernel.run("let a = 1;\nlet b = (;\n");
    assertEquals(error, "SyntaxError: Expression expected.");
    assertStringIncludes(traceback, "line 2\nlet b = (;\n         ^");
  });

  await t.step("a stack through functions of earlier cells, after await too", async () => {
    const { reply } = await kernel.run(`function thrower(x: number): never {
  throw new RangeError("no " + x);
}
async function later() {
  await null;
  thrower(1);
}`);
    const thrower = `cell [${reply.execution_count}], line 2, column 9`;
    const direct = await kernel.run("\n\nthrower(2)");
    assertStringIncludes(direct.traceback, `RangeError: no 2\n    at thrower (${thrower})`);
    assertStringIncludes(
      direct.traceback,
      `at cell [${direct.reply.execution_count}], line 3, column 1\n`,
    );
    assertStringIncludes(direct.traceback, '  throw new RangeError("no " + x);\n        ^');
    assertStringIncludes((await kernel.run("await later()")).traceback, `thrower (${thrower})`);
  });

  await t.step("throws in timers and rejections that nobody took, as text", async () => {
    const thrown = await kernel.run(
      `setTimeout(() => { throw new TypeError("timer") }, 1); ${wait}`,
    );
    assertEquals([thrown.reply.status, thrown.error], ["ok", undefined]);
    assertStringIncludes(thrown.text("stderr"), "TypeError: timer\n    at cell [");
    const rejected = await kernel.run(`void Promise.reject(new RangeError("nobody")); ${wait}`);
    assertEquals([rejected.reply.status, rejected.error], ["ok", undefined]);
    assertStringIncludes(rejected.text("stderr"), "RangeError: nobody\n    at cell [");
  });

  await t.step("a method of display that throws", async () => {
    const run = await kernel.run(
      '({ [Symbol.for("Jupyter.display")]() { throw new RangeError("Cannot show") } })',
    );
    assertEquals([run.reply.status, run.error], ["error", "RangeError: Cannot show"]);
  });

  await t.step("a missing export and a missing module", async () => {
    const name = await kernel.run('import { joinn } from "node:path"');
    assertEquals(name.error, 'SyntaxError: The module "node:path" has no export "joinn"');
    assertStringIncludes(name.traceback, "import { joinn }");
    const module = await kernel.run('import x from "./nowhere.ts"');
    assertStringIncludes(String(module.error), "Module not found");
  });

  await t.step("a name declared twice in a cell", async () => {
    const { error, traceback } = await kernel.run("1;\nconst q = 1;\nconst q = 2;");
    assertEquals(error, "SyntaxError: Identifier 'q' has already been declared");
    assertStringIncludes(traceback, "line 3:\nconst q = 2;\n      ^");
  });

  await t.step("what is thrown and is no error", async () => {
    assertStringIncludes((await kernel.run('throw "a text"')).traceback, 'Uncaught "a text"');
    assertStringIncludes((await kernel.run("throw undefined")).traceback, "Uncaught undefined");
  });

  await t.step("and nothing where all is well, as with enums", async () => {
    const run = await kernel.run("enum Size { S, M = 5 }\n[Size.M, Size[0]]");
    assertEquals(run.merged, [["execute_result", '[ 5, "S" ]']]);
  });

  await t.step("a cell that ends its process; the next one runs in a new one", async () => {
    await kernel.run("let kept = 1");
    const exited = await kernel.run("Deno.exit(3)");
    assertEquals(
      exited.error,
      "KernelEnded: Deno's kernel has ended (exit code 3). A new one has been started: " +
        "all variables are lost.",
    );
    assertEquals((await kernel.run("typeof kept")).text(), '"undefined"');
    const killed = await kernel.run('Deno.kill(Deno.pid, "SIGKILL"); await new Promise(() => {})');
    assertStringIncludes(String(killed.error), "SIGKILL");
    assertEquals((await kernel.run("1 + 1")).text(), "2");
  });
});
