/**
 * Writes a text file whole or not at all: under a temporary name beside it, then renamed.
 *
 * @throws {Deno.errors.NotFound} If the folder does not exist; others as the platform has it.
 */
export async function writeAtomically(path: string, text: string): Promise<void> {
  const temporary = `${path}.${crypto.randomUUID()}.tmp`;
  try {
    await Deno.writeTextFile(temporary, text);
    await Deno.rename(temporary, path);
  } catch (error) {
    // Where nothing was written there is nothing to remove: the first error is the one to tell.
    await Deno.remove(temporary).catch(() => {});
    throw error;
  }
}
