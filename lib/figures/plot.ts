import * as Plot from "@observablehq/plot";
import { DOMParser } from "linkedom";
import type { Drawing } from "./drawing.ts";
import { STYLE } from "./style.ts";
import { withoutControls } from "./xml_text.ts";

const document = new DOMParser().parseFromString("<html><body></body></html>", "text/html");

/**
 * Lets Observable Plot draw. Its text has the figures' size, and its colours are the page's. The
 * options are Plot's own, without legends: those are drawn as marks, within the figure.
 */
export function plot(
  { width = STYLE.width - 2 * STYLE.padding, ...options }: Plot.PlotOptions,
): Drawing {
  const svg = Plot.plot({
    document,
    width,
    marginLeft: 60,
    marginBottom: 44,
    marginTop: 28,
    marginRight: 20,
    ...options,
  });
  // Its sheet sizes the picture on a page of its own, and resvg does not know it.
  for (const style of svg.querySelectorAll("style")) style.remove();
  svg.setAttribute("font-size", String(STYLE.textSize));
  svg.removeAttribute("font-family");
  svg.removeAttribute("class");
  return {
    svg: withoutControls(svg.outerHTML),
    width: Number(svg.getAttribute("width")),
    height: Number(svg.getAttribute("height")),
  };
}
