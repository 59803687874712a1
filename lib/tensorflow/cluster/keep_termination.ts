import { setTimeout as delay } from "node:timers/promises";

/**
 * Keeps what this process does at `SIGTERM`, by which systems end a process, until the signal is
 * aborted. TensorFlow's runtime of clusters takes `SIGTERM` as the notice that its machine will go,
 * tells the other workers, and goes on; where nobody listens there, the process would not end.
 *
 * Only on Linux. Listeners have to be there before.
 */
export async function keepTermination(
  { signal }: { readonly signal: AbortSignal },
): Promise<void> {
  if (Deno.build.os !== "linux") return;
  const libc = Deno.dlopen("libc.so.6", {
    sigaction: { parameters: ["i32", "buffer", "buffer"], result: "i32" },
  });
  try {
    const own = new Uint8Array(SIGACTION_BYTES);
    libc.symbols.sigaction(SIGTERM, null, own);
    while (!signal.aborted) {
      // It is not told when the runtime does so.
      await delay(20);
      libc.symbols.sigaction(SIGTERM, own, null);
    }
  } finally {
    libc.close();
  }
}

const SIGTERM = 15;

/** More than `struct sigaction` takes. */
const SIGACTION_BYTES = 256;
