import { rmSync } from "node:fs";

/**
 * Takes a name for this process alone until it is given back, by a lock of the operating system's on
 * a file that is there for so long. The lock goes when the process does, however that ends; a file
 * that is left then is in nobody's way.
 *
 * @returns What gives it back when disposed; `undefined` if another process has it.
 * @throws {Deno.errors.NotFound} If the folder does not exist; others as the platform has it.
 */
export async function claim(path: string): Promise<Disposable | undefined> {
  while (true) {
    using stack = new DisposableStack();
    const file = stack.use(await Deno.open(path, { write: true, create: true }));
    if (!await file.tryLock(true)) return undefined;
    // Who had it may have removed the file before it was locked here: then another is there, or none.
    if (!await isAt(path, file)) continue;
    stack.defer(() => rmSync(path, { force: true }));
    return stack.move();
  }
}

async function isAt(path: string, file: Deno.FsFile): Promise<boolean> {
  try {
    return (await Deno.stat(path)).ino === (await file.stat()).ino;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
