/** Within how many milliseconds two signals are one Ctrl-C: `deno task` hands on the terminal's. */
const ONE_STOP = 500;

/**
 * Runs a command: `main` gets a signal that Ctrl-C aborts, and what it throws becomes one line
 * on standard error and an exit code: 1 for an error, 130 for a stop. A second Ctrl-C ends the
 * process at once.
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
  const stop = () => {
    if (controller.signal.aborted) {
      if (performance.now() > stopped + ONE_STOP) Deno.exit(130);
      return;
    }
    stopped = performance.now();
    console.error("\nStopping after this step; Ctrl-C again stops at once.");
    controller.abort();
  };
  Deno.addSignalListener("SIGINT", stop);
  try {
    await main(controller.signal);
    Deno.exit(0);
  } catch (error) {
    if (controller.signal.aborted) Deno.exit(130);
    console.error(`error: ${error instanceof Error ? error.message : error}`);
    Deno.exit(1);
  }
}
