import { join } from "node:path";

/** A Python stand-in's ways to behave. */
export interface FakePython {
  /** What `sys.version_info` would say. */
  version?: string;
  /** Whether it has venv. */
  venv?: boolean;
  /** The exit code of pip. */
  pip?: number;
}

/**
 * Writes a shell script that answers as Python does to the set-up: it tells its
 * version, "makes" environments that hold itself, and "installs". Each start that
 * is not for the version adds a line to `calls` in the same folder. Returns its path.
 */
export async function fakePython(
  folder: string,
  { version = "3.12.1", venv = true, pip = 0 }: FakePython = {},
): Promise<string> {
  const path = join(folder, "python");
  await Deno.writeTextFile(
    path,
    `#!/bin/sh
if [ "$2" = -c ]; then echo "${version.replaceAll(".", " ")}"; ${
      venv ? "echo venv" : "exit 1"
    }; exit; fi
shift 2
echo "$@" >> "${folder}/calls"
case "$1" in
  venv) mkdir -p "$2/bin" && cp "${path}" "$2/bin/python" ;;
  pip) sleep 0.2; exit ${pip} ;;
esac
`,
    { mode: 0o755 },
  );
  return path;
}

/** The lines in `calls`: how the stand-in was started. */
export async function callsOf(folder: string): Promise<string[]> {
  const text = await Deno.readTextFile(join(folder, "calls"));
  return text.trimEnd().split("\n");
}
