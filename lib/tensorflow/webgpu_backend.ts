/**
 * Registers the `webgpu` backend of npm:@tensorflow/tfjs-backend-webgpu over Deno's WebGPU
 * (`--unstable-webgpu`).
 *
 * @throws {Deno.errors.NotSupported} If Deno finds no graphics adapter.
 */
export async function registerWebgpuBackend(): Promise<string> {
  const adapter = await navigator.gpu?.requestAdapter() ?? null;
  if (adapter === null) {
    throw new Deno.errors.NotSupported(
      navigator.gpu === undefined
        ? "Cannot use WebGPU: Deno has it behind the flag --unstable-webgpu"
        : "Cannot use WebGPU: Deno finds no graphics adapter",
    );
  }
  await import("@tensorflow/tfjs-backend-webgpu");
  return `WebGPU on ${adapter.info.description || adapter.info.vendor}`;
}
