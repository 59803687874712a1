/** Rows that give red, green and blue, in linear light. */
type Matrix = readonly (readonly [number, number, number])[];

/**
 * How colours look with each kind of vision.
 *
 * Source: Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation of Color
 * Vision Deficiency", 2009, the matrices for complete deficiency.
 */
export const VISIONS = {
  normal: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
} satisfies Record<string, Matrix>;

/** sRGB's primaries in CIE XYZ (D65), IEC 61966-2-1. */
const XYZ: Matrix = [
  [0.4124564, 0.3575761, 0.1804375],
  [0.2126729, 0.7151522, 0.072175],
  [0.0193339, 0.119192, 0.9503041],
];
const WHITE = [0.95047, 1, 1.08883];

/** The ratio of two colours' luminances, 1..21, as WCAG 2 defines it. */
export function contrast(a: string, b: string): number {
  const [dark, light] = [a, b].map((color) => {
    const [red, green, blue] = linear(color);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }).sort((p, q) => p - q);
  return (light + 0.05) / (dark + 0.05);
}

/** The distance of two colours in CIELAB (1976), as somebody sees them. */
export function distance(a: string, b: string, vision: Matrix = VISIONS.normal): number {
  const [p, q] = [a, b].map((color) => lab(apply(vision, linear(color))));
  return Math.hypot(...p.map((value, i) => value - q[i]));
}

/** A colour in linear light, 0..1. */
function linear(color: string): number[] {
  return bytesOf(color).map((byte) => {
    const value = byte / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
}

/** Red, green and blue of `#rrggbb`, `#rrggbbaa` over white, or `rgb(1, 2, 3)`. */
function bytesOf(color: string): number[] {
  const [red, green, blue, alpha = 255] = color.startsWith("#")
    ? (color.match(/[0-9a-f]{2}/gi) ?? []).map((byte) => parseInt(byte, 16))
    : (color.match(/\d+/g) ?? []).map(Number);
  return [red, green, blue].map((byte) => 255 + (byte - 255) * alpha / 255);
}

function lab(rgb: readonly number[]): number[] {
  const shown = rgb.map((value) => Math.min(1, Math.max(0, value)));
  const [x, y, z] = apply(XYZ, shown).map((value, i) => {
    const share = value / WHITE[i];
    return share > 216 / 24389 ? Math.cbrt(share) : (24389 / 27 * share + 16) / 116;
  });
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

function apply(matrix: Matrix, vector: readonly number[]): number[] {
  return matrix.map((row) => row.reduce((sum, weight, i) => sum + weight * vector[i], 0));
}
