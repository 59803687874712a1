/** Values of images, a row of `classes` for each, and what messages say of them. */
interface Rows {
  /** What cannot be done: `compute probabilities`. */
  readonly action: string;
  readonly classes: number;
  /** What the values are. */
  readonly values?: string;
}

/** How many rows there are. @throws {RangeError} As `argmaxRows` does. */
export function rowCount(
  rows: Float32Array,
  { action, classes, values = "logits" }: Rows,
): number {
  if (!Number.isInteger(classes) || classes < 1 || classes > 256) {
    throw new RangeError(`Cannot ${action}: classes is ${classes}, expected 1 to 256`);
  }
  if (rows.length % classes !== 0) {
    throw new RangeError(
      `Cannot ${action}: there are ${rows.length} ${values}, expected a multiple of ${classes}`,
    );
  }
  return rows.length / classes;
}

/**
 * Asserts that there is a label for each row, at least one, and each of them a class.
 *
 * @throws {RangeError} If it is not so, and as {@linkcode rowCount} does.
 */
export function assertLabelled(
  rows: Float32Array,
  labels: Uint8Array,
  { action, classes, values = "logits" }: Rows,
): void {
  const count = rowCount(rows, { action, classes, values });
  if (count === 0 || count !== labels.length) {
    throw new RangeError(
      `Cannot ${action}: there are ${count} rows of ${values} for ${labels.length} labels, expected one a label and at least 1`,
    );
  }
  const wrong = labels.findIndex((label) => label >= classes);
  if (wrong !== -1) {
    throw new RangeError(
      `Cannot ${action}: label ${wrong} is ${labels[wrong]}, expected 0 to ${classes - 1}`,
    );
  }
}

/** Asserts that all values are finite. @throws {RangeError} If one is not. */
export function assertFinite(rows: Float32Array, { action, classes }: Rows): void {
  const position = rows.findIndex((value) => !Number.isFinite(value));
  if (position !== -1) {
    throw new RangeError(
      `Cannot ${action}: image ${Math.floor(position / classes)}, class ${position % classes} is ` +
        `${rows[position]}, expected a finite number`,
    );
  }
}
