/**
 * Runs random programs of tensors, variables, results and arguments as they are and by `jit`, ten
 * calls each, and compares all that there is to see: results and their structures, variables,
 * arguments, tensors left. A program that jit refuses ends there, and has to have had no effect.
 *
 *     deno task test:jit --programs 10000 --seed 0
 *
 * @module
 */
import { parseArgs } from "node:util";
import * as tf from "@tensorflow/tfjs";
import { wholeNumber } from "../../../lib/cli/options.ts";
import { initBackend, jit } from "../../../lib/tensorflow/mod.ts";
import { drawProgram, type Program, type State, tensorsIn } from "./programs.ts";

const CALLS = 10;
/** TensorFlow reckons in another order where operations were fused. */
const TOLERANCE = 1e-4;

/** How many programs did the same, and what became of the others. */
export interface FuzzReport {
  same: number;
  /** How many were refused with which words. */
  readonly refused: Map<string, number>;
  /** Programs that did something else, by their seeds. */
  readonly different: string[];
}

/** Draws and runs programs, those of `seed` and the next ones. */
export async function fuzz(
  { programs, seed }: { programs: number; seed: number },
): Promise<FuzzReport> {
  const report: FuzzReport = { same: 0, refused: new Map(), different: [] };
  for (let i = seed; i < seed + programs; i++) {
    const program = drawProgram(i);
    const [eager, recorded] = [await runProgram(program), await runProgram(program, { seed: i })];
    const end = recorded.refused === undefined ? CALLS : recorded.calls.length;
    const difference = eager.calls.slice(0, end).map((call, n) =>
      compare(call, recorded.calls[n], n)
    )
      .find((found) => found !== undefined) ??
      (eager.left === recorded.left || recorded.refused !== undefined
        ? undefined
        : `${recorded.left} tensors are left, not ${eager.left}`);
    if (difference !== undefined) {
      report.different.push(`seed ${i}: ${difference}; ${program.source.join(" ")}`);
    } else if (recorded.refused !== undefined) {
      const words = recorded.refused.replace(/\d+/g, "n").replace(/\[.*?\]/g, "[]").slice(0, 90);
      report.refused.set(words, (report.refused.get(words) ?? 0) + 1);
    } else report.same++;
  }
  return report;
}

/** What is to be seen of a call: numbers by name, or the error that it threw. */
interface Seen {
  readonly structure: string;
  readonly numbers: Float32Array;
}

interface Run {
  readonly calls: Seen[];
  readonly refused?: string;
  /** How many tensors are left in the end. */
  readonly left: number;
}

/** @param options With a seed it is recorded, and called in one way or the other. */
async function runProgram(program: Program, { seed }: { seed?: number } = {}): Promise<Run> {
  const before = tf.memory().numTensors;
  const state = program.makeState();
  const isRecorded = seed !== undefined;
  const fn = (...args: unknown[]) => program.run(state, args);
  const options = {
    maxRecordings: 1 + (seed ?? 0) % 3,
    verifyEvery: (seed ?? 0) % 7 === 0 ? 3 : 0,
  };
  const recorded = jit(fn, options);
  const calls: Seen[] = [];
  let refused: string | undefined;
  for (let call = 0; call < CALLS && refused === undefined; call++) {
    const args = program.makeArgs(state, call);
    const values = variablesOf(state).map((variable) => variable.dataSync());
    const all = Object.values(tf.engine().state.registeredVariables)
      .map((variable) => ({ variable, value: variable.clone() }));
    let result: unknown;
    let thrown = "";
    try {
      if (!isRecorded) result = runAsItIs(() => fn(...args));
      else result = (seed + call) % 5 === 0 ? await recorded.later(...args) : recorded(...args);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      thrown = error.name;
      if (isRecorded && /^Cannot (replay|record|read)/.test(error.message)) refused = error.message;
      if (!isRecorded) {
        all.forEach(({ variable, value }) => variable.assign(value));
        // One that was made during the call has the value that it was made with.
        tf.tidy(() =>
          Object.values(tf.engine().state.registeredVariables)
            .filter((variable) => !all.some((known) => known.variable === variable))
            .forEach((made) => made.assign(tf.zerosLike(made)))
        );
      }
    }
    tf.dispose(all.map(({ value }) => value));
    // A replay runs no code of the program's, which would count.
    state.calls = call + 1;
    const numbers = refused === undefined
      ? [...tensorsIn(result), ...variablesOf(state)].flatMap((tensor) => [...tensor.dataSync()])
      : [...variablesOf(state)].flatMap((tensor) => [...tensor.dataSync()]);
    if (refused !== undefined) {
      const was = values.flatMap((list) => [...list]);
      const isUndone = was.every((value, i) => Object.is(value, numbers[i]));
      if (!isUndone) thrown = "refused, and yet variables have changed";
      else {
        tf.dispose(ownedBy(state, args));
        break;
      }
    }
    const isDisposed = tensorsIn(args).map((tensor) => tensor.isDisposed);
    calls.push({
      structure: `${thrown} ${describe(result)} ${isDisposed}`,
      numbers: Float32Array.from(numbers),
    });
    tf.dispose(tensorsIn(result));
    tf.dispose(ownedBy(state, args));
    // A caller may do what it likes with its result.
    if (Array.isArray(result)) result.length = 0;
    else if (typeof result === "object" && result !== null) {
      for (const key of Object.keys(result)) Reflect.deleteProperty(result, key);
    }
  }
  recorded.dispose();
  state.optimizer.dispose();
  // It leaves its learning rate behind.
  tf.dispose(Object.values(state.optimizer).filter((value) => value instanceof tf.Tensor));
  state.random.dispose();
  tf.dispose([...variablesOf(state), ...state.captured, ...(state.kept ? [state.kept] : [])]);
  return { calls, refused, left: tf.memory().numTensors - before };
}

