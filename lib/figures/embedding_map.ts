import * as Plot from "@observablehq/plot";
import { assertLength, assertWhole, extent } from "./checks.ts";
import { Figure, type FigureText } from "./figure.ts";
import type { Pixels } from "./pixels.ts";
import { spreadNames } from "./place_labels.ts";
import { plot } from "./plot.ts";
import { apart, sprites } from "./sprites.ts";
import { CLASS_COLORS, STYLE } from "./style.ts";

/** What stands on an {@linkcode embeddingMap}. */
export interface EmbeddingMapOptions {
  /** The class of each point, 0..9. */
  readonly labels: ArrayLike<number>;
  /** The names of the classes, ten at most. */
  readonly names: readonly string[];
  /**
   * Draws as its image, `[28, 28]` of 0..255 and in the colour of its class, each point that has
   * room for it.
   */
  readonly images?: readonly Pixels[];
  readonly xLabel: string;
  readonly yLabel: string;
}

const WIDTH = STYLE.width - 2 * STYLE.padding;
const HEIGHT = 560;
const MARGIN = { marginLeft: 40, marginRight: 12, marginTop: 12, marginBottom: 40 };
const ACTION = "draw a map";

/**
 * Points of a plane in the colours of their classes, with each class's name at its middle.
 *
 * @throws {RangeError} If there are no points, a coordinate is not finite, there is not one label
 *   (and image of 784 pixels) a point, a label has no name, or there are more than ten names.
 */
export function embeddingMap(
  points: readonly (readonly [x: number, y: number])[],
  { labels, names, images, xLabel, yLabel, title, caption, alt }: EmbeddingMapOptions & FigureText,
): Figure {
  const [x, y] = [domain(points, 0), domain(points, 1)];
  assertLabels(points, { labels, names });
  if (images !== undefined) {
    assertLength(images, points.length, { action: ACTION, name: "images" });
  }
  const rows = points.map(([x, y], i) => ({ x, y, label: labels[i] }));
  const middles = names.flatMap((name, label) => {
    const members = rows.filter((row) => row.label === label);
    if (members.length === 0) return [];
    return { name, x: median(members.map(({ x }) => x)), y: median(members.map(({ y }) => y)) };
  });
  const fill = ({ label }: { label: number }) => CLASS_COLORS[label];
  const axis = { labelArrow: "none", labelAnchor: "center", ticks: 6 } as const;
  const sheet = { width: WIDTH, height: HEIGHT, ...MARGIN };
  const dots = plot({
    ...sheet,
    x: { ...axis, label: xLabel, domain: x },
    y: { ...axis, label: yLabel, domain: y },
    marks: [
      Plot.frame({ stroke: STYLE.grid }),
      Plot.dot(rows, {
        x: "x",
        y: "y",
        r: 2,
        fill,
        fillOpacity: images === undefined ? 0.75 : 0.3,
      }),
    ],
  });
  const place = placing({ x, y });
  const shifts = spreadNames(middles.map((middle) => ({ ...middle, ...place(middle) })), {
    height: HEIGHT - MARGIN.marginBottom,
  });
  const written = plot({
    ...sheet,
    x: { axis: null, domain: x },
    y: { axis: null, domain: y },
    marks: middles.map((middle, i) =>
      Plot.text([middle], {
        x: "x",
        y: "y",
        text: "name",
        dy: shifts[i],
        fill: STYLE.ink,
        stroke: STYLE.paper,
        strokeWidth: 5,
        fontWeight: "bold",
      })
    ),
  });
  const pictured = images?.map((image, i) => ({
    image,
    color: fill(rows[i]),
    ...place(rows[i]),
  }));
  const layers = [
    dots.svg,
    pictured === undefined ? "" : sprites(apart(pictured), { width: WIDTH, height: HEIGHT }),
    written.svg,
  ];
  return new Figure({ ...dots, svg: layers.join("") }, { title, caption, alt });
}

interface Place {
  readonly x: number;
  readonly y: number;
}

/** Where a point stands, in pixels from the top left corner. */
function placing(
  { x, y }: Record<"x" | "y", readonly [number, number]>,
): (point: Place) => Place {
  const across = Plot.scale({
    x: { domain: x, range: [MARGIN.marginLeft, WIDTH - MARGIN.marginRight] },
  });
  const down = Plot.scale({
    y: { domain: y, range: [HEIGHT - MARGIN.marginBottom, MARGIN.marginTop] },
  });
  return (point) => ({ x: across.apply(point.x), y: down.apply(point.y) });
}

/** The range of a coordinate, with a margin of 4 % on both sides for the sprites. */
function domain(points: readonly (readonly [number, number])[], axis: 0 | 1): [number, number] {
  const name = ["x of point", "y of point"][axis];
  const [low, high] = extent(points.map((point) => point[axis]), { action: ACTION, name });
  const margin = 0.04 * (high - low);
  return [low - margin, high + margin];
}

function assertLabels(
  points: readonly unknown[],
  { labels, names }: Pick<EmbeddingMapOptions, "labels" | "names">,
): void {
  assertLength(labels, points.length, { action: ACTION, name: "labels" });
  if (names.length > CLASS_COLORS.length) {
    throw new RangeError(
      `Cannot ${ACTION}: there are ${names.length} names, expected at most ${CLASS_COLORS.length}`,
    );
  }
  extent(labels, { action: ACTION, name: "label", least: 0, most: names.length - 1 });
  Array.from(
    labels,
    (label, i) => assertWhole(label, { action: ACTION, name: `label ${i}`, least: 0 }),
  );
}

/** The middle value, of an even number of values the greater of the middle ones. */
function median(values: number[]): number {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
