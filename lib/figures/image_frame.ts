import { element } from "./drawing.ts";
import { COLORS } from "./style.ts";

const FRAMES = {
  outline: { distance: 0.5, stroke: "#c4cad1", "stroke-width": 1 },
  right: { distance: 1.5, stroke: COLORS.blue, "stroke-width": 1.5 },
  wrong: { distance: 1.5, stroke: COLORS.vermilion, "stroke-width": 3.5 },
} as const;

/** A frame around an image of a grid, outside of its pixels. */
export function imageFrame(
  kind: keyof typeof FRAMES,
  { x, y, width, height, scale }: Record<"x" | "y" | "width" | "height" | "scale", number>,
): string {
  const { distance, ...line } = FRAMES[kind];
  return element("rect", {
    x: x - distance,
    y: y - distance,
    width: width * scale + 2 * distance,
    height: height * scale + 2 * distance,
    fill: "none",
    ...line,
  });
}
