/**
 * The code of cells: TypeScript becomes JavaScript for V8's prompt mode.
 *
 * @module
 */
export { CellSyntaxError, compileCell, type CompiledCell, type SyntaxFault } from "./cell_code.ts";
export { type Completeness, isComplete } from "./is_complete.ts";
