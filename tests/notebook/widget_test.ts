import { assert, assertEquals, assertThrows } from "@std/assert";
import { DISPLAY } from "../../lib/figures/mod.ts";
import { widget } from "../../lib/notebook/mod.ts";
import { withFakeComms } from "./fake_comms.ts";

const VIEW = "application/vnd.jupyter.widget-view+json";
const ESM = "export default {}";

Deno.test("widget() opens a comm with anywidget's classes, its module and its state", () =>
  withFakeComms(({ opened }) => {
    widget({ state: { count: 3 }, esm: ESM, css: "b {}" });
    const [{ target, metadata, data: { state, ...rest } }] = opened;
    assertEquals([target, metadata, rest], [
      "jupyter.widget",
      { version: "2.1.0" },
      { buffer_paths: [] },
    ]);
    const { _anywidget_id: id, ...others } = Object(state);
    assertEquals(typeof id, "string");
    assertEquals(others, {
      _model_module: "anywidget",
      _model_name: "AnyModel",
      _model_module_version: "*",
      _view_module: "anywidget",
      _view_name: "AnyView",
      _view_module_version: "*",
      _esm: ESM,
      _css: "b {}",
      count: 3,
    });
  }));

Deno.test("widget() takes what JupyterLab sends, and tells those who listen for it", () =>
  withFakeComms(({ opened }) => {
    const point = widget({ state: { x: 1, y: 1, tags: ["a"] }, esm: ESM });
    const heard: unknown[] = [];
    point.onChange("x", (x) => heard.push(["x", x, point.get("y")]));
    point.onChange("tags", (tags) => heard.push(["tags", ...tags]));
    opened[0].change({ x: 5, y: 7, unknown: true });
    opened[0].change({ tags: ["b", "c"] });
    assertEquals(heard, [["x", 5, 7], ["tags", "b", "c"]]);
  }));

Deno.test("widget() rejects a value of another type from JupyterLab, and keeps its own", () =>
  withFakeComms(({ opened }) => {
    const state = { size: 1, names: ["a"], place: { left: 0 } };
    const panel = widget({ state, esm: ESM });
    for (const change of [{ size: "1" }, { names: [2] }, { place: {} }, { place: null }]) {
      assertThrows(() => opened[0].change(change), TypeError, "Cannot change a widget");
    }
    assertEquals(
      { size: panel.get("size"), names: panel.get("names"), place: panel.get("place") },
      {
        ...state,
      },
    );
  }));

Deno.test("widget().set() changes the state on both sides and calls no handler", () =>
  withFakeComms(({ opened }) => {
    const counter = widget({ state: { count: 0 }, esm: ESM });
    counter.onChange("count", () => {
      throw new Error("It was called");
    });
    counter.set("count", 2);
    assertEquals(counter.get("count"), 2);
    assertEquals(opened[0].sent, [{ method: "update", state: { count: 2 }, buffer_paths: [] }]);
  }));

Deno.test("widget() tells its state to a page that asks for it, or for those of all", () =>
  withFakeComms(({ opened, ask }) => {
    const counter = widget({ state: { count: 0 }, esm: ESM });
    widget({ state: { closed: true }, esm: ESM });
    opened[1].close();
    counter.set("count", 4);
    opened[0].receive({ method: "request_state" });
    const state: unknown = Object(opened[0].sent.at(-1)).state;
    assertEquals(Object(state).count, 4);

    const { sent: [{ method, states }] } = ask("jupyter.widget.control", {
      method: "request_states",
    });
    assertEquals(method, "update_states");
    assertEquals(Object.values(Object(states)), [{
      model_module: "anywidget",
      model_name: "AnyModel",
      model_module_version: "*",
      state,
    }]);
    const { model_id: id } = Object(counter[DISPLAY]()[VIEW]);
    assertEquals(Object.keys(Object(states)), [id]);
  }));

Deno.test("widget() is a mere state, and shows a text, where nobody hears it", () => {
  const counter = widget({ state: { count: 0 }, esm: ESM });
  counter.set("count", 1);
  assertEquals(counter.get("count"), 1);
  assertEquals(Object.keys(counter[DISPLAY]()), ["text/plain"]);
  assert(`${counter[DISPLAY]()["text/plain"]}`.startsWith("A widget"));
});
