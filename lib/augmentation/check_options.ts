/** @throws {RangeError} If an option is not a number from `low` to `high`. */
export function checkNumber(name: string, value: number, low: number, high: number): void {
  if (!(value >= low && value <= high)) fail(name, value, `${low} to ${high}`);
}

/** @throws {RangeError} If an option is not a whole number from `low` to `high`. */
export function checkWholeNumber(name: string, value: number, low: number, high: number): void {
  if (!Number.isInteger(value) || value < low || value > high) {
    fail(name, value, `a whole number from ${low} to ${high}`);
  }
}

/** @throws {RangeError} If an option's two ends are out of order or not from `low` to `high`. */
export function checkRange(
  name: string,
  [from, to]: readonly [number, number],
  low: number,
  high: number,
): void {
  if (!(low <= from && from <= to && to <= high)) {
    fail(name, `[${from}, ${to}]`, `two numbers from ${low} to ${high}, the lesser first`);
  }
}

function fail(name: string, value: number | string, expected: string): never {
  throw new RangeError(`Cannot augment images: ${name} is ${value}, expected ${expected}`);
}
