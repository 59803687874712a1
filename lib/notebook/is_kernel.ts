/** Whether this is Deno's Jupyter kernel: elsewhere `Deno.jupyter` throws when it is read. */
export function isKernel(): boolean {
  try {
    return Deno.jupyter !== undefined;
  } catch {
    return false;
  }
}
