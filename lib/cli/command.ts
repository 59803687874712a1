/** Within how many milliseconds two signals are one Ctrl-C: `deno task` hands on the terminal's. */
const ONE_STOP = 500;

/** The signals that ask for a stop, with the exit codes that shells know them by. */
const STOPS = { SIGINT: 130, SIGTERM: 143 } as const;

/**
 * Runs a command: `main` gets a signal that Ctrl-C aborts, and so does `SIGTERM`, by which systems
 * end a process. What it throws becomes one line on standard error and an exit code: 1 for an error,
 * 130 for Ctrl-C, 143 for `SIGTERM`. A second one ends the process at once.
 *
 * @param usage What `--help` prints.
 */
export async function command(
  usage: string,
  main: (signal: AbortSignal) => Promise<void>,
): Promise<never> {
  if (Deno.args.includes("--help")) {
    console.log(usage);
    Deno.exit(0);
  }
  const controller = new AbortController();
  let stopped = 0;
  let exitCode = 1;
  const stop = (code: number) => {
    if (controller.signal.aborted) {
      if (performance.now() > stopped + ONE_STOP) Deno.exit(code);
      return;
    }
    stopped = performance.now();
    exitCode = code;
    console.error("\nStopping after this step; Ctrl-C again stops at once.");
    controller.abort();
  };
  Deno.addSignalListener("SIGINT", () => stop(STOPS.SIGINT));
  if (Deno.build.os !== "windows") Deno.addSignalListener("SIGTERM", () => stop(STOPS.SIGTERM));
  try {
    await main(controller.signal);
    Deno.exit(0);
  } catch (error) {
    if (!controller.signal.aborted) {
      console.error(`error: ${error instanceof Error ? error.message : error}`);
    }
    Deno.exit(exitCode);
  }
}

/**
 * Waits for what knows of no stop: at one this rejects, and what is still going on ends with the
 * process.
 *
 * @throws {DOMException} An AbortError, if the signal is or becomes aborted first.
 */
export async function unlessStopped<T>(signal: AbortSignal, action: Promise<T>): Promise<T> {
  signal.throwIfAborted();
  const stopped = new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
  return await Promise.race([action, stopped]);
}
