import { assert, assertEquals } from "@std/assert";
import { fileURLToPath } from "node:url";
import { multipliesBfloat16 } from "../../lib/tensorflow/bfloat16.ts";
import { granted } from "../permissions.ts";
import { tensorflowAvailable } from "./available.ts";

/** A library that finds these instructions, by TensorFlow's numbers of them. */
const having = (...numbers: number[]) => ({
  testCpuFeature: (number: number) => numbers.includes(number),
});

const [AVX512F, AVX512_BF16, AMX_BF16, AVX_NE_CONVERT] = [27, 39, 43, 46];

Deno.test("multipliesBfloat16() is so with AVX512_BF16 or AMX_BF16 alone", () => {
  const limit = "DEFAULT";
  assert(multipliesBfloat16(having(AVX512F, AVX512_BF16), { limit }));
  assert(multipliesBfloat16(having(AMX_BF16), { limit }));
  assert(!multipliesBfloat16(having(AVX512F), { limit }));
  assert(!multipliesBfloat16(having(AVX_NE_CONVERT), { limit }));
  assert(!multipliesBfloat16(having(), { limit }));
});

Deno.test("multipliesBfloat16() is not so where the library does not tell", () => {
  assert(!multipliesBfloat16({ testCpuFeature: null }, { limit: "DEFAULT" }));
});

Deno.test("multipliesBfloat16() heeds the limit of oneDNN's instructions", () => {
  const library = having(AVX512F, AVX512_BF16);
  for (const limit of ["SSE41", "avx2", "AVX2_VNNI_2", "AVX512_CORE", "AVX512_CORE_VNNI"]) {
    assert(!multipliesBfloat16(library, { limit }), limit);
  }
  for (const limit of ["ALL", "avx512_core_bf16", "AVX512_CORE_AMX", "AVX10_1_512"]) {
    assert(multipliesBfloat16(library, { limit }), limit);
  }
});

for (const variable of ["ONEDNN_MAX_CPU_ISA", "DNNL_MAX_CPU_ISA"]) {
  for (const limit of ["AVX2", "AVX512_CORE"]) {
    Deno.test({
      name:
        `jit() in bfloat16 changes nothing where oneDNN does not multiply it: ${variable}=${limit}`,
      ignore: !granted("run") || !tensorflowAvailable(),
      async fn() {
        const script = fileURLToPath(new URL("../onednn/round.ts", import.meta.url));
        const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
          args: ["run", "--no-prompt", "--allow-read", "--allow-env", "--allow-ffi", script],
          env: { TF_ENABLE_ONEDNN_OPTS: "1", [variable]: limit },
          stdin: "null",
        }).output();
        const said = new TextDecoder().decode(stderr);
        assertEquals(code, 0, said);
        assert(!said.includes("bfloat16"), said);
        assertEquals(JSON.parse(new TextDecoder().decode(stdout)), { apart: 0 });
      },
    });
  }
}
