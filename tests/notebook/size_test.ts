import { assertEquals, assertThrows } from "@std/assert";
import { atSize } from "../../lib/notebook/mod.ts";

/** Runs `use` with a value of NOTEBOOK_SIZE. */
function withSize(size: string | undefined, use: () => void): void {
  const before = Deno.env.get("NOTEBOOK_SIZE");
  const set = (value: string | undefined) =>
    value === undefined ? Deno.env.delete("NOTEBOOK_SIZE") : Deno.env.set("NOTEBOOK_SIZE", value);
  set(size);
  try {
    use();
  } finally {
    set(before);
  }
}

Deno.test("atSize() picks the reader's number if not told, and the test's if told", () => {
  const sizes = [undefined, "", "reader", "test"] as const;
  const picked: string[] = [];
  for (const size of sizes) withSize(size, () => picked.push(atSize({ reader: "r", test: "t" })));
  assertEquals(picked, ["r", "r", "r", "t"]);
});

Deno.test("atSize() rejects another size", () => {
  for (const size of ["Test", "large", "0"]) {
    withSize(size, () => {
      assertThrows(
        () => atSize({ reader: 1, test: 2 }),
        RangeError,
        `Cannot pick a size: NOTEBOOK_SIZE is "${size}", expected reader or test`,
      );
    });
  }
});
