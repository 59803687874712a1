import { assertEquals, assertRejects } from "@std/assert";
import { checkedContent } from "../../../lib/dataset/files/data_file.ts";
import { smallFile } from "./fixtures.ts";

const { file, content, compressed } = await smallFile("images", "pixels");

Deno.test("checkedContent() accepts the content, compressed or not", async () => {
  assertEquals(await checkedContent(file, content, "here"), content);
  assertEquals(await checkedContent(file, compressed, "here"), content);
});

Deno.test("checkedContent() rejects content with one bit changed", async () => {
  const changed = content.slice();
  changed[17] ^= 1;
  await assertRejects(
    () => checkedContent(file, changed, "here"),
    Deno.errors.InvalidData,
    "Cannot use here: SHA-256 of its content is ",
  );
});

Deno.test("checkedContent() rejects broken gzip and gzip of too much", async () => {
  await assertRejects(
    () => checkedContent(file, compressed.subarray(0, -1), "here"),
    Deno.errors.InvalidData,
    "Cannot use here: Cannot decompress gzip: unexpected end of file",
  );
  await assertRejects(
    () => checkedContent({ ...file, byteLength: 599 }, compressed, "here"),
    Deno.errors.InvalidData,
    "Cannot use here: Cannot decompress gzip: more than 599 bytes come out",
  );
});
