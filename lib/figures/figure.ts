import { encodeBase64 } from "@std/encoding";
import { DISPLAY, type Displayable, type MediaBundle, METADATA } from "./display.ts";
import { at, type Drawing, element, text } from "./drawing.ts";
import { FONT_STACK, wrap } from "./font.ts";
import { rasterise } from "./rasterise.ts";
import { STYLE } from "./style.ts";
import { escapeXml } from "./xml_text.ts";

/** What every figure says of itself. */
export interface FigureText {
  /** What is shown, above it. */
  readonly title: string;
  /** What to see in it, below it. */
  readonly caption: string;
  /** For those who cannot see it: what it shows, in a sentence or two. */
  readonly alt: string;
}

/**
 * A picture that shows itself in a notebook, as SVG and as PNG: Jupyter shows an SVG only where a
 * notebook is trusted, and a PNG always.
 */
export class Figure implements Displayable {
  /** A whole SVG document. */
  readonly svg: string;
  /** Pixels. */
  readonly width: number;
  /** Pixels. */
  readonly height: number;
  readonly alt: string;

  /**
   * Sets a drawing under its title and over its caption; it is centred if it is narrow.
   *
   * @throws {RangeError} If the drawing has no size.
   */
  constructor(drawing: Drawing, { title, caption, alt }: FigureText) {
    const { padding, titleSize, textSize } = STYLE;
    if (!(drawing.width > 0 && drawing.height > 0)) {
      throw new RangeError(
        `Cannot make a figure: the drawing has ${drawing.width} x ${drawing.height} pixels, ` +
          "expected at least one",
      );
    }
    const width = Math.max(STYLE.width, Math.ceil(drawing.width) + 2 * padding);
    const room = width - 2 * padding;
    const titleLines = wrap(title, { width: room, size: titleSize, bold: true });
    const captionLines = wrap(caption, { width: room, size: textSize });
    const top = padding + titleLines.length * titleSize * 1.3 + 8;
    const bottom = top + drawing.height + 16;
    this.width = width;
    this.height = Math.ceil(bottom + captionLines.length * textSize * 1.4 + padding - 4);
    this.alt = alt;
    const { height } = this;
    this.svg = element(
      "svg",
      {
        xmlns: "http://www.w3.org/2000/svg",
        "xmlns:xlink": "http://www.w3.org/1999/xlink",
        width,
        height,
        viewBox: `0 0 ${width} ${height}`,
        role: "img",
        "aria-label": alt,
        "font-family": FONT_STACK,
        "font-size": textSize,
        fill: STYLE.ink,
        color: STYLE.ink,
      },
      element("title", {}, escapeXml(title)),
      element("desc", {}, escapeXml(alt)),
      element("rect", { width, height, rx: 4, fill: STYLE.paper }),
      ...titleLines.map((line, i) =>
        text(line, {
          x: padding,
          y: padding + titleSize * (1 + 1.3 * i),
          size: titleSize,
          bold: true,
        })
      ),
      at(padding + (room - drawing.width) / 2, top, drawing),
      ...captionLines.map((line, i) =>
        text(line, { x: padding, y: bottom + textSize * (1 + 1.4 * i), fill: STYLE.muted })
      ),
    );
  }

  /** The figure as the bytes of a PNG, two pixels for each of the SVG's. */
  png(): Uint8Array {
    return rasterise(this.svg);
  }

  get [METADATA]() {
    const { width, height, alt } = this;
    return { "image/png": { width, height, alt }, "image/svg+xml": { alt } };
  }

  [DISPLAY](): MediaBundle {
    return {
      "image/svg+xml": this.svg,
      "image/png": encodeBase64(this.png()),
      "text/plain": this.alt,
    };
  }
}
