import * as tf from "@tensorflow/tfjs";
import { intercept } from "./intercept.ts";

/** What a call did beside its operations, to what outlives it. */
export interface Effects {
  readonly madeVariables: readonly tf.Variable[];
  readonly disposedVariables: readonly tf.Variable[];
  /** Tensors that it made and left behind, by `tf.keep()`. */
  readonly kept: readonly tf.Tensor[];
  /** Tensors that it disposed and had not made. */
  readonly disposed: readonly tf.Tensor[];
  /** How many steps it took with each of TensorFlow.js's own optimizers, which count on the host. */
  readonly steps: ReadonlyMap<tf.Optimizer, number>;
}

const TIMES = ["instant", "plainDateTimeISO", "zonedDateTimeISO", "plainDateISO", "plainTimeISO"];

/** What a function gets from elsewhere than its arguments, and replays would not get anew. */
const SOURCES_OF_CHANGE: readonly (readonly [owner: object, name: string, called: string])[] = [
  [Math, "random", "Math.random()"],
  [Date, "now", "Date.now()"],
  [performance, "now", "performance.now()"],
  [crypto, "getRandomValues", "crypto.getRandomValues()"],
  [crypto, "randomUUID", "crypto.randomUUID()"],
  ...(typeof Temporal === "undefined" ? [] : TIMES).map((name) =>
    [Temporal.Now, name, `Temporal.Now.${name}()`] as const
  ),
];

/** Functions of TensorFlow.js that draw random numbers on the host, by the names of their scopes. */
const RANDOM = new Set(
  ["multinomial", "rand", "randomGamma", "randomNormal", "randomStandardNormal", "randomUniform"]
    .concat("randomUniformInt", "truncatedNormal").map((name) => `${name}__op`),
);

/** All variables that TensorFlow.js knows. */
export function registeredVariables(): tf.Variable[] {
  return Object.values(tf.engine().state.registeredVariables);
}

/** Tensors are counted: what is made from now on has at least this number. */
function nextTensorId(): number {
  const tensor = tf.scalar(0);
  tensor.dispose();
  return tensor.id;
}

/**
 * Runs a function and notes what it does to tensors and variables that outlive it.
 *
 * @param refuse Is called, and throws, where the function does what replays would not: asks for
 *   random numbers or the time, or runs a saved model.
 */
export function noteEffects<T>(
  run: () => T,
  { refuse }: { refuse: (message: string) => never },
): { value: T; effects: Effects } {
  const engine = tf.engine();
  const before = registeredVariables();
  const firstId = nextTensorId();
  const kept = new Set<tf.Tensor>();
  const disposed = new Set<tf.Tensor>();
  const steps = new Map<tf.Optimizer, number>();
  const restore = [
    intercept(engine, "keep", ({ args: [tensor], proceed }) => {
      if (tensor instanceof tf.Tensor) kept.add(tensor);
      return proceed();
    }),
    intercept(engine, "disposeTensor", ({ args: [tensor], proceed }) => {
      // A variable's old value is disposed at each assignment.
      const isOld = tensor instanceof tf.Tensor && !(tensor instanceof tf.Variable) &&
        tensor.id < firstId;
      if (isOld) disposed.add(tensor);
      return proceed();
    }),
    intercept(tf.Optimizer.prototype, "incrementIterations", ({ self, proceed }) => {
      if (self instanceof tf.Optimizer) steps.set(self, (steps.get(self) ?? 0) + 1);
      return proceed();
    }),
    ...refuseUnrecordable(refuse),
  ];
  try {
    const value = run();
    const after = registeredVariables();
    return {
      value,
      effects: {
        madeVariables: after.filter((variable) => !before.includes(variable)),
        disposedVariables: before.filter((variable) => !after.includes(variable)),
        kept: [...kept].filter((tensor) => !tensor.isDisposed),
        disposed: [...disposed],
        steps,
      },
    };
  } finally {
    restore.reverse().forEach((back) => back());
  }
}

function refuseUnrecordable(refuse: (message: string) => never): (() => void)[] {
  const { backend } = tf.engine();
  const refuseRandom = () => {
    const scope: unknown = tf.engine().state.activeScope?.name;
    if (typeof scope !== "string" || !RANDOM.has(scope)) return;
    refuse(
      `Cannot record tf.${scope.replace("__op", "")}: it draws on the host, so that all replays ` +
        "would see the same numbers; use a RandomGenerator",
    );
  };
  const refuseCall = (called: string): never => {
    refuseRandom();
    return refuse(
      `Cannot record ${called}: replays would not call it again; what changes from call to call ` +
        "is an argument or a variable, and random numbers come from a RandomGenerator",
    );
  };
  const own = Object.getOwnPropertyDescriptor(globalThis, "Date") ?? {};
  Object.defineProperty(globalThis, "Date", {
    ...own,
    value: new Proxy(Date, {
      construct: (target, args, newTarget) =>
        args.length === 0 ? refuseCall("new Date()") : Reflect.construct(target, args, newTarget),
      apply: () => refuseCall("Date()"),
    }),
  });
  return [
    () => Object.defineProperty(globalThis, "Date", own),
    ...SOURCES_OF_CHANGE.map(([owner, name, called]) =>
      intercept(owner, name, () => refuseCall(called))
    ),
    intercept(backend, "write", ({ proceed }) => {
      refuseRandom();
      return proceed();
    }),
    intercept(
      backend,
      "runSavedModel",
      () => refuse("Cannot record a saved model: replays would not run it; call it outside"),
    ),
  ];
}

/** Lets one of TensorFlow.js's own optimizers have taken so many steps. */
export function setIterations(optimizer: tf.Optimizer, count: number): void {
  // Protected, but by TypeScript alone.
  Reflect.set(optimizer, "iterations_", count);
}

/**
 * Runs a function, and where it throws, gives all variables the values back that they had before
 * it, or when they were made. So it does with the steps that TensorFlow.js's own optimizers count.
 */
export function allOrNothing<T>(run: () => T): T {
  const saved = new Map<tf.Variable, tf.Tensor>();
  const iterations = new Map<tf.Optimizer, number>();
  const save = (variable: tf.Variable) => {
    const value = tf.clone(variable);
    value.kept = true;
    saved.set(variable, value);
  };
  registeredVariables().forEach(save);
  const restore = [
    intercept(tf.engine(), "makeVariable", ({ proceed }) => {
      const made = proceed();
      if (made instanceof tf.Variable) save(made);
      return made;
    }),
    intercept(tf.Optimizer.prototype, "incrementIterations", ({ self, proceed }) => {
      if (self instanceof tf.Optimizer && !iterations.has(self)) {
        iterations.set(self, self.iterations);
      }
      return proceed();
    }),
  ];
  try {
    return run();
  } catch (error) {
    for (const [variable, value] of saved) if (!variable.isDisposed) variable.assign(value);
    for (const [optimizer, count] of iterations) setIterations(optimizer, count);
    throw error;
  } finally {
    restore.reverse().forEach((back) => back());
    tf.dispose([...saved.values()]);
  }
}
