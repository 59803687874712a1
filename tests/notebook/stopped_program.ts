/**
 * Stops itself twice, as JupyterLab's Stop would, and prints what its signals say.
 *
 * @module
 */
import { stopSignal } from "../../lib/notebook/mod.ts";

Reflect.set(Deno, "jupyter", {});
const first = stopSignal();
const same = stopSignal() === first;
const stop = async (signal: AbortSignal) => {
  const aborted = new Promise((resolve) => signal.addEventListener("abort", resolve));
  Deno.kill(Deno.pid, "SIGINT");
  await aborted;
};
await stop(first);
const second = stopSignal();
const fresh = !second.aborted;
await stop(second);
console.log(JSON.stringify({
  same,
  reasons: [first, second].map(({ reason }) => [reason.name, reason.message]),
  fresh,
  freshAgain: !stopSignal().aborted,
}));
Deno.exit(0);
