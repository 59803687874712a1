import * as tf from "@tensorflow/tfjs";
import { difference } from "./compare.ts";
import { Draft } from "./draft.ts";
import { isException } from "./exceptions.ts";
import { OPERATIONS } from "./operations/mod.ts";
import { slopeDifference } from "./slope.ts";
import { type Case, type Outcome, runCase } from "./run_case.ts";

/** A case that a backend does not compute as others do. */
export interface Finding {
  readonly operation: string;
  /** Draws the case again, with the operation's name. */
  readonly seed: string;
  readonly what: string;
  /**
   * `wrong`; `refused`, where the backend says so; `excepted`, as listed; or `cpu`, where the judge
   * agrees with the backend under test, so that the cpu backend is wrong.
   */
  readonly kind: "wrong" | "refused" | "excepted" | "cpu";
  /** The case as a program of one line. */
  readonly program: string;
}

/** How a sweep went. */
export interface Sweep {
  readonly cases: number;
  /** Cases that every backend refuses. */
  readonly refused: number;
  /** Cases whose gradient was compared as well. */
  readonly gradients: number;
  readonly findings: readonly Finding[];
}

/** Operations whose values jump so often that a slope says little. */
const JUMPING = ["mod"];

/** Left in memory before a case, once each: neither is ever a right answer. */
const POISONS = [54321.125, -7.0625e8];

/**
 * Compares random cases of each operation, with their gradients, on `backend` with the same on
 * TensorFlow.js's `cpu` backend, and where the two differ, on a third, the `judge`. All must have
 * been started.
 *
 * @param cases How many of each operation.
 * @param only Names of operations.
 */
export function sweep(
  backend: string,
  { cases, seed = "0", only = Object.keys(OPERATIONS), judge }: {
    cases: number;
    seed?: string;
    only?: readonly string[];
    judge?: string;
  },
): Sweep {
  const findings: Finding[] = [];
  let [total, refused, gradients] = [0, 0, 0];
  for (const operation of only) {
    const drawn = Array.from({ length: cases }, (_, i) => drawCase(operation, `${seed}/${i}`));
    const expected = runAll("cpu", drawn, 0);
    const found = POISONS.map((poison) => runAll(backend, drawn, poison));
    const differing = drawn.flatMap((one, i) => {
      const what = found.map((outcomes) => wrong(outcomes[i], expected[i])).find(Boolean);
      return what === undefined ? [] : { one, i, what };
    });
    const judged = judge === undefined ? [] : runAll(judge, differing.map(({ one }) => one), 0);
    const add = (i: number, what: string, kind: Finding["kind"]) =>
      findings.push({ operation, seed: `${seed}/${i}`, what, kind, program: programOf(drawn[i]) });
    differing.forEach(({ i, what }, at) => {
      const other = judged[at] && found.map((all) => wrong(all[i], judged[at])).find(Boolean);
      const both = other === undefined ? what : `${what}; ${judge} says: ${other}`;
      if (/^(the gradient )?fails: /.test(what)) add(i, what, "refused");
      else if (isException(backend, operation, both)) add(i, both, "excepted");
      else add(i, both, other === undefined && judge !== undefined ? "cpu" : "wrong");
    });
    tf.setBackend(backend);
    const steady = JUMPING.includes(operation) ? [] : drawn;
    steady.forEach((one, i) => {
      const what = expected[i].gradients && slopeDifference(one);
      if (what !== undefined) add(i, what, "wrong");
    });
    total += drawn.length;
    refused += expected.filter(({ error }) => error !== undefined).length;
    gradients += expected.filter((outcome) => outcome.gradients !== undefined).length;
  }
  return { cases: total, refused, gradients, findings };
}

function drawCase(operation: string, seed: string): Case {
  const draft = new Draft(`${operation}/${seed}`);
  return { code: OPERATIONS[operation](draft), inputs: draft.inputs };
}

function runAll(backend: string, cases: readonly Case[], poison: number): Outcome[] {
  tf.setBackend(backend);
  return cases.map((one) => runCase(one, { poison }));
}

function wrong(found: Outcome, expected: Outcome): string | undefined {
  const differs = difference(found, expected);
  // TensorFlow.js itself keeps what it saved for a gradient that then fails.
  const failed = found.error ?? found.gradientError;
  if (differs !== undefined || failed !== undefined || found.left === undefined) return differs;
  return `keeps ${found.left}`;
}

function programOf({ code, inputs }: Case): string {
  const tensors = inputs.map(({ name, shape, dtype, values }) =>
    `const ${name} = tf.tensor([${values}], [${shape}], "${dtype}"); `
  );
  return `${tensors.join("")}${code}`;
}
