import { createInterface } from "node:readline";
import process from "node:process";

/** What can be measured, by name: each runs so many times and gives the seconds it took. */
export type Variants = Record<string, (times: number) => number | Promise<number>>;

/**
 * The other end of lib/benchmark/speed/peer.ts: answers each line `{"variant": name, "times": n}` of
 * standard input with the seconds, or with the error.
 */
export async function answer(variants: Variants): Promise<void> {
  console.log(JSON.stringify({ variants: Object.keys(variants) }));
  for await (const line of createInterface({ input: process.stdin })) {
    const { variant, times } = JSON.parse(line);
    try {
      console.log(JSON.stringify({ seconds: await variants[variant](times) }));
    } catch (error) {
      console.log(JSON.stringify({ error: String(error) }));
    }
  }
  Deno.exit(0);
}
