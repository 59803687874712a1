/**
 * Picks a number by the size at which the notebooks run: `reader` takes minutes on two cores, and
 * `test`, where the environment variable `NOTEBOOK_SIZE` says so, seconds.
 *
 * @throws {RangeError} If `NOTEBOOK_SIZE` is neither.
 *
 * @example
 * ```ts ignore
 * const EPOCHS = atSize({ reader: 5, test: 1 });
 * ```
 */
export function atSize<T>({ reader, test }: { reader: T; test: T }): T {
  const size = Deno.env.get("NOTEBOOK_SIZE") || "reader";
  if (size === "reader") return reader;
  if (size === "test") return test;
  throw new RangeError(`Cannot pick a size: NOTEBOOK_SIZE is "${size}", expected reader or test`);
}
