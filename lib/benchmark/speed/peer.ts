import { createInterface } from "node:readline";
import { spawn } from "node:child_process";

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
  readonly #process: ReturnType<typeof start>;
  readonly #answers: AsyncIterator<string>;

  private constructor(
    who: string,
    variants: readonly string[],
    child: ReturnType<typeof start>,
    answers: AsyncIterator<string>,
  ) {
    this.who = who;
    this.variants = variants;
    this.#process = child;
    this.#answers = answers;
  }

  /** @throws {Error} If the process ends before it names its variants. */
  static async start(command: PeerCommand): Promise<Peer> {
    const child = start(command);
    const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const { variants } = await nextAnswer(command.who, answers);
    if (!Array.isArray(variants)) throw new Error(`Cannot measure ${command.who}: no variants`);
    return new Peer(command.who, variants.map(String), child, answers);
  }

  /**
   * The seconds that `times` runs of a variant take.
   *
   * @throws {Error} If the variant does not work, or the process has ended.
   */
  async seconds(variant: string, times: number): Promise<number> {
    this.#process.stdin.write(`${JSON.stringify({ variant, times })}\n`);
    const { seconds, error } = await nextAnswer(this.who, this.#answers);
    if (typeof seconds !== "number") throw new Error(`${this.who}, ${variant}: ${error}`);
    return seconds;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = new Promise((resolve) => this.#process.once("exit", resolve));
    this.#process.kill();
    await ended;
  }
}

function start({ command, args, env }: PeerCommand) {
  return spawn(command, [...args], {
    stdio: ["pipe", "pipe", "ignore"],
    env: { ...Deno.env.toObject(), ...env },
  });
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
