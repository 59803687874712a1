import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { startChild } from "../../processes/mod.ts";

/** How a peer is started: what it is called in the table, and its command line. */
export interface PeerCommand {
  readonly who: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * A process that measures itself on request: it names its variants in its first line, then
 * answers each question of how many seconds so many runs of one take. In between it waits, so that
 * several can take turns.
 */
export class Peer implements AsyncDisposable {
  readonly who: string;
  readonly variants: readonly string[];
  readonly #process: Deno.ChildProcess;
  readonly #questions: WritableStreamDefaultWriter<Uint8Array<ArrayBuffer>>;
  readonly #answers: AsyncIterator<string>;

  private constructor(
    who: string,
    variants: readonly string[],
    child: Deno.ChildProcess,
    answers: AsyncIterator<string>,
  ) {
    this.who = who;
    this.variants = variants;
    this.#process = child;
    this.#questions = child.stdin.getWriter();
    this.#answers = answers;
  }

  /**
   * @param options.signal Ends the process.
   * @throws {Error} If the process ends before it names its variants.
   */
  static async start(
    { who, command, args, env }: PeerCommand,
    { signal }: { readonly signal?: AbortSignal } = {},
  ): Promise<Peer> {
    const child = startChild(command, {
      args: [...args],
      env,
      stdin: "piped",
      stdout: "piped",
      stderr: "null",
      signal,
    });
    const lines = createInterface({ input: Readable.from(child.stdout) });
    const answers = lines[Symbol.asyncIterator]();
    try {
      const { variants } = await nextAnswer(who, answers);
      if (!Array.isArray(variants)) throw new Error(`Cannot measure ${who}: no variants`);
      return new Peer(who, variants.map(String), child, answers);
    } catch (error) {
      await child[Symbol.asyncDispose]();
      throw error;
    }
  }

  /**
   * The seconds that `times` runs of a variant take.
   *
   * @throws {Error} If the variant does not work, or the process has ended.
   */
  async seconds(variant: string, times: number): Promise<number> {
    const question = new TextEncoder().encode(`${JSON.stringify({ variant, times })}\n`);
    // A process that has ended cannot be asked: then there is no answer either.
    await this.#questions.write(question).catch(() => {});
    const { seconds, error } = await nextAnswer(this.who, this.#answers);
    if (typeof seconds !== "number") throw new Error(`${this.who}, ${variant}: ${error}`);
    return seconds;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#process[Symbol.asyncDispose]();
  }
}

async function nextAnswer(
  who: string,
  answers: AsyncIterator<string>,
): Promise<Record<string, unknown>> {
  const { done, value } = await answers.next();
  if (done) throw new Error(`Cannot measure ${who}: its process ended`);
  const answer: unknown = JSON.parse(value);
  if (typeof answer !== "object" || answer === null) {
    throw new SyntaxError(`Cannot measure ${who}: it answered ${value}`);
  }
  return { ...answer };
}
