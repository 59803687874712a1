import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { dirname } from "node:path";

/** What `import.meta` is in a module, for a script that it was bundled into. */
export function metaOf(url: string) {
  return {
    url,
    dirname: dirname(fileURLToPath(url)),
    resolve: (specifier: string) => pathToFileURL(createRequire(url).resolve(specifier)).href,
  };
}
