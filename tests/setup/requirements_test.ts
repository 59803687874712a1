import { assertEquals, assertMatch, assertThrows } from "@std/assert";
import { parseRequirements } from "../../lib/setup/requirements.ts";
import { granted } from "../permissions.ts";

const TEXT = `
# a comment
tensorflow-cpu==2.21.0 ; platform_system == "Linux" and platform_machine == "x86_64"
tensorflow==2.21.0 ; platform_system == "Linux" and platform_machine == "aarch64"
tensorflow==2.21.0 ; platform_system == "Darwin" and platform_machine == "arm64"

jupyterlab==4.6.6
`;

Deno.test("parseRequirements() chooses TensorFlow's wheel by platform", () => {
  const tensorflow = (os: string, arch: string) => parseRequirements(TEXT, { os, arch }).tensorflow;
  assertEquals(tensorflow("linux", "x86_64"), "tensorflow-cpu==2.21.0");
  assertEquals(tensorflow("linux", "aarch64"), "tensorflow==2.21.0");
  assertEquals(tensorflow("darwin", "aarch64"), "tensorflow==2.21.0");
  assertEquals(tensorflow("darwin", "x86_64"), undefined);
  assertEquals(tensorflow("windows", "x86_64"), undefined);
});

Deno.test("parseRequirements() offers CUDA on Linux on x86-64 only", () => {
  const cuda = (os: string, arch: string) => parseRequirements(TEXT, { os, arch }).tensorflowCuda;
  assertEquals(cuda("linux", "x86_64"), "tensorflow[and-cuda]==2.21.0");
  assertEquals(cuda("linux", "aarch64"), undefined);
  assertEquals(cuda("darwin", "aarch64"), undefined);
});

Deno.test("parseRequirements() returns the other requirements in order", () => {
  assertEquals(parseRequirements(TEXT).others, ["jupyterlab==4.6.6"]);
});

Deno.test("parseRequirements() rejects a TensorFlow without a platform", () => {
  assertThrows(() => parseRequirements("tensorflow==2.21.0"), SyntaxError, "platform_system");
});

Deno.test({
  name: "requirements.txt pins every package",
  ignore: !granted("read"),
  fn: async () => {
    const text = await Deno.readTextFile(new URL("../../requirements.txt", import.meta.url));
    const { tensorflow, others } = parseRequirements(text, { os: "linux", arch: "x86_64" });
    for (const line of [tensorflow ?? "", ...others]) assertMatch(line, /^[\w-]+==\d+(\.\d+)+$/);
  },
});
