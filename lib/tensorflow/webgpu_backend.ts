/**
 * Registers the `webgpu` backend of npm:@tensorflow/tfjs-backend-webgpu over Deno's WebGPU.
 *
 * @throws {Deno.errors.NotSupported} If Deno finds no graphics adapter.
 */
export async function registerWebgpuBackend(): Promise<string> {
  const adapter = await navigator.gpu.requestAdapter();
  if (adapter === null) {
    throw new Deno.errors.NotSupported(
      "Cannot use WebGPU: Deno finds no graphics adapter; the backends tensorflow and wasm need none",
    );
  }
  await import("@tensorflow/tfjs-backend-webgpu");
  const { description, vendor, isFallbackAdapter } = adapter.info;
  return `WebGPU on ${description || vendor}${isFallbackAdapter ? ", in software" : ""}`;
}
