import { assertEquals } from "@std/assert";
import { ASSEMBLY, compileAssembly } from "../../lib/cli/assembly.ts";
import { COARSE, FINE } from "../../lib/knn/search_layout.ts";

Deno.test("search.wasm is what its sources compile to, as deno task assembly leaves it", async () => {
  assertEquals(await compileAssembly(), await Deno.readFile(ASSEMBLY));
});

Deno.test("the assembly's sketches are as long as its callers think", async () => {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 2 ** 16, shared: true });
  const module = new WebAssembly.Module(await Deno.readFile(ASSEMBLY));
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const lengths = [exports.COARSE, exports.FINE].map((value) =>
    value instanceof WebAssembly.Global ? value.value : undefined
  );
  assertEquals(lengths, [COARSE, FINE]);
});
