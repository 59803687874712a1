import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { prepareAll, prepareJupyter, prepareTensorflow } from "../../lib/setup/mod.ts";
import { granted } from "../permissions.ts";
import { callsOf, type FakePython, fakePython } from "./fake_python.ts";

// The stand-in is a shell script, and the requirements are those of the one platform with CUDA.
const ignore = !granted("read", "write", "run", "env") ||
  Deno.build.target !== "x86_64-unknown-linux-gnu";

const REQUIREMENTS = `
tensorflow-cpu==2.21.0 ; platform_system == "Linux" and platform_machine == "x86_64"
jupyterlab==4.6.6
`;

class Checkout {
  readonly lines: string[] = [];
  readonly #options;

  constructor(readonly root: string, python: string) {
    const log = (line: string) => this.lines.push(line);
    this.#options = { root, pythons: [python], log };
  }

  prepareTensorflow() {
    return prepareTensorflow({ ...this.#options, backend: "tensorflow", library: "" });
  }

  prepareAll(options: { gpu?: boolean } = {}) {
    return prepareAll({ ...this.#options, ...options });
  }

  prepareJupyter() {
    return prepareJupyter(this.#options);
  }

  /** Puts another version into requirements.txt. */
  async require(version: string, { insteadOf }: { insteadOf: string }) {
    const path = join(this.root, "requirements.txt");
    const text = await Deno.readTextFile(path);
    await Deno.writeTextFile(path, text.replace(insteadOf, version));
  }

  /** The arguments of each start of pip. */
  async installs(): Promise<string[]> {
    const calls = await callsOf(this.root);
    return calls.filter((call) => call.startsWith("pip ")).map((call) => call.replace(/^pip /, ""));
  }

  async names(): Promise<string[]> {
    return (await Array.fromAsync(Deno.readDir(this.root), ({ name }) => name)).sort();
  }
}

function test(
  name: string,
  kind: FakePython,
  fn: (checkout: Checkout) => Promise<void>,
): void {
  Deno.test({
    name,
    ignore,
    fn: async () => {
      const root = await Deno.makeTempDir();
      try {
        await Deno.writeTextFile(join(root, "requirements.txt"), REQUIREMENTS);
        await fn(new Checkout(root, await fakePython(root, kind)));
      } finally {
        await Deno.remove(root, { recursive: true });
      }
    },
  });
}

const PIP = "install --no-input --disable-pip-version-check";

test("prepareTensorflow() installs TensorFlow's wheel alone", {}, async (checkout) => {
  assertEquals(await checkout.prepareTensorflow(), { status: "ready" });
  assertEquals(await checkout.installs(), [`${PIP} --no-deps --no-compile tensorflow-cpu==2.21.0`]);
  assertEquals(checkout.lines, ["Setting up .venv, once: tensorflow-cpu==2.21.0"]);
});

test("prepareTensorflow() does nothing the second time", {}, async (checkout) => {
  await checkout.prepareTensorflow();
  await checkout.prepareTensorflow();
  assertEquals((await checkout.installs()).length, 1);
  assertEquals(checkout.lines.length, 1);
});

test("prepareTensorflow() installs once when called twice at once", {}, async (checkout) => {
  const results = await Promise.all([checkout.prepareTensorflow(), checkout.prepareTensorflow()]);
  assertEquals(results, [{ status: "ready" }, { status: "ready" }]);
  assertEquals((await checkout.installs()).length, 1);
  assert(checkout.lines.includes("Waiting for another set-up of this checkout"));
});

test("prepareTensorflow() does a killed set-up again from the start", {}, async (checkout) => {
  await Deno.mkdir(join(checkout.root, ".venv"));
  await Deno.writeTextFile(join(checkout.root, ".venv", "installed.txt"), "");
  await Deno.writeTextFile(join(checkout.root, ".venv", "half"), "");
  assertEquals(await checkout.prepareTensorflow(), { status: "ready" });
  await assertRejects(() => Deno.stat(join(checkout.root, ".venv", "half")), Deno.errors.NotFound);
});

test("prepareTensorflow() makes .venv anew for another version", {}, async (checkout) => {
  await checkout.prepareTensorflow();
  await checkout.require("2.22.0", { insteadOf: "2.21.0" });
  assertEquals(await checkout.prepareTensorflow(), { status: "ready" });
  assertEquals((await callsOf(checkout.root)).map((call) => call.split(" ")[0]), [
    "venv",
    "pip",
    "venv",
    "pip",
  ]);
});

test("prepareTensorflow() leaves no .venv when pip fails", { pip: 1 }, async (checkout) => {
  const result = await checkout.prepareTensorflow();
  assert(result.status === "unavailable");
  assertStringIncludes(result.message, "-m pip: exit code 1, its messages stand above");
  assertStringIncludes(result.message, "WASM backend");
  assert(!(await checkout.names()).includes(".venv"));
});

test("prepareTensorflow() writes nothing without venv", { venv: false }, async (checkout) => {
  const result = await checkout.prepareTensorflow();
  assert(result.status === "unavailable");
  assertStringIncludes(result.message, "python3-venv");
  assertEquals(await checkout.names(), [".venv.lock", "python", "requirements.txt"]);
});

test("prepareTensorflow() leaves another's .venv alone", {}, async (checkout) => {
  const own = join(checkout.root, ".venv", "pyvenv.cfg");
  await Deno.mkdir(join(checkout.root, ".venv"));
  await Deno.writeTextFile(own, "home = elsewhere");
  const result = await checkout.prepareTensorflow();
  assert(result.status === "unavailable");
  assertStringIncludes(result.message, "made by something else");
  assertEquals(await Deno.readTextFile(own), "home = elsewhere");
});

test("prepareTensorflow() leaves a JupyterLab that came first", {}, async (checkout) => {
  await checkout.prepareJupyter();
  await checkout.prepareTensorflow();
  await checkout.prepareJupyter();
  assertEquals((await callsOf(checkout.root)).slice(1), [
    `pip ${PIP} --no-warn-conflicts jupyterlab==4.6.6`,
    `pip ${PIP} --no-deps --no-compile tensorflow-cpu==2.21.0`,
  ]);
});

test("prepareJupyter() takes another version there and back", {}, async (checkout) => {
  await checkout.prepareTensorflow();
  await checkout.prepareJupyter();
  await checkout.require("4.7.0", { insteadOf: "4.6.6" });
  await checkout.prepareJupyter();
  await checkout.prepareTensorflow();
  await checkout.require("4.6.6", { insteadOf: "4.7.0" });
  await checkout.prepareJupyter();
  const versions = (await checkout.installs()).map((line) => line.split(" ").at(-1));
  assertEquals(versions.slice(1), ["jupyterlab==4.6.6", "jupyterlab==4.7.0", "jupyterlab==4.6.6"]);
});

test("prepareAll() adds the rest to TensorFlow", {}, async (checkout) => {
  await checkout.prepareTensorflow();
  await checkout.prepareAll();
  await checkout.prepareAll();
  assertEquals((await checkout.installs()).slice(1), [
    `${PIP} --no-warn-conflicts jupyterlab==4.6.6`,
  ]);
});

test("prepareAll() without TensorFlow installs its wheel alone", {}, async (checkout) => {
  await checkout.prepareAll();
  assertEquals(await checkout.installs(), [
    `${PIP} --no-deps --no-compile tensorflow-cpu==2.21.0`,
    `${PIP} --no-warn-conflicts jupyterlab==4.6.6`,
  ]);
});

test("prepareAll() throws, and leaves no .venv, when pip fails", { pip: 1 }, async (checkout) => {
  await assertRejects(() => checkout.prepareAll(), Error, "exit code 1");
  assert(!(await checkout.names()).includes(".venv"));
});

test("prepareAll() keeps TensorFlow when pip fails to add the rest", {}, async (checkout) => {
  await checkout.prepareTensorflow();
  await Deno.writeTextFile(join(checkout.root, ".venv", "bin", "python"), "#!/bin/sh\nexit 1\n");
  await assertRejects(() => checkout.prepareAll(), Error, "exit code 1");
  assertEquals(await checkout.prepareTensorflow(), { status: "ready" });
  assertEquals((await checkout.installs()).length, 1);
});

test("prepareAll() with gpu takes CUDA's wheel, which stays", {}, async (checkout) => {
  await checkout.prepareTensorflow();
  await checkout.prepareAll({ gpu: true });
  await checkout.prepareAll();
  assertEquals(await checkout.prepareTensorflow(), { status: "ready" });
  assertEquals((await checkout.installs()).slice(1), [
    `${PIP} --no-warn-conflicts tensorflow[and-cuda]==2.21.0`,
    `${PIP} --no-warn-conflicts jupyterlab==4.6.6`,
  ]);
});

Deno.test("prepareTensorflow() is skipped for another backend or a named library", async () => {
  const pythons: string[] = [];
  const root = "no-such-folder";
  assertEquals(await prepareTensorflow({ root, pythons, backend: "wasm", library: "" }), {
    status: "skipped",
  });
  assertEquals(await prepareTensorflow({ root, pythons, backend: "tensorflow", library: "/x" }), {
    status: "skipped",
  });
});
