/**
 * How this project reads and writes files; every other folder may use it.
 *
 * @module
 */
export { claim } from "./claim.ts";
export { callersPath } from "./callers_path.ts";
export { readTextIfThere } from "./read_text_if_there.ts";
export { writeAtomically } from "./write_atomically.ts";
