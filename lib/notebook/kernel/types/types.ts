import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { CellsDocument, type CellsText } from "./cells_document.ts";
import {
  type Completion,
  missesModules,
  positionOf,
  readCompletion,
  readFaults,
  readHover,
  readSignature,
  tidied,
  type TypeFault,
} from "./language_answers.ts";
import { LanguageServer } from "./language_server.ts";

export type { Completion, TypeFault };

/** Milliseconds after which a question is answered by nothing. The first can take 7,000. */
const PATIENCE = 30_000;

/** What `deno lsp` asks for. It heeds the folder's deno.json only if it may ask. */
const SETTINGS = {
  deno: {
    enable: true,
    lint: false,
    cacheOnSave: false,
    // Nothing is asked of a registry while a specifier is written.
    suggest: { imports: { autoDiscover: false, hosts: {} } },
  },
  typescript: { suggest: { autoImports: false } },
};

/** A code unit of a name. */
const NAME = /[\p{ID_Continue}$]/u;

/** Asks the server about the document as it is during a question. */
type Request = (method: string, params?: Readonly<Record<string, unknown>>) => Promise<unknown>;

/**
 * What TypeScript knows of the cells, by `deno lsp`: completion, descriptions and type errors.
 * Questions are answered one after another. If the server ends, the answers are empty.
 */
export class Types implements AsyncDisposable {
  readonly #server: LanguageServer;
  readonly #cells = new CellsDocument();
  /** There is no such file; Deno looks for its configuration from the folder upwards. */
  readonly #uri: string;
  #version = 0;
  /** Resolves when all that was asked so far has been answered. */
  #turn: Promise<void>;

  private constructor(folder: string) {
    this.#server = new LanguageServer(Deno.execPath(), ["lsp"], {
      // Lest V8 lets garbage lie up to twice the 400 MB that are in use.
      env: { DENO_V8_FLAGS: "--heap-growing-percent=40", DENO_NO_UPDATE_CHECK: "1" },
      settings: SETTINGS,
    });
    this.#uri = pathToFileURL(join(folder, ".notebook.cells.ts")).href;
    this.#turn = this.#initialize(pathToFileURL(folder).href);
    // The platform's types are read by the first question, which should not be the reader's.
    void this.complete("", 0);
  }

  /**
   * Starts the server in the background.
   *
   * @param options.folder The notebook's folder, from which imports are relative.
   * @throws {Deno.errors.NotCapable} If no program may be run.
   */
  static start({ folder }: { readonly folder: string }): Types {
    return new Types(folder);
  }

  /**
   * A cell has been run: what it declares is known from now on.
   *
   * @param options.cell JupyterLab's id of the cell, whose earlier text is forgotten.
   */
  ran(text: string, { cell }: { readonly cell?: string } = {}): void {
    this.#cells.ran(text, { cell });
    // Packages that the server had not found are there now, but it does not look by itself. Made to
    // look, it reads all modules again, and that may take half a minute: nobody waits for it.
    if (/\bimport\b/.test(text)) {
      void this.#ask(this.#cells.endingWith(""), async (request) => {
        if (!missesModules(await request("textDocument/diagnostic"))) return;
        const command = { command: "deno.cache", arguments: [[], this.#uri] };
        void request("workspace/executeCommand", command);
      });
    }
  }

  /** What may be written at an offset in a cell, in UTF-16 code units. */
  async complete(text: string, offset: number): Promise<Completion> {
    const cells = this.#cells.endingWith(text);
    const position = positionOf(offset, cells);
    const answer = await this.#ask(
      cells,
      (request) => request("textDocument/completion", { position }),
    );
    return readCompletion(answer, offset, cells);
  }

  /**
   * Describes what is named at an offset in a cell, or else what is called around it: Markdown, the
   * signature first.
   *
   * @param options.detail 1 for the documentation's examples too.
   */
  async inspect(
    text: string,
    offset: number,
    { detail }: { readonly detail: 0 | 1 },
  ): Promise<string | undefined> {
    const cells = this.#cells.endingWith(text);
    const position = positionOf(offset, cells);
    // Away from names the server would describe the last one, and after "(" the argument.
    const [before, after] = [text.slice(0, offset), text.slice(offset)];
    const named = NAME.test(before.slice(-1)) ||
      NAME.test(after.slice(0, 1)) && !before.endsWith("(");
    const markdown = await this.#ask(cells, async (request) => {
      const hover = named
        ? readHover(await request("textDocument/hover", { position }))
        : undefined;
      return hover ?? readSignature(await request("textDocument/signatureHelp", { position }));
    });
    return markdown === undefined ? undefined : tidied(markdown, detail);
  }

  /**
   * The type errors of a cell that is about to run. What a notebook may do and a module may not is
   * none, nor is a module that is still to be downloaded.
   *
   * @param options.cell JupyterLab's id of the cell.
   * @param options.signal Ends the waiting, with no error found.
   */
  async check(
    text: string,
    { cell, signal }: { readonly cell?: string; readonly signal?: AbortSignal } = {},
  ): Promise<TypeFault[]> {
    const cells = this.#cells.endingWith(text, { cell });
    const answer = await this.#ask(
      cells,
      (request) => request("textDocument/diagnostic"),
      { signal },
    );
    return readFaults(answer, cells);
  }

  /** Ends the server. What is still asked is answered by nothing. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server[Symbol.asyncDispose]();
    await this.#turn;
  }

  async #initialize(rootUri: string): Promise<void> {
    await this.#server.request("initialize", {
      // By this the server ends itself, should this process be killed.
      processId: Deno.pid,
      rootUri,
      workspaceFolders: [{ uri: rootUri, name: "notebook" }],
      capabilities: {
        workspace: { configuration: true },
        textDocument: {
          diagnostic: {},
          hover: { contentFormat: ["markdown"] },
          signatureHelp: { signatureInformation: { documentationFormat: ["markdown"] } },
        },
      },
    });
    this.#server.notify("initialized", {});
    this.#server.notify("textDocument/didOpen", {
      textDocument: { uri: this.#uri, languageId: "typescript", version: this.#version, text: "" },
    });
  }

  /** Asks about cells when it is their turn: `undefined` if patience or the signal ends first. */
  async #ask<T>(
    cells: CellsText,
    question: (request: Request) => Promise<T>,
    { signal }: { readonly signal?: AbortSignal } = {},
  ): Promise<T | undefined> {
    const limit = new AbortController();
    const giveUp = () => limit.abort();
    const timer = setTimeout(giveUp, PATIENCE);
    signal?.addEventListener("abort", giveUp);
    if (signal?.aborted) giveUp();
    const { promise: givenUp, resolve } = Promise.withResolvers<void>();
    limit.signal.addEventListener("abort", () => resolve());
    const { promise: answered, resolve: end } = Promise.withResolvers<void>();
    const turn = this.#turn;
    this.#turn = turn.then(() => answered);
    try {
      await Promise.race([turn, givenUp]);
      if (limit.signal.aborted) return undefined;
      const textDocument = { uri: this.#uri };
      this.#server.notify("textDocument/didChange", {
        textDocument: { ...textDocument, version: ++this.#version },
        contentChanges: [{ text: cells.code }],
      });
      return await question((method, params) =>
        this.#server.request(method, { textDocument, ...params }, { signal: limit.signal })
      );
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener("abort", giveUp);
      end();
    }
  }
}
