import { isAbsolute, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * Which files of a folder a Deno process has read, by the log that it writes where the variable
 * `DENO_AUDIT_PERMISSIONS` names a file: one JSON object a line for each use of a permission.
 *
 * @param log The log's text.
 * @param options.root The checkout.
 * @param options.cwd The working directory of the process.
 * @param options.under Folders of the checkout; only what lies in them counts.
 * @returns Paths within the checkout, sorted, each once. They may be folders too.
 */
export function filesRead(
  log: string,
  { root, cwd, under }: { root: string; cwd: string; under: readonly string[] },
): string[] {
  const paths = new Set<string>();
  for (const line of log.split("\n")) {
    if (line === "") continue;
    const entry: unknown = JSON.parse(line);
    if (!isRead(entry)) continue;
    const named = entry.value.startsWith("file:") ? fileURLToPath(entry.value) : entry.value;
    const path = relative(root, isAbsolute(named) ? named : join(cwd, named)).split(sep).join("/");
    if (under.some((folder) => path.startsWith(`${folder}/`))) paths.add(path);
  }
  return [...paths].sort();
}

function isRead(entry: unknown): entry is { permission: "read"; value: string } {
  return typeof entry === "object" && entry !== null && "permission" in entry &&
    entry.permission === "read" && "value" in entry && typeof entry.value === "string";
}
