/** Characters that are filled more and more. */
const SHADES = " ░▒▓█";

/** How many levels of grey terminals have, from colour 232 of their 256 on. */
const GREYS = 24;

/** Options of {@linkcode terminalImage}. */
export interface TerminalImageOptions {
  /** Pixels a row. 28 if not given. */
  width?: number;
  /** Whether colours are understood. If not given: a terminal does, unless NO_COLOR is set. */
  colour?: boolean;
}

/**
 * A grey image in characters, which are twice as high as wide, so each shows one pixel above
 * another: a half block in two greys, or without colours, one shade for the mean of both.
 *
 * @param image Pixels `[height, width]`, 0..255; an odd last row has black below it.
 */
export function terminalImage(
  image: Uint8Array,
  { width = 28, colour = Deno.stdout.isTerminal() && !Deno.noColor }: TerminalImageOptions = {},
): string {
  const lines: string[] = [];
  for (let row = 0; row < image.length; row += 2 * width) {
    const pairs = Array.from({ length: width }, (_, x): [number, number] => {
      return [image[row + x], image[row + width + x] ?? 0];
    });
    const draw = colour ? halfBlock : shade;
    lines.push(pairs.map((pair) => draw(...pair)).join("") + (colour ? "\x1b[0m" : ""));
  }
  return lines.join("\n");
}

function halfBlock(upper: number, lower: number): string {
  const grey = (level: number) => 232 + Math.min(GREYS - 1, Math.floor(level * GREYS / 256));
  return `\x1b[38;5;${grey(upper)};48;5;${grey(lower)}m▀`;
}

function shade(upper: number, lower: number): string {
  return SHADES[Math.floor((upper + lower) / 2 * SHADES.length / 256)];
}
