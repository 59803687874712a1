import type { Box, GreyImage } from "./area_average.ts";

/** How light a garment is on its ground, which is about 0. */
export interface Thresholds {
  /** What is above it may belong to a garment. */
  readonly low: number;
  /** What hangs together and nowhere reaches above it is noise. */
  readonly high: number;
}

/** A group of pixels that touch each other, by sides or corners. */
interface Part {
  left: number;
  top: number;
  right: number;
  bottom: number;
  /** The sum of its values. */
  weight: number;
  /** The greatest of them. */
  peak: number;
}

/** The share of the heaviest part's weight below which a part is dust. */
const DUST = 1 / 200;

/**
 * The rectangle around the garment, of which all parts count that are above `low` throughout and
 * above `high` somewhere (hysteresis: J. Canny, "A Computational Approach to Edge Detection", IEEE
 * TPAMI 8 (1986), section VIII), but not those that weigh less than 1/200 of the heaviest.
 *
 * @returns `undefined` where nothing is above `high`.
 */
export function garmentBox(image: GreyImage, { low, high }: Thresholds): Box | undefined {
  const parts = touchingParts(image, low).filter(({ peak }) => peak > high);
  if (parts.length === 0) return undefined;
  const heaviest = parts.reduce((a, b) => a.weight >= b.weight ? a : b);
  const { left, top, right, bottom } = parts
    .filter(({ weight }) => weight >= DUST * heaviest.weight)
    .reduce((a, b) => ({
      ...a,
      left: Math.min(a.left, b.left),
      top: Math.min(a.top, b.top),
      right: Math.max(a.right, b.right),
      bottom: Math.max(a.bottom, b.bottom),
    }));
  return { left, top, width: right - left + 1, height: bottom - top + 1 };
}

/** All groups of touching pixels above `low`, each found by a flood from its first pixel. */
function touchingParts({ values, width, height }: GreyImage, low: number): Part[] {
  const seen = new Uint8Array(width * height);
  const waiting: number[] = [];
  const visit = (i: number) => {
    if (seen[i] || values[i] <= low) return;
    seen[i] = 1;
    waiting.push(i);
  };
  const parts: Part[] = [];
  for (let start = 0; start < seen.length; start++) {
    visit(start);
    if (waiting.length === 0) continue;
    const part = { left: width, top: height, right: 0, bottom: 0, weight: 0, peak: 0 };
    for (let i = waiting.pop(); i !== undefined; i = waiting.pop()) {
      const [x, y] = [i % width, Math.floor(i / width)];
      part.left = Math.min(part.left, x);
      part.top = Math.min(part.top, y);
      part.right = Math.max(part.right, x);
      part.bottom = Math.max(part.bottom, y);
      part.weight += values[i];
      part.peak = Math.max(part.peak, values[i]);
      for (let row = Math.max(y - 1, 0); row <= Math.min(y + 1, height - 1); row++) {
        for (let column = Math.max(x - 1, 0); column <= Math.min(x + 1, width - 1); column++) {
          visit(row * width + column);
        }
      }
    }
    parts.push(part);
  }
  return parts;
}
