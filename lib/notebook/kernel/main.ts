/**
 * The program that a kernelspec starts: `deno run --allow-… main.ts CONNECTION_FILE`.
 *
 * @module
 */
import { readConnectionFile } from "./protocol/mod.ts";
import { Kernel } from "./kernel.ts";
import { TYPES_VARIABLE } from "./kernel_spec.ts";

/** Milliseconds between two looks at whether the program that started this one is still there. */
const LOOK_FOR_PARENT = 1000;

if (import.meta.main) {
  const looksAtTypes = Deno.env.get(TYPES_VARIABLE) !== "off";
  const kernel = new Kernel(await readConnectionFile(Deno.args[0]), {
    ...looksAtTypes && { typesFrom: Deno.cwd() },
  });
  const parent = Deno.ppid;
  const { promise: orphaned, resolve } = Promise.withResolvers<void>();
  setInterval(() => Deno.ppid !== parent && resolve(), LOOK_FOR_PARENT);
  Deno.addSignalListener("SIGINT", () => void kernel.stop());
  if (Deno.build.os !== "windows") Deno.addSignalListener("SIGTERM", resolve);
  await Promise.race([kernel.ended, orphaned]);
  await kernel[Symbol.asyncDispose]();
  Deno.exit();
}
