import { createRequire } from "node:module";
import { createCanvas, GlobalFonts } from "@napi-rs/canvas";
// The import puts the package where require.resolve() finds it.
import "@expo-google-fonts/arimo/package.json" with { type: "json" };
import { withoutControls } from "./xml_text.ts";

/**
 * The font of the figures' PNG. Arimo has the widths of Arial and Helvetica, so that a browser
 * which has only those, or Liberation Sans, lays the SVG out alike.
 */
export const FONT_FAMILY = "Arimo";

/** What an SVG asks for. */
export const FONT_STACK = `${FONT_FAMILY}, "Liberation Sans", Arial, Helvetica, sans-serif`;

const { resolve } = createRequire(import.meta.url);

/** The font's files: regular and bold. */
export const FONT_FILES: readonly string[] = ["400Regular", "700Bold"].map((weight) =>
  resolve(`@expo-google-fonts/arimo/${weight}/Arimo_${weight}.ttf`)
);

for (const file of FONT_FILES) GlobalFonts.registerFromPath(file, FONT_FAMILY);
const context = createCanvas(1, 1).getContext("2d");

/** The width of a line of text in pixels. */
export function textWidth(text: string, { size, bold = false }: TextStyle): number {
  context.font = `${bold ? "bold " : ""}${size}px ${FONT_FAMILY}`;
  return context.measureText(withoutControls(text)).width;
}

/** How text is set. */
export interface TextStyle {
  /** Pixels. */
  readonly size: number;
  readonly bold?: boolean;
}

/** Breaks text into lines of at most `width` pixels, at spaces; within a word that is too long. */
export function wrap(text: string, { width, ...style }: TextStyle & { width: number }): string[] {
  const fits = (line: string) => textWidth(line, style) <= width;
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter((word) => word !== "")) {
    const longer = lines.length === 0 ? word : `${lines[lines.length - 1]} ${word}`;
    if (fits(longer)) lines[Math.max(0, lines.length - 1)] = longer;
    else lines.push(...pieces(word, fits));
  }
  return lines;
}

/** A word, cut where a piece would not fit; a single sign is never cut. */
function pieces(word: string, fits: (line: string) => boolean): string[] {
  const cut: string[] = [""];
  for (const { segment } of signs.segment(word)) {
    const longer = cut[cut.length - 1] + segment;
    if (cut[cut.length - 1] === "" || fits(longer)) cut[cut.length - 1] = longer;
    else cut.push(segment);
  }
  return cut;
}

const signs = new Intl.Segmenter("en");
