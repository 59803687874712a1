import type { TensorflowApi } from "./c_api.ts";

/**
 * Instructions that multiply numbers of bfloat16, by TensorFlow's numbers of them, which it
 * promises not to change (tsl/platform/cpu_info.h): AVX512_BF16 and AMX_BF16.
 */
const INSTRUCTIONS = [39, 43];

/** The limits that oneDNN may be given and under which it takes none of them. */
const LIMITS = new Set(
  ["SSE41", "AVX", "AVX2", "AVX2_VNNI", "AVX2_VNNI_2", "AVX512_CORE", "AVX512_CORE_VNNI"],
);

/**
 * Whether oneDNN multiplies numbers of bfloat16 by instructions of the processor's. Where it does
 * not, it rounds to them all the same, slowly, or ends the process.
 *
 * `api` is asked what the processor has; a library that does not tell counts as one that has not.
 * `limit` is the newest instruction set that oneDNN may take, by the environment variables that
 * it reads when it starts.
 */
export function multipliesBfloat16(
  { testCpuFeature }: Pick<TensorflowApi, "testCpuFeature">,
  { limit = limitByEnvironment() }: { limit?: string } = {},
): boolean {
  if (testCpuFeature === null || LIMITS.has(limit.toUpperCase())) return false;
  return INSTRUCTIONS.some((number) => testCpuFeature(number));
}

function limitByEnvironment(): string {
  for (const variable of ["ONEDNN_MAX_CPU_ISA", "DNNL_MAX_CPU_ISA"]) {
    if (Deno.permissions.querySync({ name: "env", variable }).state !== "granted") continue;
    const limit = Deno.env.get(variable);
    if (limit !== undefined) return limit;
  }
  return "DEFAULT";
}
