/** Waits for a line that never comes, then ends the process; Ctrl-C is not for it. */
const SCRIPT = `trap "" INT; read -r line; kill -9 "$0"`;

/**
 * Ends another process when this one ends, by whatever cause, even where the other one is in a loop
 * and does not see it: a shell waits at a pipe that the system closes then. On Windows, nothing.
 *
 * @returns Is disposed when the other process has ended, or looks after itself.
 */
export function endWithThisProcess(pid: number): Disposable {
  if (Deno.build.os === "windows") return { [Symbol.dispose]() {} };
  const shell = new Deno.Command("sh", {
    args: ["-c", SCRIPT, String(pid)],
    stdin: "piped",
    stdout: "null",
    stderr: "null",
  }).spawn();
  return {
    [Symbol.dispose]() {
      try {
        shell.kill("SIGKILL");
      } catch {
        // It has ended by itself.
      }
    },
  };
}
