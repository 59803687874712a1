import { createCanvas, loadImage } from "@napi-rs/canvas";
import type { Figure } from "../../lib/figures/mod.ts";
import { attributeOf, boxesOf, elementsOf, parse } from "./svg.ts";

/** The picture within a figure: the images of a grid or of a map. */
export async function pictureOf(figure: Figure) {
  const element = elementsOf(parse(figure)).find(({ localName }) => localName === "image");
  if (element === undefined) throw new RangeError("Cannot find a picture in the figure");
  const image = await loadImage(attributeOf(element, "xlink:href") ?? "");
  const context = createCanvas(image.width, image.height).getContext("2d");
  context.drawImage(image, 0, 0);
  const [{ left, right, top }] = boxesOf(figure).filter(({ element }) => element === "image");
  return {
    left,
    top,
    /** The figure's pixels for each of the picture's. */
    scale: (right - left) / image.width,
    /** Red, green, blue and opacity of one of the picture's pixels. */
    pixel: (x: number, y: number) => [...context.getImageData(x, y, 1, 1).data],
  };
}
