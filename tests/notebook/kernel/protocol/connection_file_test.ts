import { assertEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import {
  freshConnection,
  readConnectionFile,
  writeConnectionFile,
} from "../../../../lib/notebook/kernel/protocol/connection_file.ts";
import { granted } from "../../../permissions.ts";

const ignore = !granted("read", "write", "env", { name: "net", host: "127.0.0.1" });

async function inFolder(fn: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await fn(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test({
  name: "writeConnectionFile() writes what readConnectionFile() reads, for its owner alone",
  ignore,
  fn: () =>
    inFolder(async (folder) => {
      const connection = freshConnection();
      const path = await writeConnectionFile(folder, connection);
      assertEquals(await readConnectionFile(path), connection);
      if (Deno.build.os !== "windows") {
        assertEquals(((await Deno.stat(path)).mode ?? 0) & 0o777, 0o600);
      }
    }),
});

Deno.test({
  name: "freshConnection() gives five different ports and another key each time",
  ignore,
  fn() {
    const [one, other] = [freshConnection(), freshConnection()];
    const { shell_port, control_port, stdin_port, iopub_port, hb_port } = one;
    assertEquals(new Set([shell_port, control_port, stdin_port, iopub_port, hb_port]).size, 5);
    assertEquals(new Set([one.key, other.key, ""]).size, 3);
  },
});

Deno.test({
  name: "readConnectionFile() rejects what is no connection file, and what it cannot serve",
  ignore,
  fn: () =>
    inFolder(async (folder) => {
      const path = join(folder, "connection.json");
      const connection = freshConnection();
      const wrong: [unknown, typeof SyntaxError | typeof RangeError, string][] = [
        [[], SyntaxError, "shell_port is undefined"],
        [null, SyntaxError, "shell_port is undefined"],
        [{ ...connection, key: 5 }, SyntaxError, "key is 5, expected a text"],
        [{ ...connection, hb_port: 0 }, SyntaxError, "hb_port is 0, expected 1 to 65535"],
        [{ ...connection, hb_port: "80" }, SyntaxError, "expected 1 to 65535"],
        [{ ...connection, ip: "0.0.0.0" }, RangeError, 'ip is "0.0.0.0", expected 127.0.0.1'],
        [{ ...connection, transport: "ipc" }, RangeError, "expected tcp"],
        [{ ...connection, signature_scheme: "hmac-md5" }, RangeError, "expected hmac-sha256"],
      ];
      for (const [content, error, message] of wrong) {
        await Deno.writeTextFile(path, JSON.stringify(content));
        await assertRejects(() => readConnectionFile(path), error, message);
      }
      await Deno.writeTextFile(path, "{");
      await assertRejects(() => readConnectionFile(path), SyntaxError);
    }),
});
