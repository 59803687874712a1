/**
 * Runs `action` while no other process does so with the same file, which is made
 * if it is missing. The lock is the operating system's: it goes when the process
 * does, however that ends. The file stays, since removing it would let two in.
 */
export async function withLock<T>(
  path: string,
  action: () => Promise<T>,
  { onWait = () => {} }: { onWait?: () => void } = {},
): Promise<T> {
  using file = await Deno.open(path, { write: true, create: true });
  if (!(await file.tryLock(true))) {
    onWait();
    await file.lock(true);
  }
  return await action();
}
