/**
 * Starts a program that does not outlive this one: it is ended (`SIGTERM`) when the signal is
 * aborted, and when this process ends by `Deno.exit()`. What ends by another's signal alone, as by
 * `SIGKILL`, cannot see to that.
 *
 * @throws {DOMException} An AbortError, if the signal is aborted already.
 * @throws {Deno.errors.NotFound} If there is no such program; others as the platform has it.
 */
export function startChild(
  command: string,
  { signal, ...options }: Deno.CommandOptions = {},
): Deno.ChildProcess {
  signal?.throwIfAborted();
  const child = new Deno.Command(command, options).spawn();
  const end = () => {
    try {
      child.kill("SIGTERM");
    } catch {
      // It has ended by itself, and its status is about to be told.
    }
  };
  signal?.addEventListener("abort", end);
  addEventListener("unload", end);
  child.status.then(() => {
    signal?.removeEventListener("abort", end);
    removeEventListener("unload", end);
  });
  return child;
}
