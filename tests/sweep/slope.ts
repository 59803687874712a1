import type { Input } from "./draft.ts";
import { type Case, type Outcome, runCase } from "./run_case.ts";

/** How long the steps are along which a slope is measured. */
const STEPS = [2 ** -8, 2 ** -10];

/**
 * Compares the gradients of a case on the backend that is set with how much its outputs change, a
 * little step to either side. What differs, in words; undefined where nothing does, or where
 * nothing can be said: of infinite numbers, or at a bend.
 */
export function slopeDifference(one: Case): string | undefined {
  // Off the round numbers, at which maxima tie and steps lie, and each elsewhere.
  const at = moved(one, (value, i) => value + 0.01 + 0.1 * ((i * 0.618034) % 1));
  const here = runCase(at, { poison: 0 });
  if (here.gradients === undefined) return undefined;
  const direction = (i: number) => Math.cos(5 * i + 2);
  const parts = here.gradients.flatMap(({ values }) =>
    values.map((value, i) => value * direction(i))
  );
  const expected = parts.reduce((sum, value) => sum + value, 0);
  const start = total(here);
  const measured = STEPS.map((step) => {
    const [up, down] = [step, -step].map((signed) =>
      total(runCase(moved(at, (value, i) => value + signed * direction(i)), { poison: 0 }))
    );
    return {
      slope: (up.sum - down.sum) / (2 * step),
      bend: Math.abs(up.sum + down.sum - 2 * start.sum) / step,
      noise: 1e-6 * start.size / step,
    };
  });
  const [coarse, { slope, bend, noise }] = measured;
  const wrong = Math.abs(slope - expected);
  const within = 0.02 * (Math.abs(slope) + Math.hypot(...parts)) + 2 * noise + 1e-4;
  const steady = Math.abs(slope - coarse.slope) < 0.2 * wrong && bend < 0.2 * wrong;
  return steady && wrong > within
    ? `its gradients say a slope of ${expected}, where it is ${slope}`
    : undefined;
}

function moved({ code, inputs }: Case, move: (value: number, i: number) => number): Case {
  const move32 = (input: Input): Input =>
    input.dtype === "float32" ? { ...input, values: input.values.map(move) } : input;
  return { code, inputs: inputs.map(move32) };
}

/** The sum of outputs whose gradients a case gives, and how great its parts are. */
function total({ outputs = [] }: Outcome): { sum: number; size: number } {
  const parts = outputs.filter(({ dtype }) => dtype === "float32")
    .flatMap(({ values }) =>
      values.map((value, i) => value * Math.fround(Math.sin(12.9898 * i + 1)))
    );
  return {
    sum: parts.reduce((sum, part) => sum + part, 0),
    size: parts.reduce((sum, part) => sum + Math.abs(part), 0),
  };
}
