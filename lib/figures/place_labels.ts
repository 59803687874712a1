import { textWidth } from "./font.ts";
import { STYLE } from "./style.ts";

/** A point of a chart and its name, in pixels from the top left corner. */
export interface NamedPoint {
  readonly name: string;
  readonly bold: boolean;
  readonly x: number;
  readonly y: number;
  /** The ends of a vertical line through the point. */
  readonly top?: number;
  readonly bottom?: number;
}

/** Where a name stands: `dx` and `dy` pixels from its point, and to which side it is written. */
export interface LabelPlace {
  readonly anchor: "start" | "end";
  readonly dx: number;
  readonly dy: number;
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Pixels between a point and its name, and from a point's middle to its rim. */
const GAP = 9;
const RADIUS = 6;
/** Half a line of text, and by how much a name is moved at a time. */
const HALF = STYLE.textSize / 2;
/** Pixels that are kept free around a name. */
const RIM = 2;

/**
 * Finds a place for each name, beside its point or above or below that, where it covers neither
 * another name nor a point and stays within the picture. Where there is none, names may cover
 * points, but never each other.
 */
export function placeLabels(
  points: readonly NamedPoint[],
  { width, height }: { readonly width: number; readonly height: number },
): LabelPlace[] {
  const obstacles = points.map(({ x, y, top = y, bottom = y }): Box => ({
    left: x - RADIUS,
    right: x + RADIUS,
    top: Math.min(top, y - RADIUS),
    bottom: Math.max(bottom, y + RADIUS),
  }));
  const names: Box[] = [];
  const places = new Array<LabelPlace>(points.length);
  // From top to bottom, so that what lies close together is spread downwards.
  const order = points.map((_, i) => i).sort((a, b) => points[a].y - points[b].y);
  for (const i of order) {
    const { name, bold, x, y } = points[i];
    const length = textWidth(name, { size: STYLE.textSize, bold });
    const candidates = steps(height).flatMap((dy) =>
      (["start", "end"] as const).map((anchor) => {
        const dx = anchor === "start" ? GAP : -GAP;
        const left = anchor === "start" ? x + dx : x + dx - length;
        const box = { left, right: left + length, top: y + dy - HALF, bottom: y + dy + HALF };
        return { place: { anchor, dx, dy }, box };
      })
    ).filter(({ box }) =>
      box.left >= 0 && box.right <= width && box.top >= 0 && box.bottom <= height
    );
    const apart = candidates.filter(({ box }) => !names.some((other) => overlap(box, other)));
    const chosen = apart.find(({ box }) => !obstacles.some((other) => overlap(box, other))) ??
      apart[0];
    if (chosen === undefined) {
      throw new RangeError(
        `Cannot place names: there is no room for "${name}" in ${width} x ${height} pixels`,
      );
    }
    names.push(chosen.box);
    places[i] = chosen.place;
  }
  return places;
}

/**
 * By how many pixels each of some bold names, centred at their points, is to be moved down so that
 * none covers another or leaves the picture above or below; the first keep their places.
 */
export function spreadNames(
  points: readonly { readonly name: string; readonly x: number; readonly y: number }[],
  { height }: { readonly height: number },
): number[] {
  const taken: Box[] = [];
  return points.map(({ name, x, y }) => {
    const reach = textWidth(name, { size: STYLE.textSize, bold: true }) / 2 + RIM;
    const candidates = steps(height).map((dy) => ({
      dy,
      box: {
        left: x - reach,
        right: x + reach,
        top: y + dy - HALF - RIM,
        bottom: y + dy + HALF + RIM,
      },
    }));
    const free = candidates.find(({ box }) =>
      box.top >= 0 && box.bottom <= height && !taken.some((other) => overlap(box, other))
    );
    if (free === undefined) {
      throw new RangeError(
        `Cannot place names: there is no room for "${name}" in ${height} pixels of height`,
      );
    }
    taken.push(free.box);
    return free.dy;
  });
}

/** 0, then half a line down, half a line up, and so on, to the ends of the picture. */
function steps(height: number): number[] {
  const moves = Array.from({ length: Math.ceil(height / HALF) }, (_, i) => HALF * (i + 1));
  return [0, ...moves.flatMap((move) => [move, -move])];
}

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
