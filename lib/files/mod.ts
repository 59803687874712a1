/**
 * How this project writes files; every other folder may use it.
 *
 * @module
 */
export { writeAtomically } from "./write_atomically.ts";
