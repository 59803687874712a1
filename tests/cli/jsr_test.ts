import { assertEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import { useRegistry } from "../../lib/cli/jsr.ts";
import { granted } from "../permissions.ts";

const LOCK = '{ "version": "5" }\n';

const ignore = !granted("read", "write", "run");

async function withCheckout(text: string, action: (root: string) => Promise<void>) {
  const root = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(join(root, "deno.json"), text);
    await Deno.writeTextFile(join(root, "deno.lock"), LOCK);
    await action(root);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

Deno.test({
  name: "useRegistry() rejects a deno.json whose links are gone",
  ignore,
  fn: () =>
    withCheckout('{ "imports": {} }\n', async (root) => {
      await assertRejects(() => useRegistry(root), SyntaxError, 'no "links" to drop');
    }),
});

Deno.test({
  name: "useRegistry() changes nothing when the registry does not serve a package",
  ignore,
  fn: () => {
    // A version that no registry has, so that it fails with and without a network.
    const text = `{
  "imports": { "@std/assert": "jsr:@std/assert@99999.0.0" },
  "links": ["./stand_in"],
  "lock": { "frozen": true }
}
`;
    return withCheckout(text, async (root) => {
      await assertRejects(() => useRegistry(root), Error, "deno cache ended with exit code 1");
      assertEquals(await Deno.readTextFile(join(root, "deno.json")), text);
      assertEquals(await Deno.readTextFile(join(root, "deno.lock")), LOCK);
      const names = await Array.fromAsync(Deno.readDir(root), ({ name }) => name);
      assertEquals(names.sort(), ["deno.json", "deno.lock"]);
    });
  },
});
