import { build, type Plugin } from "esbuild";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";

const SUITE = fileURLToPath(new URL("suite.ts", import.meta.url));
const META = fileURLToPath(new URL("import_meta.ts", import.meta.url));

/**
 * Bundles `suite.ts`, with TensorFlow.js's own tests and our backends, into one script, so that
 * tests and backends share one TensorFlow.js: the ES modules of its packages, which the tests
 * import by relative paths.
 */
export async function bundleSuite(outfile: string): Promise<void> {
  await build({
    entryPoints: [SUITE],
    outfile,
    bundle: true,
    // Most tests would be dropped: the package declares their modules free of side effects.
    ignoreAnnotations: true,
    platform: "node",
    // The package imports a function that node:util lacks, which ES modules would refuse.
    format: "cjs",
    target: "esnext",
    tsconfigRaw: {},
    logLevel: "error",
    plugins: [packages],
  });
}

/** Finds npm packages where Deno keeps them, and the sources of TensorFlow.js among them. */
const packages: Plugin = {
  name: "packages",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^[^./]/ }, async ({ path, importer, kind }) => {
      if (kind === "entry-point" || path.startsWith("node:")) return undefined;
      const found = resolve(path, importer);
      if (found === path) return { path, external: true };
      // esbuild says what is missing, unless the module itself provides for that.
      return found === undefined ? undefined : { path: await sourceOf(found) };
    });
    // A bundle has one import.meta, but each module looks for files beside itself.
    onLoad({ filter: /\/lib\/tensorflow\/.*\.ts$/ }, async ({ path }) => {
      const text = await Deno.readTextFile(path);
      const meta = `metaOf(${JSON.stringify(pathToFileURL(path).href)})`;
      const contents = `import { metaOf } from ${JSON.stringify(META)};\n` +
        text.replaceAll("import.meta", meta);
      return { contents, loader: "ts" };
    });
  },
};

function resolve(path: string, importer: string): string | undefined {
  try {
    return createRequire(importer).resolve(path);
  } catch {
    return undefined;
  }
}

/**
 * The module that a file of TensorFlow.js was compiled from: its packages' CommonJS bundles each
 * hold a TensorFlow.js of their own, and ES5 classes cannot extend the ES modules' classes.
 */
async function sourceOf(file: string): Promise<string> {
  const candidates = [
    file.replace(/\/tf(-[a-z-]+)?\.node\.js$/, "/index.js"),
    file.replace(/(\/tfjs-node-gpu\/[^/]+)\/dist\/(.+)\.js$/, "$1/src/$2.ts"),
  ];
  for (const candidate of candidates) {
    if (candidate === file) continue;
    const { isFile } = await Deno.stat(candidate).catch(() => ({ isFile: false }));
    if (isFile) return candidate;
  }
  return file;
}
