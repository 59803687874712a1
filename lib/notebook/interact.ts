import { DISPLAY, type Displayable } from "../figures/mod.ts";
import type { Control } from "./controls.ts";
import front from "./controls_front.js" with { type: "text" };
import { liveOutput } from "./live_output.ts";
import { hearsWidgets, type Json, widget } from "./widget.ts";

/** Of values, the controls that give them. */
type Controls<Values> = { readonly [Name in keyof Values]: Control<Values[Name]> };

/** Milliseconds in which values that came while it was drawn are taken, before the next drawing. */
const GATHER = 10;

const STYLES = `
[data-controls] :is(div, label) {
  display: flex;
  align-items: center;
  gap: 8px;
  min-height: 28px;
  color: var(--jp-ui-font-color1);
  font: var(--jp-ui-font-size1) var(--jp-ui-font-family);
  font-variant-numeric: tabular-nums;
}
[data-controls] input {
  accent-color: var(--jp-brand-color1);
}
[data-controls] input[type="range"] {
  width: 300px;
}
[data-controls] select {
  color: inherit;
  background: var(--jp-layout-color1);
  border: 1px solid var(--jp-border-color1);
}
`;

/**
 * Shows a figure, and over it what a reader changes it by: `draw` is called with the controls'
 * values, and again as they change. While it is at work newer values wait, and the newest is drawn
 * next. If it throws, the error stands in the figure's place.
 *
 * The figure is an output like any other, and what it showed last stays in the notebook. Controls
 * take a kernel that hears them and a page that shows them, which are lib/notebook/kernel and
 * JupyterLab with anywidget: `deno task lab` has both. Elsewhere the figure of the first values
 * stands alone. A page that was loaded again shows the controls once the cell has run again.
 *
 * @throws Whatever `draw` throws of the first values.
 *
 * @example
 * ```ts ignore
 * await interact(
 *   { rotation: slider({ min: -30, max: 30, value: 8, label: "rotation, degrees" }) },
 *   ({ rotation }) => garmentFigure(affine(garment, { rotation })),
 * );
 * ```
 */
export async function interact<Values extends Record<string, Json>>(
  controls: Controls<Values>,
  draw: (values: Values) => Displayable | Promise<Displayable>,
): Promise<void> {
  const initial = entriesOf(controls).map(([name, { value }]) => [name, value] as const);
  let values = checked(Object.fromEntries(initial), controls);
  let figure = await draw(values);
  const [top, below] = [liveOutput(), liveOutput()];
  let place = top;
  await place.show(figure);
  if (!hearsWidgets()) return;

  const panel = widget({
    state: {
      isOpen: false,
      place: crypto.randomUUID(),
      controls: entriesOf(controls).map(([name, { label = name, element }]) => (
        { ...element, name, label }
      )),
      values,
    },
    esm: front,
    css: STYLES,
  });
  // Only now it is known that there is a page with controls to show.
  panel.onChange("isOpen", async () => {
    if (place === below) return;
    place = below;
    await top.show(panelPlace(panel.get("place")));
    await below.show(figure);
  });
  const redraw = newestOnly(async () => {
    try {
      figure = await draw(values);
    } catch (error) {
      figure = errorText(error);
    }
    await place.show(figure);
  });
  panel.onChange("values", (received) => {
    values = checked(received, controls);
    void redraw();
  });
}

/** @throws {RangeError} If a control cannot have its value. */
function checked<Values extends Record<string, Json>>(
  values: Readonly<Record<string, Json>>,
  controls: Controls<Values>,
): Values {
  if (hasValuesOf(controls, values)) return values;
  throw new RangeError(`Cannot draw: no controls have the values ${JSON.stringify(values)}`);
}

function hasValuesOf<Values extends Record<string, Json>>(
  controls: Controls<Values>,
  values: Readonly<Record<string, Json>>,
): values is Values {
  return entriesOf(controls).every(([name, control]) => control.accepts(values[name]));
}

const entriesOf = <Values extends Record<string, Json>>(controls: Controls<Values>) =>
  Object.entries<Control<Json>>(controls);

/** Where the controls come to stand, and what stands there in a notebook that is only read. */
function panelPlace(id: string): Displayable {
  const text = "Run this cell in JupyterLab, and controls of the figure appear here.";
  return {
    [DISPLAY]: () => ({
      "text/html": `<div data-controls="${id}">${text}</div>`,
      "text/plain": text,
    }),
  };
}

function errorText(error: unknown): Displayable {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  // The one format is JupyterLab's own, and red.
  return { [DISPLAY]: () => ({ "application/vnd.jupyter.stderr": text, "text/plain": text }) };
}

/**
 * Does something again whenever it is asked to, one at a time: what was asked for meanwhile is done
 * once.
 */
function newestOnly(run: () => Promise<void>): () => Promise<void> {
  let [isRunning, isAsked] = [false, false];
  return async () => {
    isAsked = true;
    if (isRunning) return;
    isRunning = true;
    while (isAsked) {
      // What came in the meantime gets its turn first.
      await new Promise((resolve) => setTimeout(resolve, GATHER));
      isAsked = false;
      await run();
    }
    isRunning = false;
  };
}
