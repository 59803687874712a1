/**
 * What TypeScript knows of the cells, by `deno lsp`.
 *
 * @module
 */
export { type Completion, type TypeFault, Types } from "./types.ts";
