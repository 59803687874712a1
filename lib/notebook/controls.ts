import type { Json } from "./widget.ts";

/** What a reader moves: a value, and what JupyterLab needs to know to show it. */
export interface Control<Value> {
  /** Stands beside it; the name that it has in interact(), if not given. */
  readonly label?: string;
  /** What it begins with. */
  readonly value: Value;
  /** Its HTML element, and that element's attributes or options. */
  readonly element: Readonly<Record<string, Json>>;
  /** Whether it can have a value. */
  accepts(value: unknown): value is Value;
}

/**
 * A slider for a number.
 *
 * @param options.step From one number to the next, from `min` on; 1 if not given.
 * @throws {RangeError} If `value` is not from `min` to `max`, or `step` not above 0.
 */
export function slider(
  { min, max, value, step = 1, label }: {
    readonly min: number;
    readonly max: number;
    readonly value: number;
    readonly step?: number;
    readonly label?: string;
  },
): Control<number> {
  if (!(value >= min && value <= max)) {
    throw new RangeError(`Cannot make a slider: value is ${value}, expected ${min} to ${max}`);
  }
  if (!(step > 0)) {
    throw new RangeError(`Cannot make a slider: step is ${step}, expected a number above 0`);
  }
  return {
    label,
    value,
    element: { kind: "slider", min, max, step },
    accepts: (value): value is number => typeof value === "number" && value >= min && value <= max,
  };
}

/**
 * A list of texts, of which one is chosen: the first, if no `value` is given.
 *
 * @throws {RangeError} If there are no options, or `value` is none of them.
 */
export function select<const Option extends string>(
  options: readonly Option[],
  { value = options[0], label }: { readonly value?: NoInfer<Option>; readonly label?: string } = {},
): Control<Option> {
  const accepts = (value: unknown): value is Option => options.some((option) => option === value);
  if (!accepts(value)) {
    throw new RangeError(
      `Cannot make a list: value is ${JSON.stringify(value)}, expected one of ${
        JSON.stringify(options)
      }`,
    );
  }
  return { label, value, element: { kind: "select", options }, accepts };
}

/** A box that is checked or not. */
export function checkbox(
  { value = false, label }: { readonly value?: boolean; readonly label?: string } = {},
): Control<boolean> {
  return {
    label,
    value,
    element: { kind: "checkbox" },
    accepts: (value): value is boolean => typeof value === "boolean",
  };
}
