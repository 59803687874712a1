import { assert, assertEquals } from "@std/assert";
import { DISPLAY, METADATA } from "../../lib/figures/mod.ts";
import { liveOutput } from "../../lib/notebook/mod.ts";
import { withFakeKernel } from "./fake_kernel.ts";

const content = (text: string) => ({ [DISPLAY]: () => ({ "text/plain": text }) });

Deno.test("liveOutput() shows nothing outside of the kernel, and does not even draw it", async () => {
  let drawn = 0;
  await liveOutput().show({
    [DISPLAY]() {
      drawn++;
      return {};
    },
  });
  assertEquals(drawn, 0);
});

Deno.test("liveOutput() shows once and then updates the same place", () =>
  withFakeKernel(async (messages) => {
    const output = liveOutput();
    for (const text of ["a", "b", "c"]) await output.show(content(text));
    assertEquals(messages.map(({ type }) => type), [
      "display_data",
      "update_display_data",
      "update_display_data",
    ]);
    assertEquals(messages.map(({ content }) => content.data["text/plain"]), ["a", "b", "c"]);
    assertEquals(new Set(messages.map(({ content }) => content.transient.display_id)).size, 1);
  }));

Deno.test("liveOutput() keeps to its place where nobody waits for the first to be shown", () =>
  withFakeKernel(async (messages) => {
    const output = liveOutput();
    await Promise.all([output.show(content("a")), output.show(content("b"))]);
    assertEquals(messages.map(({ type }) => type), ["display_data", "update_display_data"]);
  }));

Deno.test("liveOutput() hands metadata on, and has a place of its own for each", () =>
  withFakeKernel(async (messages) => {
    const metadata = { "image/png": { width: 5 } };
    await liveOutput().show({ ...content("a"), [METADATA]: metadata });
    await liveOutput().show(content("b"));
    const [first, second] = messages.map(({ content }) => content);
    assertEquals([first.metadata, second.metadata], [metadata, {}]);
    assert(first.transient.display_id !== second.transient.display_id);
  }));
