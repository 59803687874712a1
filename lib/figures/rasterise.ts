import { Resvg } from "@resvg/resvg-js";
import { FONT_FAMILY, FONT_FILES } from "./font.ts";

/** Pixels of the PNG for each pixel of the SVG: sharp on dense screens, and not too large a file. */
const SCALE = 2;

/** Draws an SVG as PNG, with the project's font and no other. */
export function rasterise(svg: string): Uint8Array {
  // The style is the browsers'; resvg would take it, not know it, and smooth the pixels.
  const drawn = new Resvg(svg.replaceAll(' style="image-rendering:pixelated"', ""), {
    fitTo: { mode: "zoom", value: SCALE },
    font: {
      fontFiles: [...FONT_FILES],
      loadSystemFonts: false,
      defaultFontFamily: FONT_FAMILY,
      sansSerifFamily: FONT_FAMILY,
    },
  });
  return drawn.render().asPng();
}
