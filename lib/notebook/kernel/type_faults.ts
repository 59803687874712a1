import type { JsonObject } from "./protocol/mod.ts";
import type { TypeFault } from "./types/mod.ts";

/**
 * What is shown under a cell whose types are wrong, and which runs all the same: a quiet line for
 * each error.
 */
export function typeFaultsDisplay(faults: readonly TypeFault[]): JsonObject {
  const lines = faults.map(({ message, line }) => `Type error, line ${line}: ${message}`);
  const html = lines.map(escaped).join("\n");
  return {
    data: {
      "text/plain": lines.join("\n"),
      "text/html": `<pre style="opacity: 0.65; margin: 0">${html}</pre>`,
    },
    metadata: {},
    transient: {},
  };
}

const escaped = (text: string): string =>
  text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
