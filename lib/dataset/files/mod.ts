/**
 * Where the data files come from: the cache, then one source after another, every file checked
 * against its SHA-256.
 *
 * @module
 */
export { DATA_FILES } from "./data_file.ts";
export { DEBIAN_FOLDER, debianPackage } from "./debian_package.ts";
export { findFiles } from "./find_files.ts";
export { environmentFolder, folder } from "./folder.ts";
export { mirror } from "./mirror.ts";
export type { Source } from "./source.ts";
