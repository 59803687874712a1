/**
 * The programs that this one starts.
 *
 * @module
 */
export { startChild } from "./start_child.ts";
