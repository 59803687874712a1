import { textWidth } from "./font.ts";
import { STYLE } from "./style.ts";
import { escapeXml } from "./xml_text.ts";

/** A piece of a figure: SVG elements that fill `width` x `height` pixels from the origin on. */
export interface Drawing {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

/** Attributes of an SVG element; numbers are rounded to hundredths of a pixel. */
type Attributes = Readonly<Record<string, string | number | undefined>>;

/**
 * Makes an SVG element; its content is SVG already.
 *
 * @throws {RangeError} If an attribute is a number that is not finite.
 */
export function element(name: string, attributes: Attributes, ...content: string[]): string {
  const written = Object.entries(attributes).map(([key, value]) => {
    if (value === undefined) return "";
    if (typeof value === "number" && !Number.isFinite(value)) {
      throw new RangeError(`Cannot draw <${name}>: ${key} is ${value}, expected a finite number`);
    }
    return ` ${key}="${escapeXml(String(rounded(value)))}"`;
  }).join("");
  return content.length === 0
    ? `<${name}${written}/>`
    : `<${name}${written}>${content.join("")}</${name}>`;
}

const rounded = (value: string | number) =>
  typeof value === "number" ? Math.round(value * 100) / 100 : value;

/** A line of text; `y` is its base line. */
export function text(
  content: string,
  { x, y, size = STYLE.textSize, fill = STYLE.ink, anchor, bold = false, ...others }: {
    x: number;
    y: number;
    size?: number;
    fill?: string;
    anchor?: "start" | "middle" | "end";
    bold?: boolean;
    transform?: string;
  },
): string {
  const attributes = {
    x,
    y,
    "font-size": size,
    fill,
    "text-anchor": anchor,
    "font-weight": bold ? 700 : undefined,
    ...others,
  };
  return element("text", attributes, escapeXml(content));
}

/** A rectangle. */
export function rectangle(attributes: Attributes & { width: number; height: number }): string {
  return element("rect", attributes);
}

/** A drawing, moved. */
export function at(x: number, y: number, { svg }: Drawing): string {
  return element("g", { transform: `translate(${rounded(x)},${rounded(y)})` }, svg);
}

/** Drawings from left to right, their tops in line. */
export function beside(drawings: readonly Drawing[], { gap = 24 } = {}): Drawing {
  let x = 0;
  const svg = drawings.map((drawing) => {
    const moved = at(x, 0, drawing);
    x += drawing.width + gap;
    return moved;
  });
  const height = Math.max(0, ...drawings.map((drawing) => drawing.height));
  return { svg: svg.join(""), width: Math.max(0, x - gap), height };
}

/** Drawings from top to bottom, their left edges in line. */
export function stack(drawings: readonly Drawing[], { gap = 16 } = {}): Drawing {
  let y = 0;
  const svg = drawings.map((drawing) => {
    const moved = at(0, y, drawing);
    y += drawing.height + gap;
    return moved;
  });
  const width = Math.max(0, ...drawings.map((drawing) => drawing.width));
  return { svg: svg.join(""), width, height: Math.max(0, y - gap) };
}

/** A drawing under a line that says what it is. */
export function titled(title: string, drawing: Drawing): Drawing {
  const line: Drawing = {
    svg: text(title, { x: 0, y: STYLE.textSize, bold: true }),
    width: textWidth(title, { size: STYLE.textSize, bold: true }),
    height: STYLE.textSize + 4,
  };
  return stack([line, drawing], { gap: 6 });
}
