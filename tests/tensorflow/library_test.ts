import { assert, assertStringIncludes, assertThrows } from "@std/assert";
import { findTensorflowLibrary } from "../../lib/tensorflow/mod.ts";
import { openTensorflow } from "../../lib/tensorflow/c_api.ts";
import { granted } from "../permissions.ts";

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

Deno.test({
  name: "openTensorflow() names a file that is no library",
  ignore: !granted("read", "write", "env", "ffi"),
  fn() {
    const file = Deno.makeTempFileSync();
    assertThrows(() => openTensorflow(file), TypeError, `Cannot open TensorFlow's library ${file}`);
    Deno.removeSync(file);
  },
});
