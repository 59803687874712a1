import { isAbsolute, resolve } from "node:path";

/**
 * A path that the user named, on the command line or in a variable: relative ones start where the
 * user is. A task runs in the checkout, and `deno task` says in `INIT_CWD` where it was called.
 */
export function callersPath(path: string): string {
  return isAbsolute(path) ? path : resolve(Deno.env.get("INIT_CWD") ?? "", path);
}
