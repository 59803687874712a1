import { decode } from "@jridgewell/sourcemap-codec";
import { Session } from "node:inspector";
import type { CompiledCell } from "../../../../lib/notebook/kernel/code/cell_code.ts";

/** How a cell ended: with a value, or with an error and the places in the cell that led to it. */
export type Outcome = { value: unknown } | { error: string; places: string[] };

/** The global that cells call, with notes of what they asked for. */
const cell = {
  calls: new Array<string>(),
  main: (): Promise<unknown> => Promise.resolve(),
  start(main: () => Promise<unknown>) {
    this.main = main;
  },
  race(value: unknown) {
    this.calls.push("race");
    return Promise.resolve(value);
  },
  each<T>(values: T) {
    this.calls.push("each");
    return values;
  },
  named(module: object, names: string[], specifier: string) {
    this.calls.push("named");
    const missing = names.find((name) => !(name in module));
    if (missing === undefined) return module;
    throw new SyntaxError(`The module "${specifier}" has no export "${missing}"`);
  },
};

/** Runs compiled cells as the kernel does: by V8's inspector, in REPL mode. */
export class ReplSession implements Disposable {
  readonly #session = new Session();
  readonly #prepare = Error.prepareStackTrace;
  #places: [line: number, column: number][] = [];

  constructor() {
    this.#session.connect();
    Object.assign(globalThis, { $cell: cell });
    Error.prepareStackTrace = (error, sites) => {
      const names = sites.map(String);
      this.#places = names.map((site) => /cell:\/run:(\d+):(\d+)\)?$/.exec(site))
        .filter((match) => match !== null)
        .map(([, line, column]) => [Number(line), Number(column)]);
      return `${error}\n${names.join("\n")}`;
    };
  }

  /** Runs a cell and gives the calls to `$cell` that it made. */
  async calls(compiled: CompiledCell): Promise<string[]> {
    cell.calls = [];
    await this.run(compiled);
    return cell.calls;
  }

  run({ code, sourceMap }: CompiledCell): Promise<Outcome> {
    this.#places = [];
    const expression = `${code}\n//# sourceURL=cell:/run`;
    const options = { expression, replMode: true, awaitPromise: true, returnByValue: true };
    return new Promise((resolve, reject) => {
      this.#session.post("Runtime.evaluate", options, (failure, reply) => {
        if (failure) return reject(failure);
        if (member(reply, "exceptionDetails") === undefined) return resolve(this.#start(sourceMap));
        const description = member(reply, "exceptionDetails", "exception", "description");
        const [error] = String(description).split("\n");
        resolve({ error, places: [] });
      });
    });
  }

  async #start(sourceMap: string): Promise<Outcome> {
    try {
      const value = await cell.main();
      return { value: typeof value === "function" ? {} : value };
    } catch (error) {
      const [first] = String(member(error, "stack") ?? error).split("\n");
      return {
        error: first,
        places: this.#places.map((place) => original(place, sourceMap)),
      };
    }
  }

  [Symbol.dispose]() {
    Error.prepareStackTrace = this.#prepare;
    Reflect.deleteProperty(globalThis, "$cell");
    this.#session.disconnect();
  }
}

/** A member of a member, undefined where there is none. */
function member(value: unknown, ...names: string[]): unknown {
  return names.reduce(
    (value, name) => value instanceof Object ? Reflect.get(value, name) : undefined,
    value,
  );
}

/** `line:column` in the cell, both from 1, of a place in its code. */
function original([line, column]: [number, number], sourceMap: string): string {
  const segments = decode(JSON.parse(sourceMap).mappings)[line - 1];
  const [, , row, start] = segments.findLast(([start]) => start <= column - 1) ?? [];
  return row === undefined || start === undefined ? "nowhere" : `${row + 1}:${start + 1}`;
}
