import * as Plot from "@observablehq/plot";
import type { Axis } from "./line_axis.ts";
import type { Series } from "./series.ts";
import { STYLE } from "./style.ts";

/** Pixels from one line of text to the next. */
const LINE = 1.2 * STYLE.textSize;

/** A series' name, at its last point or `dy` pixels below. */
export interface EndLabel {
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly dy: number;
}

/**
 * The names of several lines at their ends, moved up or down where they would overlap. A line
 * alone needs none.
 *
 * @param options.top Pixels from the top of the picture to the y axis.
 * @param options.bottom And to its lower end.
 * @throws {RangeError} If there is no room for all of them.
 */
export function endLabels(
  series: readonly Series[],
  { y, top, bottom }: { readonly y: Axis; readonly top: number; readonly bottom: number },
): EndLabel[] {
  if (series.length < 2) return [];
  const scale = Plot.scale({ y: { ...y, range: [bottom, top] } });
  const ends = series.flatMap(({ name, points }) =>
    points.slice(-1).map(({ x, y }) => ({ name, x, y, pixel: Number(scale.apply(y)) }))
  );
  const places = spread(ends.map(({ pixel }) => pixel), { bottom });
  return ends.map(({ name, x, y, pixel }, i) => ({ name, x, y, dy: places[i] - pixel }));
}

/** Moves positions down, then up from the bottom, until each is a line from the next. */
function spread(positions: readonly number[], { bottom }: { bottom: number }): number[] {
  const first = LINE / 2;
  const last = first + LINE * (positions.length - 1);
  if (last > bottom) {
    throw new RangeError(
      `Cannot name ${positions.length} lines: the picture has ${bottom} pixels, expected ` +
        `at least ${Math.ceil(last)}`,
    );
  }
  const order = positions.map((_, i) => i).sort((a, b) => positions[a] - positions[b]);
  const places = order.map((i) => positions[i]);
  places.forEach((place, n) => places[n] = Math.max(place, n === 0 ? first : places[n - 1] + LINE));
  for (let n = places.length - 1, limit = bottom; n >= 0; n--) {
    places[n] = Math.min(places[n], limit);
    limit = places[n] - LINE;
  }
  return positions.map((_, i) => places[order.indexOf(i)]);
}
