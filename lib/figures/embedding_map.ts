import { createCanvas } from "@napi-rs/canvas";
import * as Plot from "@observablehq/plot";
import type { Drawing } from "./drawing.ts";
import { Figure, type FigureText } from "./figure.ts";
import { picture, type Pixels } from "./pixels.ts";
import { plot } from "./plot.ts";
import { CLASS_COLORS, STYLE } from "./style.ts";

/** What stands on an {@linkcode embeddingMap}. */
export interface EmbeddingMapOptions {
  /** The class of each point, 0..9. */
  readonly labels: ArrayLike<number>;
  /** The names of the classes. */
  readonly names: readonly string[];
  /** Draws each point as its image, `[28, 28]` of 0..255, in the colour of its class. */
  readonly images?: readonly Pixels[];
  readonly xLabel: string;
  readonly yLabel: string;
}

const HEIGHT = 560;
const MARGIN = { marginLeft: 40, marginRight: 12, marginTop: 12, marginBottom: 40 };
/** Pixels of the canvas for each of the figure's. */
const DENSITY = 1.5;
const IMAGE_SIZE = 28;
const SPRITE_SIZE = 22;

/** Points of a plane in the colours of their classes, with each class's name at its middle. */
export function embeddingMap(
  points: readonly (readonly [x: number, y: number])[],
  { labels, names, images, xLabel, yLabel, title, caption, alt }: EmbeddingMapOptions & FigureText,
): Figure {
  const rows = points.map(([x, y], i) => ({ x, y, name: names[labels[i]], label: labels[i] }));
  const middles = names.map((name, label) => {
    const members = rows.filter((row) => row.label === label);
    return { name, x: median(members.map(({ x }) => x)), y: median(members.map(({ y }) => y)) };
  });
  const fill = ({ label }: { label: number }) => CLASS_COLORS[label];
  const drawing = plot({
    height: HEIGHT,
    ...MARGIN,
    x: {
      label: xLabel,
      labelArrow: "none",
      labelAnchor: "center",
      domain: range(points, 0),
      ticks: 6,
    },
    y: {
      label: yLabel,
      labelArrow: "none",
      labelAnchor: "center",
      domain: range(points, 1),
      ticks: 6,
    },
    marks: [
      Plot.frame({ stroke: STYLE.grid }),
      images === undefined
        ? Plot.dot(rows, { x: "x", y: "y", r: 2, fill, fillOpacity: 0.75 })
        : null,
      Plot.text(middles, {
        x: "x",
        y: "y",
        text: "name",
        fill: STYLE.ink,
        stroke: STYLE.paper,
        strokeWidth: 5,
        fontWeight: "bold",
      }),
    ],
  });
  const whole = images === undefined ? drawing : behind(drawing, sprites(points, labels, images));
  return new Figure(whole, { title, caption, alt });
}

/** Lays a picture under a drawing of the same size. */
function behind(drawing: Drawing, under: string): Drawing {
  return { ...drawing, svg: under + drawing.svg };
}

/** The images at their places, dark parts of the garment in the class's full colour. */
function sprites(
  points: readonly (readonly [number, number])[],
  labels: ArrayLike<number>,
  images: readonly Pixels[],
): string {
  const width = STYLE.width - 2 * STYLE.padding;
  const canvas = createCanvas(width * DENSITY, HEIGHT * DENSITY);
  const context = canvas.getContext("2d");
  const [left, right] = range(points, 0);
  const [low, high] = range(points, 1);
  const across = width - MARGIN.marginLeft - MARGIN.marginRight;
  const down = HEIGHT - MARGIN.marginTop - MARGIN.marginBottom;
  const sprite = createCanvas(IMAGE_SIZE, IMAGE_SIZE);
  const spriteContext = sprite.getContext("2d");
  points.forEach(([x, y], i) => {
    const data = spriteContext.createImageData(IMAGE_SIZE, IMAGE_SIZE);
    const color = parseInt(CLASS_COLORS[labels[i]].slice(1), 16);
    for (let p = 0; p < IMAGE_SIZE ** 2; p++) {
      const value = images[i][p];
      data.data.set([color >> 16, (color >> 8) & 255, color & 255, value], 4 * p);
    }
    spriteContext.putImageData(data, 0, 0);
    const centerX = MARGIN.marginLeft + across * (x - left) / (right - left);
    const centerY = MARGIN.marginTop + down * (high - y) / (high - low);
    const size = SPRITE_SIZE * DENSITY;
    context.drawImage(
      sprite,
      centerX * DENSITY - size / 2,
      centerY * DENSITY - size / 2,
      size,
      size,
    );
  });
  return picture(canvas.toDataURL("image/png"), { width, height: HEIGHT, smooth: true });
}

/** The range of a coordinate, with a margin of 4 % on both sides for the sprites. */
function range(points: readonly (readonly [number, number])[], axis: 0 | 1): [number, number] {
  const values = points.map((point) => point[axis]);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const margin = 0.04 * (high - low);
  return [low - margin, high + margin];
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
