/** Classes of the example. */
export const CLASSES = 4;

/** How many images it has. */
export const COUNT = 40;

/**
 * Logits `[40, 4]`, which NumPy makes as
 * `(((i * i * 37 + i * 11) % 101 - 50) / 16).reshape(40, 4)` of `i = np.arange(160)`.
 */
export const LOGITS = Float32Array.from(
  { length: COUNT * CLASSES },
  (_, i) => ((i * i * 37 + i * 11) % 101 - 50) / 16,
);

/** Three of five labels are the greatest logit, `LOGITS.argmax(1)`; the others `(13 * row + 5) % 4`. */
export const EXAMPLE_LABELS = Uint8Array.from({ length: COUNT }, (_, row) => {
  const scores = LOGITS.subarray(row * CLASSES, (row + 1) * CLASSES);
  return row % 5 < 3 ? scores.indexOf(Math.max(...scores)) : (row * 13 + 5) % 4;
});
