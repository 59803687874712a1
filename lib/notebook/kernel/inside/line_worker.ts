/// <reference no-default-lib="true" />
/// <reference lib="deno.worker" />
/**
 * A thread that holds the line to the kernel in front: it reads and writes while the cells' thread
 * is busy, and ends the process when the kernel hangs up, whatever the cells do.
 *
 * @module
 */

import { linesOf } from "./lines.ts";
import type { ToAgent } from "./protocol.ts";

/** What the thread is told first; after that, lines to be written. */
export interface LineStart {
  readonly port: number;
  readonly firstLine: string;
  /** Gets how many outputs the kernel in front has taken. */
  readonly taken: Int32Array<SharedArrayBuffer>;
}

self.onmessage = async ({ data: { port, firstLine, taken } }: MessageEvent<LineStart>) => {
  const line = await Deno.connect({ hostname: "127.0.0.1", port });
  line.setNoDelay(true);
  const encoder = new TextEncoder();
  let written: Promise<unknown> = Promise.resolve();
  const write = (text: string) => {
    written = written.then(() => line.write(encoder.encode(text + "\n")));
  };
  write(firstLine);
  self.onmessage = ({ data }: MessageEvent<string>) => write(data);
  try {
    for await (const text of linesOf(line)) {
      const message: ToAgent = JSON.parse(text);
      if (message.type !== "taken") self.postMessage(message);
      else {
        Atomics.store(taken, 0, message.count);
        Atomics.notify(taken, 0);
      }
    }
  } finally {
    Deno.kill(Deno.pid, "SIGKILL");
  }
};
