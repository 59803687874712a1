import { assertEquals, assertRejects } from "@std/assert";
import { verifySums, writeSums } from "../../lib/benchmark/mod.ts";
import { granted } from "../permissions.ts";

const ignore = !granted("read", "write");

/** Lends a data folder with two files whose sums are written. */
async function withData(use: (data: string) => Promise<void>): Promise<void> {
  const data = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${data}/results/knn`, { recursive: true });
    await Deno.mkdir(`${data}/weights`);
    await Deno.writeTextFile(`${data}/results/knn/exact.json`, "abc");
    await Deno.writeFile(`${data}/weights/weights.bin`, Uint8Array.of(1, 2, 3));
    await writeSums(data);
    await use(data);
  } finally {
    await Deno.remove(data, { recursive: true });
  }
}

Deno.test({
  name: "writeSums() writes sha256sum(1)'s format, sorted by path, and verifySums() accepts it",
  ignore,
  fn: () =>
    withData(async (data) => {
      // printf abc | sha256sum; printf '\x01\x02\x03' | sha256sum, of GNU coreutils
      assertEquals(
        await Deno.readTextFile(`${data}/SHA256SUMS`),
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  results/knn/exact.json\n" +
          "039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81  weights/weights.bin\n",
      );
      await verifySums(data);
    }),
});

Deno.test({
  name: "verifySums() names a file with one flipped bit",
  ignore,
  fn: () =>
    withData(async (data) => {
      await Deno.writeFile(`${data}/weights/weights.bin`, Uint8Array.of(1, 2, 2));
      const error = await assertRejects(
        () => verifySums(data),
        Deno.errors.InvalidData,
        "weights/weights.bin is altered",
      );
      assertEquals(error.message.includes("exact.json"), false);
    }),
});

Deno.test({
  name: "verifySums() names every missing and every unlisted file",
  ignore,
  fn: () =>
    withData(async (data) => {
      await Deno.remove(`${data}/weights`, { recursive: true });
      await Deno.writeTextFile(`${data}/results/new.json`, "");
      await assertRejects(
        () => verifySums(data),
        Deno.errors.InvalidData,
        "weights/weights.bin is missing, results/new.json is not listed",
      );
    }),
});

Deno.test({
  name: "verifySums() rejects a malformed, repeated or cut line, and a missing manifest",
  ignore,
  fn: () =>
    withData(async (data) => {
      const path = `${data}/SHA256SUMS`;
      const good = await Deno.readTextFile(path);
      const manifests = [
        ["\n" + good, "line 1 is"],
        [good.replace("ba78", "xx78"), "line 1 is"],
        [good + good, "line 3 is"],
        [good.slice(0, -1), "its last line does not end"],
      ];
      for (const [text, message] of manifests) {
        await Deno.writeTextFile(path, text);
        await assertRejects(() => verifySums(data), SyntaxError, message);
      }
      await Deno.remove(path);
      await assertRejects(() => verifySums(data), Deno.errors.NotFound);
    }),
});
