import { assertEquals } from "@std/assert";
import { encodeBase64 } from "@std/encoding";
import { galleryPicture } from "../../lib/notebook_files/mod.ts";
import { code, notebookOf, result } from "./fixtures.ts";

const png = Uint8Array.of(137, 80, 78, 71);
const shown = {
  output_type: "display_data",
  data: { "image/png": encodeBase64(png) + "\n" },
} as const;
const tagged = { metadata: { tags: ["gallery"] } };

Deno.test("galleryPicture() is the PNG of the tagged cell, and nothing where there is none", () => {
  const other = code("a", 1, { ...shown, data: { "image/png": encodeBase64("other") } });
  assertEquals(galleryPicture(notebookOf(other, { ...code("b", 2, shown), ...tagged })), png);
  assertEquals(galleryPicture(notebookOf(other)), undefined);
  assertEquals(galleryPicture(notebookOf({ ...code("b", null), ...tagged })), undefined);
  const text = { ...code("b", 1, result("text/plain")), ...tagged };
  assertEquals(galleryPicture(notebookOf(text)), undefined);
});
