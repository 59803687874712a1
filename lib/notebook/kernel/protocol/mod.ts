/**
 * Jupyter's messages over ZeroMQ's sockets.
 *
 * @module
 */
export { Channels, type Request } from "./channels.ts";
export {
  type Connection,
  freshConnection,
  readConnectionFile,
  writeConnectionFile,
} from "./connection_file.ts";
export {
  type Draft,
  type Header,
  isJsonObject,
  type Json,
  type JsonObject,
  type Message,
  Messages,
  PROTOCOL_VERSION,
} from "./messages.ts";
export { connectSocket, LOOPBACK } from "./sockets.ts";
export type { ZmtpConnection } from "./zmtp.ts";
