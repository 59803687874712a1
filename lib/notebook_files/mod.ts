/**
 * Notebooks as files: what makes two runs comparable, what the committed outputs came from, and
 * the cells as a TypeScript module. Running them is lib/cli's.
 *
 * @module
 */
export { type CellsModule, cellsModule, nameCells } from "./cells_module.ts";
export { countFaults } from "./counts.ts";
export { filesRead } from "./files_read.ts";
export { galleryPicture } from "./gallery.ts";
export { normalise } from "./normalise.ts";
export {
  type Cell,
  codeCells,
  joined,
  type Notebook,
  type Output,
  parseNotebook,
} from "./notebook.ts";
export { differingKinds, outputErrors, outputKinds } from "./output_kinds.ts";
export {
  hashCells,
  type NotebookProvenance,
  provenanceOf,
  sha256,
  staleness,
  withProvenance,
} from "./provenance.ts";
export { stringifyNotebook } from "./stringify.ts";
