import { DOMParser } from "linkedom";
import type { Figure } from "../../lib/figures/mod.ts";
import { textWidth } from "../../lib/figures/font.ts";
import { STYLE } from "../../lib/figures/style.ts";
import { apply, type Matrix, times, transformOf } from "./transform.ts";

/** What the tests read of an element. */
export interface SvgElement {
  readonly localName: string;
  readonly textContent: string | null;
  readonly children: Iterable<SvgElement>;
  readonly attributes: Iterable<{ readonly name: string; readonly value: string }>;
  querySelector(selector: string): SvgElement | null;
}

/** What a box of {@linkcode boxesOf} is around. */
export interface Box {
  readonly element: string;
  /** Of text. */
  readonly content: string;
  readonly fill: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

interface Inherited {
  readonly matrix: Matrix;
  readonly size: number;
  readonly bold: boolean;
  readonly anchor: string;
  readonly fill: string;
}

/** The figure's SVG as a document. linkedom forgives bad XML; resvg, in `figure.png()`, does not. */
export function parse({ svg }: Figure): SvgElement {
  return new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
}

/** The value of an attribute; linkedom's getAttribute() gives it with its escapes. */
export function attributeOf({ attributes }: SvgElement, name: string): string | null {
  return [...attributes].find((attribute) => attribute.name === name)?.value ?? null;
}

/** Every element below, itself included. */
export function elementsOf(element: SvgElement): SvgElement[] {
  return [element, ...[...element.children].flatMap(elementsOf)];
}

/** The boxes of all texts, rectangles, circles and pictures, in pixels of the figure. */
export function boxesOf(figure: Figure): Box[] {
  return visit(parse(figure), {
    matrix: [1, 0, 0, 1, 0, 0],
    size: 16,
    bold: false,
    anchor: "start",
    fill: "#000000",
  });
}

/** The boxes of texts whose content fits. */
export function textsOf(figure: Figure, content: RegExp | string = /./): Box[] {
  return boxesOf(figure).filter((box) =>
    box.element === "text" &&
    (typeof content === "string" ? box.content === content : content.test(box.content))
  );
}

/** Whether two boxes share more than a rim. */
export function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

function visit(element: SvgElement, inherited: Inherited): Box[] {
  const number = (name: string) => Number.parseFloat(attributeOf(element, name) ?? "0");
  const weight = attributeOf(element, "font-weight");
  const own: Inherited = {
    matrix: times(inherited.matrix, transformOf(attributeOf(element, "transform") ?? "")),
    size: Number(attributeOf(element, "font-size") ?? inherited.size),
    bold: weight === null ? inherited.bold : weight === "bold" || Number(weight) >= 600,
    anchor: attributeOf(element, "text-anchor") ?? inherited.anchor,
    fill: fillOf(element, inherited.fill),
  };
  const box = (left: number, top: number, width: number, height: number): Box[] => {
    const corners = [[0, 0], [width, 0], [0, height], [width, height]].map(([x, y]) =>
      apply(own.matrix, left + x, top + y)
    );
    const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)];
    return [{
      element: element.localName,
      content: element.textContent ?? "",
      fill: own.fill,
      left: Math.min(...xs),
      right: Math.max(...xs),
      top: Math.min(...ys),
      bottom: Math.max(...ys),
    }];
  };
  switch (element.localName) {
    case "text": {
      const width = textWidth(element.textContent ?? "", own);
      const start = { start: 0, middle: width / 2, end: width }[own.anchor] ?? NaN;
      const y = attributeOf(element, "y") ?? "0";
      const base = number("y") * (y.endsWith("em") ? own.size : 1);
      return box(number("x") - start, base - 0.75 * own.size, width, 0.97 * own.size);
    }
    case "rect":
    case "image":
      return box(number("x"), number("y"), number("width"), number("height"));
    case "circle": {
      const r = number("r");
      return box(number("cx") - r, number("cy") - r, 2 * r, 2 * r);
    }
    default:
      return [...element.children].flatMap((child) => visit(child, own));
  }
}

function fillOf(element: SvgElement, inherited: string): string {
  const fill = attributeOf(element, "fill");
  // The document's `color`, which no element below changes.
  return fill === "currentColor" ? STYLE.ink : fill ?? inherited;
}
