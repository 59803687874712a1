import type { Json, JsonObject } from "./protocol/mod.ts";

/** One entry: the session, the cell's number in it, the code. */
type Entry = readonly [session: number, line: number, source: string];

/** The cells that this kernel has run, as consoles ask for them. */
export class History {
  readonly #entries: Entry[] = [];

  add(count: number, source: string): void {
    this.#entries.push([0, count, source]);
  }

  /**
   * Answers a `history_request`: the last `n` cells, those from `start` to before `stop`, or the
   * last `n` that match a pattern with `*` and `?`. With `output` each entry says that its output
   * is not kept.
   */
  find(request: JsonObject): Json[] {
    const n = typeof request.n === "number" ? request.n : Infinity;
    const found = this.#found(request);
    const entries = request.hist_access_type === "range" ? found : found.slice(-n || Infinity);
    return entries.map(([session, line, source]) =>
      request.output === true ? [session, line, [source, null]] : [session, line, source]
    );
  }

  #found({ hist_access_type: type, pattern, unique, start, stop }: JsonObject): readonly Entry[] {
    if (type === "range") {
      const from = typeof start === "number" ? start : 0;
      const to = typeof stop === "number" ? stop : Infinity;
      return this.#entries.filter(([, line]) => line >= from && line < to);
    }
    if (type !== "search") return this.#entries;
    const matches = globPattern(typeof pattern === "string" ? pattern : "*");
    const found = this.#entries.filter(([, , source]) => matches.test(source));
    if (unique !== true) return found;
    return found.filter(([, , source], i) =>
      found.findLastIndex(([, , other]) => other === source) === i
    );
  }
}

function globPattern(pattern: string): RegExp {
  const parts = Array.from(
    pattern,
    (character) => character === "*" ? ".*" : character === "?" ? "." : RegExp.escape(character),
  );
  return new RegExp(`^${parts.join("")}$`, "s");
}
