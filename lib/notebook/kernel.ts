import { isDisplayable, METADATA } from "../figures/mod.ts";

/** Milliseconds that outputs get to arrive before the kernel calls a cell done. */
const HEAD_START = 40;

type BroadcastResult = (executionCount: number, result: unknown) => Promise<void>;

/** Where Deno's kernel keeps how the value of a cell is shown. It is an internal, and may go. */
export interface KernelInternals {
  broadcastResult?: BroadcastResult;
}

let cured = false;

/**
 * Cures faults of Deno's Jupyter kernel, once; outside of it, it does nothing.
 *
 * - Outputs are kept: the kernel's word that a cell is done may overtake the cell's last outputs,
 *   which are then lost or land under another cell. They get a head start of 40 ms.
 * - Figures keep their size and their alternative text, which the kernel leaves out.
 * - Errors that nobody awaited, and those in timers, are printed; the kernel says nothing of the
 *   former and hangs at the latter.
 */
export function cureKernel(): void {
  if (cured || !isKernel()) return;
  cured = true;
  const internals = kernelInternals();
  if (internals !== undefined) keepOutputs(internals);
  addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    console.error("Unhandled rejection:", event.reason);
  });
  addEventListener("error", (event) => {
    event.preventDefault();
    console.error("Uncaught error:", event.error);
  });
}

/** Whether this is Deno's Jupyter kernel: elsewhere `Deno.jupyter` throws when it is read. */
export function isKernel(): boolean {
  try {
    return Deno.jupyter !== undefined;
  } catch {
    return false;
  }
}

/**
 * Replaces the function that shows a cell's value by one that shows metadata too, and waits until
 * all is shown. Internals without that function stay as they are.
 */
export function keepOutputs(internals: KernelInternals): void {
  const original = internals.broadcastResult;
  if (original === undefined) return;
  internals.broadcastResult = async (executionCount, result) => {
    const shown = await showWithMetadata(executionCount, result);
    if (!shown) await original(executionCount, result);
    await new Promise((resolve) => setTimeout(resolve, HEAD_START));
  };
}

/** Shows a value that has metadata; gives `false` where the kernel's own function has to do it. */
async function showWithMetadata(executionCount: number, result: unknown): Promise<boolean> {
  try {
    const metadata = isDisplayable(result) ? result[METADATA] : undefined;
    if (metadata === undefined) return false;
    await Deno.jupyter.broadcast("execute_result", {
      execution_count: executionCount,
      data: await Deno.jupyter.format(result),
      metadata,
      transient: {},
    });
    return true;
  } catch {
    // What fails in showing the value fails in the kernel's function again, which reports it.
    return false;
  }
}

function kernelInternals(): KernelInternals | undefined {
  const internal = Reflect.get(Deno, "internal");
  const all: unknown = typeof internal === "symbol" ? Reflect.get(Deno, internal) : undefined;
  const jupyter: unknown = typeof all === "object" && all !== null
    ? Reflect.get(all, "jupyter")
    : undefined;
  return isInternals(jupyter) ? jupyter : undefined;
}

function isInternals(value: unknown): value is KernelInternals {
  return typeof value === "object" && value !== null &&
    typeof Reflect.get(value, "broadcastResult") === "function";
}
