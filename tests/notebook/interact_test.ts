import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { DISPLAY } from "../../lib/figures/mod.ts";
import { checkbox, interact, select, slider } from "../../lib/notebook/mod.ts";
import { type FrontEnd, withFakeComms } from "./fake_comms.ts";
import { type Message, withFakeKernel } from "./fake_kernel.ts";

const CONTROLS = {
  size: slider({ min: 0, max: 9, value: 3, label: "size, pixels" }),
  kind: select(["round", "square"]),
  filled: checkbox(),
};
const VALUES = { size: 3, kind: "round", filled: false };

const figure = (values: unknown) => ({
  [DISPLAY]: () => ({ "text/plain": JSON.stringify(values) }),
});

const shown = (messages: Message[]) =>
  messages.map(({ type, content: { data, transient } }) => ({
    type,
    id: transient.display_id,
    text: data["text/plain"],
    html: data["text/html"],
  }));

const withPage = (use: (messages: Message[], page: FrontEnd) => Promise<void>) =>
  withFakeKernel((messages) => withFakeComms((page) => use(messages, page)));

/** Waits for a message; the test ends by its own means if there is none. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 1));
}

Deno.test("interact() shows the figure alone where no kernel hears its controls", () =>
  withFakeKernel(async (messages) => {
    await interact(CONTROLS, figure);
    assertEquals(shown(messages).map(({ type, text }) => [type, text]), [
      ["display_data", JSON.stringify(VALUES)],
    ]);
  }));

Deno.test("interact() shows the figure alone until a page says that it has controls", () =>
  withPage(async (messages, { opened }) => {
    await interact(CONTROLS, figure);
    assertEquals(messages.length, 1);
    const { state } = opened[0].data;
    assertEquals(Object(state).values, VALUES);
    assertEquals(Object(state).controls, [
      { kind: "slider", min: 0, max: 9, step: 1, name: "size", label: "size, pixels" },
      { kind: "select", options: ["round", "square"], name: "kind", label: "kind" },
      { kind: "checkbox", name: "filled", label: "filled" },
    ]);
  }));

Deno.test("interact() puts the controls into the figure's place, and the figure and its changes below", () =>
  withPage(async (messages, { opened }) => {
    await interact(CONTROLS, figure);
    opened[0].change({ isOpen: true });
    await until(() => messages.length === 3);
    // A second page with the same notebook has nothing to show.
    opened[0].change({ isOpen: true });
    opened[0].change({ values: { ...VALUES, size: 7 } });
    await until(() => shown(messages).at(-1)?.text.includes("7") === true);
    const [first, controls, second, redrawn, ...more] = shown(messages);
    assertEquals([controls.type, controls.id], ["update_display_data", first.id]);
    assert(controls.html.includes(`data-controls="${Object(opened[0].data.state).place}"`));
    assertEquals([second.type, second.text], ["display_data", first.text]);
    assert(second.id !== first.id);
    assertEquals(redrawn, {
      ...second,
      type: "update_display_data",
      text: JSON.stringify({ ...VALUES, size: 7 }),
    });
    assertEquals(more, []);
  }));

Deno.test("interact() skips the values that came while it was drawing, all but the newest", () =>
  withPage(async (_, { opened }) => {
    const drawn: number[] = [];
    const slow = Promise.withResolvers<void>();
    await interact(CONTROLS, async (values) => {
      drawn.push(values.size);
      if (values.size === 1) await slow.promise;
      return figure(values);
    });
    opened[0].change({ values: { ...VALUES, size: 1 } });
    await until(() => drawn.includes(1));
    for (const size of [2, 4, 5, 6]) opened[0].change({ values: { ...VALUES, size } });
    // Time in which nothing may happen.
    await new Promise((resolve) => setTimeout(resolve, 50));
    assertEquals(drawn, [3, 1]);
    slow.resolve();
    await until(() => drawn.length === 3);
    assertEquals(drawn, [3, 1, 6]);
  }));

Deno.test("interact() draws once for values that lie ready when it gets its turn", () =>
  withPage(async (_, { opened }) => {
    const drawn: number[] = [];
    await interact(CONTROLS, (values) => {
      drawn.push(values.size);
      return figure(values);
    });
    for (const size of [1, 2, 4, 6]) {
      setTimeout(() => opened[0].change({ values: { ...VALUES, size } }));
    }
    await until(() => drawn.includes(6));
    assertEquals(drawn, [3, 6]);
  }));

Deno.test("interact() shows an error in the figure's place, and the next figure after it", () =>
  withPage(async (messages, { opened }) => {
    await interact(CONTROLS, (values) => {
      if (values.filled) throw new RangeError("it is full");
      return figure(values);
    });
    opened[0].change({ values: { ...VALUES, filled: true } });
    await until(() => messages.length === 2);
    opened[0].change({ values: VALUES });
    await until(() => messages.length === 3);
    assertEquals(shown(messages).map(({ text }) => text), [
      JSON.stringify(VALUES),
      "RangeError: it is full",
      JSON.stringify(VALUES),
    ]);
    assertEquals(new Set(shown(messages).map(({ id }) => id)).size, 1);
  }));

Deno.test("interact() fails where the first figure does, and rejects values beyond its controls", () =>
  withPage(async (_, { opened }) => {
    await assertRejects(
      () => interact(CONTROLS, () => Promise.reject(new RangeError("it is empty"))),
      RangeError,
      "it is empty",
    );
    await interact(CONTROLS, figure);
    assertThrows(
      () => opened[0].change({ values: { ...VALUES, size: 10 } }),
      RangeError,
      "Cannot draw",
    );
  }));
