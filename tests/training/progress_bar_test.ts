import { assert, assertEquals } from "@std/assert";
import { progressBar } from "../../lib/training/mod.ts";

/** A progress bar and what it has written. */
function recorded(options: { isTerminal: boolean; columns?: number }) {
  const written: string[] = [];
  const bar = progressBar({ write: (text) => void written.push(text), ...options });
  return { bar, written };
}

Deno.test("progressBar() fills the bar by the fraction and keeps the last column free", () => {
  for (
    const [fraction, expected] of [[0, "──────────"], [0.5, "━━━━━─────"], [
      2,
      "━━━━━━━━━━",
    ]] as const
  ) {
    const { bar, written } = recorded({ isTerminal: true, columns: 16 });
    bar.update(fraction, { label: "ab", details: "c" });
    assertEquals(written, [`\rab ${expected} c`]);
  }
});

Deno.test("progressBar() leaves the bar out, then cuts the text, where the terminal is narrow", () => {
  const { bar, written } = recorded({ isTerminal: true, columns: 12 });
  bar.update(0.5, { label: "loading", details: "1 of 2 files" });
  assertEquals(written, ["\rloading 1 o"]);
});

Deno.test("progressBar() does not draw again within a tenth of a second", () => {
  const { bar, written } = recorded({ isTerminal: true, columns: 40 });
  const now = performance.now;
  try {
    for (const milliseconds of [0, 50, 99, 100, 150, 200]) {
      performance.now = () => milliseconds;
      bar.update(0.5, { label: "a", details: `${milliseconds}` });
    }
  } finally {
    performance.now = now;
  }
  assertEquals(written.map((text) => text.trim().split(" ").at(-1)), ["0", "100", "200"]);
});

Deno.test("progressBar() takes the bar away before a line that stays", () => {
  const { bar, written } = recorded({ isTerminal: true, columns: 16 });
  bar.update(0.5, { label: "ab", details: "c" });
  bar.print("done");
  bar.clear();
  assertEquals(written.slice(1), [`\r${" ".repeat(15)}\r`, "done\n"]);
});

Deno.test("progressBar() writes only the lines that stay where there is no terminal", () => {
  const { bar, written } = recorded({ isTerminal: false });
  bar.update(0.5, { label: "ab", details: "c" });
  bar.print("done");
  bar.clear();
  assertEquals(written, ["done\n"]);
});

Deno.test("progressBar() needs no options", () => {
  assert(typeof progressBar().update === "function");
});
