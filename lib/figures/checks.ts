/** What the messages of these checks speak of. */
export interface Checked {
  /** What cannot be done, `draw bars`. */
  readonly action: string;
  /** What is checked, one of it: `value`. */
  readonly name: string;
}

/** Which numbers {@linkcode extent} allows. */
export interface Allowed {
  readonly least?: number;
  readonly most?: number;
  /** Whether they must be above 0, as on a logarithmic axis. */
  readonly positive?: boolean;
}

/**
 * The least and the greatest of some numbers.
 *
 * @throws {RangeError} If there are none, or one is not finite or not allowed.
 */
export function extent(
  values: ArrayLike<number>,
  { action, name, least = -Infinity, most = Infinity, positive = false }: Checked & Allowed,
): [least: number, greatest: number] {
  if (values.length === 0) {
    throw new RangeError(`Cannot ${action}: there is no ${name}, expected at least 1`);
  }
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    const allowed = Number.isFinite(value) && value >= least && value <= most &&
      (!positive || value > 0);
    if (!allowed) {
      const expected = positive
        ? "a finite number above 0"
        : least === -Infinity && most === Infinity
        ? "a finite number"
        : most === Infinity
        ? `a finite number of at least ${least}`
        : `${least} to ${most}`;
      throw new RangeError(`Cannot ${action}: ${name} ${i} is ${value}, expected ${expected}`);
    }
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return [low, high];
}

/**
 * Asserts that a number is whole and not too small.
 *
 * @throws {RangeError} If it is not.
 */
export function assertWhole(
  value: number,
  { action, name, least = 1 }: Checked & { readonly least?: number },
): void {
  if (!Number.isSafeInteger(value) || value < least) {
    throw new RangeError(
      `Cannot ${action}: ${name} is ${value}, expected a whole number of at least ${least}`,
    );
  }
}

/**
 * Asserts that a list has as many entries as another.
 *
 * @throws {RangeError} If it has not.
 */
export function assertLength(
  list: ArrayLike<unknown>,
  expected: number,
  { action, name }: Checked,
): void {
  if (list.length !== expected) {
    throw new RangeError(
      `Cannot ${action}: there are ${list.length} ${name}, expected ${expected}`,
    );
  }
}

/**
 * Asserts that no name stands for two things: they would be drawn at one place.
 *
 * @throws {RangeError} If one does.
 */
export function assertDistinct(names: readonly string[], { action, name }: Checked): void {
  const again = names.find((one, i) => names.indexOf(one) !== i);
  if (again !== undefined) {
    throw new RangeError(`Cannot ${action}: ${name} "${again}" stands twice, expected once`);
  }
}

/**
 * The numbers of rows and columns of a matrix.
 *
 * @throws {RangeError} If it has no cell, its rows differ in length or a number is not finite.
 */
export function shapeOf(
  matrix: readonly (readonly number[])[],
  { action, name }: Checked,
): [rows: number, columns: number] {
  const columns = matrix[0]?.length ?? 0;
  if (columns === 0) {
    throw new RangeError(`Cannot ${action}: the ${name} has no cell, expected at least 1`);
  }
  for (const [i, row] of matrix.entries()) {
    assertLength(row, columns, { action, name: `cells in row ${i} of the ${name}` });
    extent(row, { action, name: `row ${i} of the ${name}, cell` });
  }
  return [matrix.length, columns];
}
