/**
 * What Linux tells of processes in /proc, which Deno itself reads with all permissions only.
 *
 * @module
 */

/** Milliseconds in which a process has to end. */
const PATIENCE = 30_000;

/** A file of /proc, or what `ls -l` tells of a folder; empty where it is not there any more. */
function read(path: string, { command = "cat" }: { command?: string } = {}): string {
  const args = command === "ls" ? ["-l", path] : [path];
  return new TextDecoder().decode(new Deno.Command(command, { args }).outputSync().stdout);
}

/** The processes that one has started, those that they have started, and so on. */
export function descendants(pid: number): number[] {
  const text = read(`/proc/${pid}/task/${pid}/children`).trim();
  const children = text === "" ? [] : text.split(" ").map(Number);
  return children.flatMap((child) => [child, ...descendants(child)]);
}

/** Whether a process is there, and no more than its exit code is waited for. */
export function lives(pid: number): boolean {
  const stat = read(`/proc/${pid}/stat`);
  return stat !== "" && !stat.includes(") Z ");
}

/** Waits until processes have ended; throws if one does not. */
export async function untilGone(pids: readonly number[]): Promise<void> {
  const started = performance.now();
  while (pids.some(lives)) {
    if (performance.now() > started + PATIENCE) {
      throw new Error(`Processes live on: ${pids.filter(lives).join(", ")}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The addresses, in hexadecimal digits, at which processes listen. */
export function listening(pids: readonly number[]): string[] {
  const links = pids.map((pid) => read(`/proc/${pid}/fd`, { command: "ls" })).join("");
  const inodes = new Set(Array.from(links.matchAll(/socket:\[(\d+)\]/g), ([, inode]) => inode));
  return ["tcp", "tcp6", "udp", "udp6"].flatMap((kind) => {
    const rows = read(`/proc/net/${kind}`).trim().split("\n").slice(1)
      .map((row) => row.trim().split(/\s+/));
    return rows.filter((row) => (kind.startsWith("udp") || row[3] === "0A") && inodes.has(row[9]))
      .map(([, address]) => address.split(":")[0]);
  });
}
