/**
 * The method by which an object shows itself in Deno's Jupyter kernel. Outside of the kernel
 * `Deno.jupyter`, which has it as `$display`, does not exist.
 */
export const DISPLAY: unique symbol = Symbol.for("Jupyter.display");

/**
 * The property by which an object tells what Jupyter should know of its formats, such as the size
 * and the alternative text of a picture; lib/notebook hands it on.
 */
export const METADATA: unique symbol = Symbol.for("Jupyter.metadata");

/** The same content in several formats, by MIME type: Jupyter takes the best that it can show. */
export type MediaBundle = Readonly<Record<string, string>>;

/** Something that shows itself in a notebook. */
export interface Displayable {
  [DISPLAY](): MediaBundle;
  readonly [METADATA]?: Readonly<Record<string, Readonly<Record<string, string | number>>>>;
}

/** Whether a value shows itself. */
export function isDisplayable(value: unknown): value is Displayable {
  return typeof value === "object" && value !== null &&
    typeof Reflect.get(value, DISPLAY) === "function";
}
