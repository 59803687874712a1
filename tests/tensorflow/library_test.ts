import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { dirname, join } from "node:path";
import { findTensorflowLibrary } from "../../lib/tensorflow/mod.ts";
import { openTensorflow } from "../../lib/tensorflow/c_api.ts";
import { granted } from "../permissions.ts";
import { tensorflowAvailable } from "./available.ts";

function withEnvironment(variables: Record<string, string | undefined>, fn: () => void) {
  const before = Object.keys(variables).map((name) => [name, Deno.env.get(name)] as const);
  const set = (name: string, value: string | undefined) =>
    value === undefined ? Deno.env.delete(name) : Deno.env.set(name, value);
  for (const [name, value] of Object.entries(variables)) set(name, value);
  try {
    fn();
  } finally {
    for (const [name, value] of before) set(name, value);
  }
}

Deno.test({
  name: "findTensorflowLibrary() takes TENSORFLOW_LIBRARY first, a file or a folder",
  ignore: !granted("read", "write", "env") || Deno.build.os !== "linux",
  fn() {
    const folder = Deno.makeTempDirSync();
    const file = `${folder}/libtensorflow.so.2`;
    Deno.writeTextFileSync(file, "");
    withEnvironment({ TENSORFLOW_LIBRARY: folder }, () => assert(findTensorflowLibrary() === file));
    withEnvironment({ TENSORFLOW_LIBRARY: file }, () => assert(findTensorflowLibrary() === file));
    Deno.removeSync(folder, { recursive: true });
  },
});

Deno.test({
  name: "findTensorflowLibrary() does not look elsewhere when TENSORFLOW_LIBRARY names nothing",
  ignore: !granted("read", "env"),
  fn() {
    withEnvironment({ TENSORFLOW_LIBRARY: "/nowhere/lib.so" }, () => {
      assertThrows(
        findTensorflowLibrary,
        Deno.errors.NotFound,
        "TENSORFLOW_LIBRARY names /nowhere/lib.so",
      );
    });
  },
});

Deno.test({
  name: "findTensorflowLibrary() looks into the active environment, then names every place tried",
  ignore: !granted("read", "write", "env") || Deno.build.os !== "linux",
  fn() {
    const folder = Deno.makeTempDirSync();
    const wheel = `${folder}/lib/python3.12/site-packages/tensorflow`;
    const variables = { TENSORFLOW_LIBRARY: undefined, VIRTUAL_ENV: folder };
    Deno.mkdirSync(wheel, { recursive: true });
    Deno.writeTextFileSync(`${wheel}/libtensorflow_cc.so.2`, "");
    withEnvironment(variables, () => assert(findTensorflowLibrary().startsWith(wheel)));
    Deno.removeSync(folder, { recursive: true });
    withEnvironment({ ...variables, LD_LIBRARY_PATH: "/of/the/loader" }, () => {
      try {
        findTensorflowLibrary();
      } catch (error) {
        assert(error instanceof Deno.errors.NotFound);
        for (const place of [folder, ".venv", "deps/lib", "/of/the/loader", "/usr/lib"]) {
          assertStringIncludes(error.message, place);
        }
      }
    });
  },
});

/** Opens a file of these bytes as TensorFlow's library. */
function openBytes(bytes: Uint8Array): void {
  const file = Deno.makeTempFileSync();
  try {
    Deno.writeFileSync(file, bytes);
    openTensorflow(file);
  } finally {
    Deno.removeSync(file);
  }
}

Deno.test({
  name: "openTensorflow() names a file that is no library, and one for another machine",
  ignore: !granted("read", "write", "env", "ffi") || Deno.build.os !== "linux",
  fn() {
    assertThrows(
      () => openBytes(new TextEncoder().encode("hello")),
      TypeError,
      "it is no shared library",
    );
    const header = new Uint8Array(64);
    header.set([0x7f, 0x45, 0x4c, 0x46]);
    header[18] = Deno.build.arch === "x86_64" ? 0xb7 : 0x3e;
    assertThrows(() => openBytes(header), TypeError, `and this is ${Deno.build.arch}`);
  },
});

Deno.test({
  name: "openTensorflow() names a file that was cut short, which would end the process",
  ignore: !tensorflowAvailable() || Deno.build.os !== "linux",
  fn() {
    using library = Deno.openSync(findTensorflowLibrary());
    const start = new Uint8Array(4096);
    library.readSync(start);
    assertThrows(() => openBytes(start), TypeError, "it is cut short, 4096 bytes of");
  },
});

Deno.test({
  name: "openTensorflow() names a function that a library lacks",
  ignore: !tensorflowAvailable() || Deno.build.os !== "linux",
  fn() {
    // It has a part of what is needed, as an old library would.
    const part = join(dirname(findTensorflowLibrary()), "libtensorflow_framework.so.2");
    assertThrows(() => openTensorflow(part), TypeError, "it is too old, or another library");
  },
});

Deno.test({
  name: "openTensorflow() names a companion that is missing",
  ignore: !tensorflowAvailable() || !granted("write", "run") || Deno.build.os !== "linux",
  async fn() {
    const folder = await Deno.makeTempDir();
    await Deno.symlink(findTensorflowLibrary(), `${folder}/libtensorflow_cc.so.2`);
    // In another process, since this one may have the companion open.
    const module = JSON.stringify(import.meta.resolve("../../lib/tensorflow/mod.ts"));
    const script = `import { initBackend } from ${module};` +
      `await initBackend({ backend: "tensorflow" }).catch((error) => console.log(error.message));`;
    const { code, stdout } = await new Deno.Command(Deno.execPath(), {
      args: ["eval", script],
      env: { TENSORFLOW_LIBRARY: folder },
      stdin: "null",
    }).output();
    const said = new TextDecoder().decode(stdout);
    assertStringIncludes(said, "it needs libtensorflow_framework.so.2 in its folder");
    assertEquals(code, 0);
    await Deno.remove(folder, { recursive: true });
  },
});