/** What jit promises where it does not record: copies, and nothing left behind. */
function runAsItIs(run: () => unknown): unknown {
  let result: unknown;
  const kept = tf.tidy(() => {
    result = run();
    return tensorsIn(result).map((tensor) => tensor.clone());
  });
  return withTensors(result, kept[Symbol.iterator]());
}

function withTensors(tree: unknown, tensors: Iterator<tf.Tensor>): unknown {
  if (tree instanceof tf.Tensor) return tensors.next().value;
  if (Array.isArray(tree)) return tree.map((part) => withTensors(part, tensors));
  if (typeof tree !== "object" || tree === null) return tree;
  return Object.fromEntries(
    Object.entries(tree).map(([key, part]) => [key, withTensors(part, tensors)]),
  );
}

/** The arguments that a call was made with and nobody else has. */
function ownedBy({ captured }: State, args: unknown[]): tf.Tensor[] {
  return tensorsIn(args).filter((arg) => !(arg instanceof tf.Variable) && !captured.includes(arg));
}

function variablesOf({ variables, slot }: State): tf.Variable<tf.Rank>[] {
  return [...variables, ...(slot === undefined || slot.isDisposed ? [] : [slot])];
}

function describe(tree: unknown): string {
  if (tree instanceof tf.Tensor) return `${tree.dtype}[${tree.shape}]`;
  if (Array.isArray(tree)) return `[${tree.map(describe).join()}]`;
  if (typeof tree !== "object" || tree === null) return String(tree);
  return `{${Object.entries(tree).map(([key, part]) => `${key}:${describe(part)}`).join()}}`;
}

function compare(eager: Seen, recorded: Seen | undefined, call: number): string | undefined {
  if (recorded === undefined) return `call ${call} is missing`;
  if (eager.structure !== recorded.structure) {
    return `call ${call} gives ${recorded.structure}, not ${eager.structure}`;
  }
  const i = eager.numbers.findIndex((number, i) => !isClose(number, recorded.numbers[i]));
  return i < 0
    ? undefined
    : `call ${call}, number ${i}: ${recorded.numbers[i]}, not ${eager.numbers[i]}`;
}

function isClose(a: number, b: number): boolean {
  return Object.is(a, b) || Math.abs(a - b) <= TOLERANCE * Math.max(1, Math.abs(a));
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      programs: { type: "string", default: "10000" },
      seed: { type: "string", default: "0" },
    },
  });
  await initBackend({ backend: "tensorflow" });
  const report = await fuzz({
    programs: wholeNumber("--programs", values.programs, { min: 1, max: 1e9 }),
    seed: wholeNumber("--seed", values.seed, { min: 0, max: 1e9 }),
  });
  const refused = [...report.refused].sort(([, a], [, b]) => b - a);
  console.log(`${report.same} programs do the same by jit; refused are`);
  for (const [words, count] of refused) console.log(`${String(count).padStart(6)}  ${words}`);
  console.log(`${report.different.length} differ`);
  report.different.forEach((line) => console.log(line));
  if (report.different.length > 0) Deno.exit(1);
}
