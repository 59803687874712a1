import { assert, assertEquals, assertRejects } from "@std/assert";
import { debianPackage } from "../../../lib/dataset/files/mod.ts";
import { granted } from "../../permissions.ts";
import { entriesOf, smallFile, temporaryFolder } from "./fixtures.ts";

const images = await smallFile("images", "pixels");
const ignore = Deno.build.os === "windows" || !granted("read", "write", "run");

/** Runs the source with shell scripts in place of apt-get and dpkg-deb. */
async function readWith({ aptGet, dpkgDeb = "", timeoutMs }: {
  aptGet: string;
  dpkgDeb?: string;
  timeoutMs?: number;
}): Promise<Uint8Array[]> {
  await using programs = await temporaryFolder();
  await using work = await temporaryFolder();
  await Deno.writeFile(`${programs.path}/images.gz`, images.compressed);
  const write = async (name: string, script: string) => {
    const path = `${programs.path}/${name}`;
    await Deno.writeTextFile(path, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    return path;
  };
  const source = debianPackage(work.path, {
    aptGet: await write("apt-get", aptGet),
    dpkgDeb: await write("dpkg-deb", dpkgDeb),
    timeoutMs,
  });
  try {
    const found = await Array.fromAsync(source.read([images.file], { log() {} }));
    return found.map(({ content }) => content);
  } finally {
    assertEquals(await entriesOf(work.path), [], "the temporary folder is removed");
  }
}

Deno.test({
  name: "debianPackage() updates, downloads and unpacks in a folder that it removes",
  ignore,
  async fn() {
    const contents = await readWith({
      aptGet: `case "$1" in
        update) echo ok > updated ;;
        download) test -f updated && echo "$2" > dataset.deb ;;
      esac`,
      dpkgDeb: `grep -q dataset-fashion-mnist "$2" || exit 1
        mkdir -p "$3/usr/share/datasets/fashion-mnist"
        cp "$(dirname "$0")/images.gz" "$3/usr/share/datasets/fashion-mnist"`,
    });
    assertEquals(contents, [images.content]);
  },
});

Deno.test({
  name: "debianPackage() tells the last lines of what apt-get said, update's as well",
  ignore,
  async fn() {
    const error = await assertRejects(
      () =>
        readWith({
          aptGet: `echo "$1 failed" >&2; echo "$1" ended; test "$1" = update || exit 100`,
        }),
      Deno.errors.NotFound,
      "apt-get download ended with status 100: update failed; download failed",
    );
    assert(!error.message.includes("ended;"));
  },
});

Deno.test({
  name: "debianPackage() gives up a command that hangs",
  ignore,
  async fn() {
    // The sleep is a grandchild, which outlives the shell with the pipe in its hand.
    await assertRejects(
      () => readWith({ aptGet: "sleep 3", timeoutMs: 200 }),
      Deno.errors.TimedOut,
      "apt-get update took more than 0.2 s",
    );
  },
});

Deno.test({
  name: "debianPackage() fails where apt-get downloads nothing",
  ignore,
  async fn() {
    await assertRejects(
      () => readWith({ aptGet: "exit 0" }),
      Deno.errors.NotFound,
      "apt-get downloaded no .deb file",
    );
  },
});
