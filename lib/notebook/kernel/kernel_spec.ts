import { fileURLToPath } from "node:url";

/** What Jupyter needs to know to start a kernel: the content of a `kernel.json`. */
export interface KernelSpec {
  readonly argv: readonly string[];
  readonly display_name: string;
  readonly language: string;
  /** Stop comes as a message, not as a signal. */
  readonly interrupt_mode: "message";
  readonly env: Readonly<Record<string, string>>;
}

/** The variable that says `off` where types are not to be looked at. */
export const TYPES_VARIABLE = "DENO_KERNEL_TYPES";

/**
 * The variable that names a file in which Deno notes what the cells use of their permissions, as
 * `DENO_AUDIT_PERMISSIONS` does for a program: that would have each of the kernel's write into it.
 */
export const AUDIT_VARIABLE = "DENO_KERNEL_AUDIT";

const MAIN = fileURLToPath(new URL("./main.ts", import.meta.url));

/**
 * The kernel as Jupyter starts it, with the Deno that runs this.
 *
 * @param options.name What people choose from.
 * @param options.env Variables for the kernel and for what the cells run.
 */
export function kernelSpec(
  { name = "TypeScript (Deno)", env = {} }: { name?: string; env?: Record<string, string> } = {},
): KernelSpec {
  return {
    argv: [
      Deno.execPath(),
      "run",
      "--quiet",
      "--no-prompt",
      "--allow-read",
      "--allow-write",
      "--allow-env",
      "--allow-run",
      "--allow-net=127.0.0.1",
      MAIN,
      "{connection_file}",
    ],
    display_name: name,
    language: "typescript",
    interrupt_mode: "message",
    env,
  };
}
