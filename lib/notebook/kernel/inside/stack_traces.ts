import { SourceMap } from "node:module";
import type { Place } from "./protocol.ts";

/** A frame of a stack, as far as V8 tells. */
interface CallSite {
  getScriptNameOrSourceURL(): string | null;
  getFunctionName(): string | null;
  getLineNumber(): number | null;
  getColumnNumber(): number | null;
}

interface Cell {
  readonly name: string;
  /** Is read by the first error alone. */
  readonly sourceMap: string;
  map?: SourceMap;
}

const SCHEME = "cell:";
const FOLDER = new URL(".", import.meta.url).href;

const cells = new Map<number, Cell>();

/** The places of errors whose stack has been written. */
const places = new WeakMap<object, Place>();

/** Remembers a cell; gives the comment by which V8 knows its code. */
export function nameCell(
  cell: number,
  { name, sourceMap }: { name: string; sourceMap: string },
): string {
  cells.set(cell, { name, sourceMap });
  return `\n//# sourceURL=${SCHEME}${cell}`;
}

/**
 * Lets stacks name cells and their lines, and leaves out what lies under a cell: the kernel and
 * Deno's own code.
 */
export function nameCellsInStacks(): void {
  Reflect.set(Error, "prepareStackTrace", (error: unknown, sites: readonly CallSite[]) => {
    const frames: string[] = [];
    for (const site of sites) {
      const url = site.getScriptNameOrSourceURL();
      if (url?.startsWith(FOLDER) && frames.length > 0) break;
      if (url?.startsWith(FOLDER) || url?.startsWith("ext:")) continue;
      const place = placeOf(site);
      if (place !== undefined && typeof error === "object" && error !== null) {
        if (!places.has(error)) places.set(error, place);
      }
      frames.push(`\n    at ${place === undefined ? site : inCell(site, place)}`);
    }
    return headOf(error) + frames.join("");
  });
}

/** Where in a cell an error came about, as its stack has it. */
export function placeOfError(error: unknown): Place | undefined {
  if (typeof error !== "object" || error === null) return undefined;
  // A stack is written when it is first read.
  void Reflect.get(error, "stack");
  return places.get(error);
}

function inCell(site: CallSite, { cell, line, column }: Place): string {
  const where = `${cells.get(cell)?.name}, line ${line}, column ${column}`;
  const name = site.getFunctionName();
  return name ? `${name} (${where})` : where;
}

function placeOf(site: CallSite): Place | undefined {
  const url = site.getScriptNameOrSourceURL() ?? "";
  const [line, column] = [site.getLineNumber(), site.getColumnNumber()];
  if (!url.startsWith(SCHEME) || line === null || column === null) return undefined;
  return placeIn(Number(url.slice(SCHEME.length)), { line: line - 1, column: column - 1 });
}

/** The place in a cell's text for one in its code, which is counted from 0. */
export function placeIn(
  cell: number,
  { line, column }: { line: number; column: number },
): Place {
  const entry = mapOf(cell)?.findEntry(line, column);
  if (entry === undefined || !("originalLine" in entry)) {
    return { cell, line: line + 1, column: column + 1 };
  }
  return { cell, line: entry.originalLine + 1, column: entry.originalColumn + 1 };
}

function mapOf(cell: number): SourceMap | undefined {
  const known = cells.get(cell);
  return known && (known.map ??= new SourceMap(JSON.parse(known.sourceMap)));
}

/** `RangeError: message`, also of an error whose own words fail. */
function headOf(error: unknown): string {
  try {
    return String(error);
  } catch {
    return "Error";
  }
}
