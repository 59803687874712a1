/** Where progress is written. The defaults suit standard error, be it a terminal or a file. */
export interface TerminalOptions {
  /** Writes text as it is. */
  write?: (text: string) => void;
  /** Whether what is written can be overwritten; if not, no bar is drawn. */
  isTerminal?: boolean;
  /** The terminal's width in characters. */
  columns?: number;
}

/** One line of a terminal that is drawn again and again, for anything that takes a while. */
export interface ProgressBar {
  /**
   * Draws `label ━━━━──── details` over the line, `fraction` (in [0, 1]) of the bar filled. At
   * most ten times a second, so it may be called as often as one likes; never where standard
   * error is not a terminal.
   */
  update(fraction: number, options: { label: string; details: string }): void;
  /** Writes a line that stays, in place of the bar. */
  print(line: string): void;
  /** Takes the bar away. */
  clear(): void;
}

const REDRAW_INTERVAL = 100;
const WIDEST_BAR = 30;
const NARROWEST_BAR = 5;

/**
 * Makes a progress bar.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { progressBar } from "./mod.ts";
 *
 * let written = "";
 * const write = (text: string) => written += text;
 * const bar = progressBar({ write, isTerminal: true, columns: 24 });
 * bar.update(0.5, { label: "loading", details: "1 MB" });
 * assertEquals(written.trim(), "loading ━━━━━───── 1 MB");
 * ```
 */
export function progressBar({
  write = writeToStandardError,
  isTerminal = Deno.stderr.isTerminal(),
  columns = isTerminal ? Deno.consoleSize().columns : 80,
}: TerminalOptions = {}): ProgressBar {
  let drawnLength = 0;
  let drawnAt = -Infinity;

  function clear(): void {
    if (drawnLength > 0) write(`\r${" ".repeat(drawnLength)}\r`);
    drawnLength = 0;
    drawnAt = -Infinity;
  }

  return {
    update(fraction, { label, details }) {
      const now = performance.now();
      if (!isTerminal || now - drawnAt < REDRAW_INTERVAL) return;
      drawnAt = now;
      // The last column stays free: some terminals break the line when it is filled.
      const room = columns - 1;
      const width = Math.min(WIDEST_BAR, room - label.length - details.length - 2);
      const parts = width < NARROWEST_BAR
        ? [label, details]
        : [label, bar(fraction, width), details];
      const line = parts.join(" ").slice(0, room);
      write(`\r${line.padEnd(drawnLength)}`);
      drawnLength = line.length;
    },
    print(line) {
      clear();
      write(`${line}\n`);
    },
    clear,
  };
}

function bar(fraction: number, width: number): string {
  const filled = Math.round(Math.min(Math.max(fraction, 0), 1) * width);
  return "━".repeat(filled) + "─".repeat(width - filled);
}

function writeToStandardError(text: string): void {
  Deno.stderr.writeSync(new TextEncoder().encode(text));
}
