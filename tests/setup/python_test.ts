import { assertEquals, assertRejects } from "@std/assert";
import { findPython } from "../../lib/setup/python.ts";
import { granted } from "../permissions.ts";
import { type FakePython, fakePython } from "./fake_python.ts";

const ignore = !granted("read", "write", "run") || Deno.build.os === "windows";

async function withPythons(kinds: FakePython[], action: (pythons: string[]) => Promise<void>) {
  const folder = await Deno.makeTempDir();
  try {
    const pythons: string[] = [];
    for (const [i, kind] of kinds.entries()) {
      await Deno.mkdir(`${folder}/${i}`);
      pythons.push(await fakePython(`${folder}/${i}`, kind));
    }
    await action(pythons);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test({
  name: "findPython() takes the first of a fit version",
  ignore,
  fn: () =>
    withPythons([{ version: "3.9.18" }, { version: "3.14.0" }, { version: "3.10.0" }, {}], async (
      pythons,
    ) => {
      assertEquals(await findPython(["no-such-python", ...pythons]), pythons[2]);
    }),
});

Deno.test({
  name: "findPython() passes over one without venv",
  ignore,
  fn: () =>
    withPythons([{ venv: false }, {}], async (pythons) => {
      assertEquals(await findPython(pythons), pythons[1]);
    }),
});

Deno.test({
  name: "findPython() names what is wrong with each",
  ignore,
  fn: () =>
    withPythons([{ version: "2.7.18" }, { venv: false }], async ([old, bare]) => {
      await assertRejects(
        () => findPython([old, bare]),
        Deno.errors.NotFound,
        `Cannot find Python 3.10 to 3.13 with venv: ${old} is 2.7.18, ${bare} lacks venv`,
      );
    }),
});

Deno.test({
  name: "findPython() says so where there is none",
  ignore: !granted("run"),
  fn: async () => {
    await assertRejects(
      () => findPython(["no-such-python"]),
      Deno.errors.NotFound,
      "none of no-such-python is there",
    );
  },
});
