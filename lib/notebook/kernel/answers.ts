import type { Engine } from "./engine.ts";
import { type JsonObject, PROTOCOL_VERSION } from "./protocol/mod.ts";
import type { Types } from "./types/mod.ts";

/** What is known where a question about code is answered. */
export interface Sources {
  /** Missing where types are not looked at. */
  readonly types: Promise<Types> | undefined;
  /** What there is at run time. */
  readonly engine: Promise<Engine | undefined>;
}

/** What the kernel says of itself. */
export const KERNEL_INFO: JsonObject = {
  protocol_version: PROTOCOL_VERSION,
  implementation: "deno",
  implementation_version: Deno.version.deno,
  language_info: {
    name: "typescript",
    version: Deno.version.typescript,
    mimetype: "text/x.typescript",
    file_extension: ".ts",
    pygments_lexer: "typescript",
    codemirror_mode: "typescript",
    nbconvert_exporter: "script",
  },
  banner: `TypeScript ${Deno.version.typescript} on Deno ${Deno.version.deno}`,
  help_links: [{ text: "Deno's manual", url: "https://docs.deno.com" }],
  debugger: false,
};

/** Whether a console may run what has been typed. */
export async function answerIsComplete({ code }: JsonObject): Promise<JsonObject> {
  const { isComplete } = await import("./code/mod.ts");
  return { ...isComplete(String(code)) };
}

/** What may be written at the cursor: what TypeScript knows, and else what there is at run time. */
export async function answerComplete(
  { code, cursor_pos: cursor }: JsonObject,
  { types, engine }: Sources,
): Promise<JsonObject> {
  const text = String(code);
  const offset = utf16Offset(text, Number(cursor));
  const { matches, start, end } = await (await types)?.complete(text, offset) ??
    { matches: [], start: offset, end: offset };
  if (matches.length === 0) {
    const found = await (await engine)?.complete(text, Number(cursor));
    if (found !== undefined) return found;
  }
  return {
    matches: matches.map(({ text }) => text),
    cursor_start: codePoints(text, start),
    cursor_end: codePoints(text, end),
    metadata: {
      _jupyter_types_experimental: matches.map(({ text: name, type }) => ({
        text: name,
        type,
        start: codePoints(text, start),
        end: codePoints(text, end),
      })),
    },
  };
}

/** What is known of the name at the cursor: its signature and its documentation. */
export async function answerInspect(
  { code, cursor_pos: cursor, detail_level: level }: JsonObject,
  { types }: Pick<Sources, "types">,
): Promise<JsonObject> {
  const text = String(code);
  const markdown = await (await types)?.inspect(text, utf16Offset(text, Number(cursor)), {
    detail: level === 1 ? 1 : 0,
  });
  return markdown === undefined
    ? { found: false, data: {}, metadata: {} }
    : { found: true, data: { "text/markdown": markdown, "text/plain": markdown }, metadata: {} };
}

/** Jupyter counts code points, JavaScript code units. */
const utf16Offset = (text: string, codePoints: number): number =>
  Array.from(text).slice(0, codePoints).join("").length;

const codePoints = (text: string, offset: number): number =>
  Array.from(text.slice(0, offset)).length;
