import type { JsonObject } from "../protocol/mod.ts";

/** What the kernel in front tells its agent within Deno's kernel, a line of JSON each. */
export type ToAgent =
  | {
    readonly type: "run";
    /** Tells cells apart, from 1. */
    readonly cell: number;
    /** How people call it, such as `cell [3]`. */
    readonly name: string;
    /** JavaScript. */
    readonly code: string;
    /** From the code to the cell's text; JSON of version 3. */
    readonly sourceMap: string;
    /** Whether the value is shown. */
    readonly show: boolean;
  }
  | { readonly type: "ping" }
  /** Aborts the stop signal, for those that hear it. */
  | { readonly type: "stop" }
  /** Rejects what the cell waits for. */
  | { readonly type: "reject"; readonly cell: number }
  /** Ends the cell, which is about to be terminated. */
  | { readonly type: "end"; readonly cell: number }
  /** So many outputs have been taken. */
  | { readonly type: "taken"; readonly count: number }
  | { readonly type: "comm"; readonly message: CommMessage };

/** What the agent answers over the same line: whatever has no place among outputs. */
export type FromAgent = { readonly type: "hello"; readonly token: string } | {
  readonly type: "pong";
};

/**
 * Types of messages that the agent puts among the outputs, where nothing can overtake them: from
 * here on outputs are another cell's; the cell at hand listens to the stop signal; so many outputs
 * have been sent; a cell is done.
 */
export const MARKS = {
  cell: "mark_cell",
  hears: "mark_hears",
  pace: "mark_pace",
  done: "mark_done",
} as const;

/** What answers a cell that asks for a line of text when it is stopped: what Ctrl-C types. */
export const STOPPED_INPUT = "\x03";

/** How a cell has ended. */
export type Outcome = { readonly status: "ok" } | {
  readonly status: "error";
  readonly ename: string;
  readonly evalue: string;
  /** The lines of the error with its stack and causes. */
  readonly traceback: readonly string[];
  /** Where the cells' part of the stack begins. */
  readonly place?: Place;
};

/** A place in a cell; line and column from 1. */
export interface Place {
  readonly cell: number;
  readonly line: number;
  readonly column: number;
}

/** A message of a comm, whose buffers are Base64. */
export interface CommMessage {
  readonly type: "comm_open" | "comm_msg" | "comm_close";
  readonly content: JsonObject;
  readonly metadata: JsonObject;
  readonly buffers: readonly string[];
}
