/**
 * The agent within Deno's kernel, as it is known outside of it: how one speaks with it, and what it
 * gives to cells. It is started by its module's address, agent.ts.
 *
 * @module
 */
export type { Comm, CommData, Comms } from "./comms.ts";
export { linesOf } from "./lines.ts";
export {
  type CommMessage,
  type FromAgent,
  MARKS,
  type Outcome,
  type Place,
  STOPPED_INPUT,
  type ToAgent,
} from "./protocol.ts";
