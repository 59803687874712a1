/** a, b, c, d, e, f of SVG's `matrix()`. */
export type Matrix = readonly [number, number, number, number, number, number];

/** The matrix of a `transform` attribute of translations and rotations. */
export function transformOf(transform: string): Matrix {
  return [...transform.matchAll(/(\w+)\(([^)]*)\)/g)].reduce<Matrix>((matrix, [, name, list]) => {
    const [first, second = 0] = list.split(/[\s,]+/).map(Number);
    if (name === "translate") return times(matrix, [1, 0, 0, 1, first, second]);
    if (name !== "rotate") throw new RangeError(`Cannot read transform ${name}`);
    const [cos, sin] = [Math.cos(first * Math.PI / 180), Math.sin(first * Math.PI / 180)];
    return times(matrix, [cos, sin, -sin, cos, 0, 0]);
  }, [1, 0, 0, 1, 0, 0]);
}

/** Applies the second, then the first. */
export function times([a, b, c, d, e, f]: Matrix, [g, h, i, j, k, l]: Matrix): Matrix {
  return [
    a * g + c * h,
    b * g + d * h,
    a * i + c * j,
    b * i + d * j,
    a * k + c * l + e,
    b * k + d * l + f,
  ];
}

/** Where a point comes to lie. */
export function apply([a, b, c, d, e, f]: Matrix, x: number, y: number): [number, number] {
  return [a * x + c * y + e, b * x + d * y + f];
}
