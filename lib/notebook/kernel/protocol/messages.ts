import { createHmac, timingSafeEqual } from "node:crypto";
import type { Frames } from "./zmtp.ts";

/** The version of Jupyter's messaging protocol that the kernel speaks. */
export const PROTOCOL_VERSION = "5.3";

/** What a message says of itself. */
export interface Header {
  readonly msg_id: string;
  readonly msg_type: string;
  readonly session: string;
  readonly username: string;
  /** ISO 8601. */
  readonly date: string;
  readonly version: string;
}

/** JSON, as it travels in messages. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** An object of JSON. */
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

export const isJsonObject = (json: Json | undefined): json is JsonObject =>
  typeof json === "object" && json !== null && !Array.isArray(json);

/** A message of Jupyter's protocol. */
export interface Message {
  readonly header: Header;
  /** The header of the request that this belongs to; empty where there is none. */
  readonly parent_header: Partial<Header>;
  readonly metadata: JsonObject;
  readonly content: JsonObject;
  readonly buffers: Frames;
}

/** What a message is made from; what is not given is empty. */
export interface Draft {
  readonly type: string;
  readonly content: JsonObject;
  readonly parent?: Partial<Header>;
  readonly metadata?: JsonObject;
  readonly buffers?: Frames;
}

const DELIMITER = "<IDS|MSG>";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/**
 * Packs messages into signed frames and unpacks them, for one side of a connection.
 *
 * Source: jupyter-client.readthedocs.io, "Messaging in Jupyter", "The Wire Protocol".
 */
export class Messages {
  readonly session: string = crypto.randomUUID();
  readonly #key: string;

  /** @param key Signs by HMAC-SHA256; an empty one leaves messages unsigned. */
  constructor(key: string) {
    this.#key = key;
  }

  /** A message with a header of its own. */
  make({ type, content, parent = {}, metadata = {}, buffers = [] }: Draft): Message {
    const header = {
      msg_id: crypto.randomUUID(),
      msg_type: type,
      session: this.session,
      username: "kernel",
      date: new Date().toISOString(),
      version: PROTOCOL_VERSION,
    };
    return { header, parent_header: parent, metadata, content, buffers };
  }

  pack(
    { header, parent_header, metadata, content, buffers }: Message,
    { topic = "" }: { topic?: string } = {},
  ): Frames {
    const parts = [header, parent_header, metadata, content]
      .map((part) => encoder.encode(JSON.stringify(part)));
    const head = [...topic === "" ? [] : [topic], DELIMITER, this.#sign(parts)];
    return [...head.map((text) => encoder.encode(text)), ...parts, ...buffers];
  }

  /**
   * @throws {SyntaxError} If the frames are no message, or are signed by someone else.
   */
  unpack(frames: Frames): Message {
    const at = frames.findIndex((frame) =>
      frame.length === DELIMITER.length && decoder.decode(frame) === DELIMITER
    );
    if (at < 0 || frames.length < at + 6) {
      throw new SyntaxError("Cannot unpack a message: it lacks its delimiter or one of its parts");
    }
    const parts = frames.slice(at + 2, at + 6);
    if (!isSame(decoder.decode(frames[at + 1]), this.#sign(parts))) {
      throw new SyntaxError(
        "Cannot unpack a message: its signature is not by this connection's key",
      );
    }
    const [header, parent_header, metadata, content] = parts
      .map((part) => JSON.parse(decoder.decode(part)));
    const areObjects = [header, parent_header, metadata, content].every(isJsonObject);
    if (!areObjects || typeof header.msg_type !== "string") {
      throw new SyntaxError("Cannot unpack a message: a part is no object, or has no msg_type");
    }
    return { header, parent_header, metadata, content, buffers: frames.slice(at + 6) };
  }

  #sign(parts: Frames): string {
    if (this.#key === "") return "";
    const hmac = createHmac("sha256", this.#key);
    for (const part of parts) hmac.update(part);
    return hmac.digest("hex");
  }
}

/** Compares in a time that tells nothing of where they differ. */
function isSame(a: string, b: string): boolean {
  const [left, right] = [encoder.encode(a), encoder.encode(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
