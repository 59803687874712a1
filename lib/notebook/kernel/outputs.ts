import type { Channels, Header, JsonObject, Message } from "./protocol/mod.ts";

/** Milliseconds for which printed text is gathered into one message. */
const GATHER = 50;

/** Characters that are sent at once, however soon they came. */
const MOST_CHARACTERS = 2 ** 16;

/** A cell that has been run, as far as its outputs need to know it. */
export interface Origin {
  readonly header: Header;
  readonly count: number;
}

/**
 * Publishes what cells give, each under the cell from which it comes, in order. Lines of text that
 * come one upon another travel together.
 */
export class Outputs {
  readonly #channels: Pick<Channels, "publish">;
  readonly #origins = new Map<number, Origin>();
  #cell = 0;
  #gathered: { readonly name: string; text: string } | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(channels: Pick<Channels, "publish">) {
    this.#channels = channels;
  }

  /** Makes a cell known, before it runs. */
  begin(cell: number, origin: Origin): void {
    this.#origins.set(cell, origin);
  }

  /** From here on outputs are another cell's, as they themselves tell. */
  turnTo(cell: number): void {
    if (cell === this.#cell) return;
    this.flush();
    this.#cell = cell;
  }

  /** Takes text that was printed. */
  print(name: string, text: string): void {
    if (this.#gathered !== undefined && this.#gathered.name !== name) this.flush();
    this.#gathered ??= { name, text: "" };
    this.#gathered.text += text;
    if (this.#gathered.text.length >= MOST_CHARACTERS) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), GATHER);
  }

  /** Publishes something that is no text, behind the text before it. */
  publish(
    type: string,
    content: JsonObject,
    { cell = this.#cell, metadata, buffers }:
      & Partial<Pick<Message, "metadata" | "buffers">>
      & { readonly cell?: number } = {},
  ): void {
    this.flush();
    const origin = this.#origins.get(cell);
    this.#channels.publish({
      type,
      content: type === "execute_result"
        ? { ...content, execution_count: origin?.count ?? 0 }
        : content,
      parent: origin?.header,
      metadata,
      buffers,
    });
  }

  /** Sends the text that has been gathered. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#gathered === undefined) return;
    const content = { ...this.#gathered };
    this.#gathered = undefined;
    const parent = this.#origins.get(this.#cell)?.header;
    this.#channels.publish({ type: "stream", content, parent });
  }
}
