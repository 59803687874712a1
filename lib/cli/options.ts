/**
 * Reads a whole number from the command line.
 *
 * @throws {RangeError} If the text is no whole number from `min` to `max`.
 */
export function wholeNumber(
  option: string,
  text: string,
  { min, max }: { min: number; max: number },
): number {
  const value = /^\d+$/.test(text) ? Number(text) : NaN;
  if (!(value >= min && value <= max)) {
    throw new RangeError(`${option} is "${text}", expected a whole number from ${min} to ${max}`);
  }
  return value;
}

/**
 * Reads one of some words from the command line.
 *
 * @throws {RangeError} If the text is none of them; the message names them.
 */
export function oneOf<T extends string>(option: string, text: string, words: readonly T[]): T {
  const word = words.find((word) => word === text);
  if (word === undefined) {
    throw new RangeError(`${option} is "${text}", expected one of ${words.join(", ")}`);
  }
  return word;
}
