import { DISPLAY } from "../figures/mod.ts";
import type { Comms } from "./kernel/mod.ts";

/** What JSON can say. */
export type Json = null | boolean | number | string | readonly Json[] | {
  readonly [key: string]: Json;
};

/** An object in the kernel whose other half lives in JupyterLab; both have the same state. */
export interface Widget<State> {
  get<Name extends keyof State>(name: Name): State[Name];
  /** Changes the state here and there; handlers are not called. */
  set<Name extends keyof State>(name: Name, value: State[Name]): void;
  /** Calls a handler with each value that comes from JupyterLab, once `get` gives it too. */
  onChange<Name extends keyof State>(name: Name, handler: (value: State[Name]) => void): void;
  [DISPLAY](): Readonly<Record<string, Json>>;
}

/** What every widget's state says of its other half: the classes, of any version there is. */
const CLASSES = {
  _model_module: "anywidget",
  _model_name: "AnyModel",
  _model_module_version: "*",
  _view_module: "anywidget",
  _view_name: "AnyView",
  _view_module_version: "*",
};

/** Of the widgets of this kernel, by their comms: what a page that is loaded again asks for. */
const snapshots = new Map<string, () => Record<string, unknown>>();

/**
 * Opens a widget, which shows itself as the value of a cell. Without the kernel in
 * lib/notebook/kernel it is a mere state. In a notebook that is opened again JupyterLab says that
 * it does not find the widget: see interact() for what leaves no such trace.
 *
 * Source: the widgets' messaging protocol, version 2.1 (ipywidgets, packages/schema/messages.md);
 * the front end is anywidget's.
 *
 * @param options.state What both halves begin with. A value from JupyterLab has to have its
 *   fields and types.
 * @param options.esm The other half: a JavaScript module for anywidget, with `initialize` or
 *   `render` in its default export.
 * @param options.css Styles for it.
 *
 * @example
 * ```ts ignore
 * const counter = widget({
 *   state: { count: 0 },
 *   esm: `export default {
 *     render({ model, el }) {
 *       const button = document.createElement("button");
 *       button.textContent = "one more";
 *       button.onclick = () => {
 *         model.set("count", model.get("count") + 1);
 *         model.save_changes();
 *       };
 *       el.append(button);
 *     },
 *   }`,
 * });
 * counter.onChange("count", (count) => console.log(count));
 * counter;
 * ```
 */
export function widget<State extends Record<string, Json>>(
  { state, esm, css = "" }: { state: State; esm: string; css?: string },
): Widget<State> {
  const current = { ...state };
  const handlers: { readonly name: keyof State; readonly call: () => void }[] = [];
  const snapshot = () => ({
    ...CLASSES,
    _esm: esm,
    _css: css,
    _anywidget_id: styles,
    ...current,
  });
  const styles = crypto.randomUUID();
  const comm = jupyterComms()?.open("jupyter.widget", {
    data: { state: snapshot(), buffer_paths: [] },
    metadata: { version: "2.1.0" },
  });

  function take(update: object): void {
    const changed: (keyof State)[] = [];
    for (const name in current) {
      const value: unknown = Reflect.get(update, name);
      if (value === undefined) continue;
      if (!isLike(current[name], value)) {
        throw new TypeError(
          `Cannot change a widget: ${name} is ${JSON.stringify(value)}, ` +
            `expected a value like ${JSON.stringify(current[name])}`,
        );
      }
      current[name] = value;
      changed.push(name);
    }
    handlers.filter(({ name }) => changed.includes(name)).forEach(({ call }) => call());
  }

  if (comm !== undefined) {
    snapshots.set(comm.id, snapshot);
    comm.onClose = () => snapshots.delete(comm.id);
    comm.onMessage = ({ data: { method, state } }) => {
      if (method === "update" && typeof state === "object" && state !== null) take(state);
      else if (method === "request_state") {
        comm.send({ method: "update", state: snapshot(), buffer_paths: [] });
      }
    };
  }
  return {
    get: (name) => current[name],
    set(name, value) {
      current[name] = value;
      comm?.send({ method: "update", state: { [name]: value }, buffer_paths: [] });
    },
    onChange: (name, handler) => void handlers.push({ name, call: () => handler(current[name]) }),
    [DISPLAY]: () => ({
      ...comm !== undefined && {
        "application/vnd.jupyter.widget-view+json": {
          version_major: 2,
          version_minor: 1,
          model_id: comm.id,
        },
      },
      "text/plain": "A widget: it lives in JupyterLab, once this cell has run there.",
    }),
  };
}

/** Whether the kernel is one that hears what widgets say. */
export const hearsWidgets = (): boolean => Reflect.has(globalThis, COMMS);

const COMMS = Symbol.for("Jupyter.comms");

function jupyterComms(): Comms | undefined {
  const comms: unknown = Reflect.get(globalThis, COMMS);
  if (!isComms(comms)) return undefined;
  if (snapshots.size === 0) answerReloadedPages(comms);
  return comms;
}

const isComms = (value: unknown): value is Comms =>
  typeof value === "object" && value !== null && "open" in value && "onOpen" in value;

/** A page asks for all widgets at once; the protocol has a comm of its own for it. */
function answerReloadedPages(comms: Comms): void {
  comms.onOpen("jupyter.widget.control", (comm) => {
    comm.onMessage = ({ data: { method } }) => {
      if (method !== "request_states") return;
      const states = snapshots.entries().map(([id, snapshot]) => [id, {
        model_module: CLASSES._model_module,
        model_name: CLASSES._model_name,
        model_module_version: CLASSES._model_module_version,
        state: snapshot(),
      }]);
      comm.send({
        method: "update_states",
        states: Object.fromEntries(states),
        buffer_paths: [],
      });
    };
  });
}

/** Whether a value has the type of another, and so have its fields; of lists, all items. */
function isLike<T extends Json>(example: T, value: unknown): value is T {
  if (typeof example !== "object" || example === null) return typeof value === typeof example;
  if (typeof value !== "object" || value === null) return false;
  if (Array.isArray(example)) {
    return Array.isArray(value) &&
      (example.length === 0 || value.every((item) => isLike(example[0], item)));
  }
  return !Array.isArray(value) &&
    Object.entries(example).every(([key, item]) => isLike(item, Reflect.get(value, key)));
}
