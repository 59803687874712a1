/**
 * Writes a file whole or not at all: under a temporary name beside it, then renamed. The
 * folder must be there.
 *
 * @throws {Deno.errors.NotFound} If the folder does not exist; others as the platform has it.
 */
export async function writeAtomically(path: string, content: string | Uint8Array): Promise<void> {
  const temporary = `${path}.${crypto.randomUUID()}.tmp`;
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  try {
    await Deno.writeFile(temporary, bytes);
    await Deno.rename(temporary, path);
  } catch (error) {
    // Where nothing was written there is nothing to remove: the first error is the one to tell.
    await Deno.remove(temporary).catch(() => {});
    throw error;
  }
}
