import * as tf from "@tensorflow/tfjs";
import { jit, RandomGenerator, randomStream } from "../../../lib/tensorflow/mod.ts";

/** What outlives a call of a program. */
export interface State {
  /** How many calls there were: what a function may count on the host. */
  calls: number;
  readonly variables: tf.Variable<tf.Rank>[];
  readonly captured: tf.Tensor[];
  readonly random: RandomGenerator;
  readonly optimizer: tf.Optimizer;
  kept: tf.Tensor | undefined;
  slot: tf.Variable<tf.Rank> | undefined;
}

/** A random function of tensors, and how it is called. */
export interface Program {
  /** What it consists of, for a report. */
  readonly source: string[];
  makeState(): State;
  /** The arguments of one of its calls. */
  makeArgs(state: State, call: number): unknown[];
  run(state: State, args: unknown[]): unknown;
}

const SHAPES = [[], [3], [2, 3]];

/** Makes one of a statement's operands or results; where it gives nothing, nothing is added. */
type Statement = (state: State, pool: tf.Tensor[]) => tf.Tensor | void;

/** Draws a program. The same seed gives the same one. */
export function drawProgram(seed: number): Program {
  const random = randomStream(seed, "jit program");
  const below = (count: number) => Math.floor(random() * count);
  const oneOf = <T>(list: readonly T[]): T => list[below(list.length)];
  /** Some tensor of the pool, the same at each call. */
  const operand = () => {
    const place = random();
    return (pool: tf.Tensor[]) => pool[Math.floor(place * pool.length)];
  };
  const [a, b] = [operand, operand];

  const plain: Record<string, () => Statement> = {
    unary() {
      const [fn, x] = [oneOf([tf.neg, tf.square, tf.tanh, tf.relu, tf.sigmoid, tf.zerosLike]), a()];
      return (_, pool) => fn(x(pool));
    },
    binary() {
      const [fn, x, y] = [
        oneOf([tf.add, tf.sub, tf.mul, tf.maximum, tf.squaredDifference]),
        a(),
        b(),
      ];
      return (_, pool) => fn(x(pool), y(pool));
    },
    constant() {
      const [value, x] = [below(5) - 2, a()];
      return (_, pool) => tf.mul(x(pool), value);
    },
    reduce() {
      const [fn, x, keepDims] = [oneOf([tf.sum, tf.mean, tf.max]), a(), below(2) === 0];
      return (_, pool) => fn(x(pool), undefined, keepDims);
    },
    accuracy() {
      const [x, y] = [a(), b()];
      return (_, pool) => tf.mean(tf.equal(tf.sign(x(pool)), tf.sign(y(pool))));
    },
    matMul() {
      const [x, y] = [a(), b()];
      const matrix = (tensor: tf.Tensor) => tf.broadcastTo(tensor, [2, 3]).as2D(2, 3);
      return (_, pool) => tf.sum(tf.matMul(matrix(x(pool)), matrix(y(pool)), false, true));
    },
    join() {
      const [x, y] = [a(), b()];
      return (_, pool) =>
        tf.concat([tf.broadcastTo(x(pool), [2, 3]), tf.broadcastTo(y(pool), [2, 3])])
          .slice([1, 0], [2, 3]);
    },
    gradient() {
      const [x, y] = [a(), b()];
      return (_, pool) =>
        tf.grad((z: tf.Tensor) => tf.sum(tf.mul(tf.tanh(tf.mul(z, z)), y(pool))))(x(pool));
    },
    random: () => ({ random }) => random.uniform([3]),
    variable: () => {
      const which = random();
      return ({ variables }) => variables[Math.floor(which * variables.length)];
    },
    captured: () => ({ captured }) => captured[0],
    nested() {
      const [x, y] = [a(), b()];
      const inner = jit((x: tf.Tensor, y: tf.Tensor) => [tf.sub(x, y), x]);
      return (_, pool) => tf.addN(inner(x(pool), y(pool)).map((t) => tf.broadcastTo(t, [2, 3])));
    },
    assign() {
      const [x, which] = [a(), random()];
      return ({ variables }, pool) => {
        const variable = variables[Math.floor(which * variables.length)];
        const value = tf.clipByValue(tf.tanh(tf.sum(x(pool))), -1, 1);
        variable.assign(tf.sub(tf.mul(variable, 0.5), value));
      };
    },
    step: () => ({ optimizer, variables }) => {
      optimizer.minimize(() => tf.sum(tf.square(variables[0])).asScalar(), false, [variables[0]]);
    },
  };

  /** What a function may do besides; all of it shows in the first calls, or else in none. */
  const besides: Record<string, () => Statement> = {
    counter: () => ({ calls }, pool) => tf.mul(pool[0], calls),
    branch: () => ({ calls }, pool) => calls % 2 === 0 ? tf.neg(pool[0]) : tf.abs(pool[0]),
    attribute() {
      const [first, second] = oneOf([[NaN, Infinity], [0, -0], [0.1, 0.2], [Infinity, -Infinity]]);
      return ({ calls }, pool) => tf.leakyRelu(pool[0], calls % 2 === 0 ? first : second);
    },
    shape: () => ({ calls }) => tf.sum(tf.ones(calls % 2 === 0 ? [1, 2] : [2, 1])),
    dtype: () => ({ calls }, pool) =>
      tf.add(pool[0], tf.zeros([3], calls % 2 === 0 ? "int32" : "bool")),
    ring: () => ({ calls, variables }) => {
      const scalars = variables.filter(({ rank }) => rank === 0);
      scalars[calls % scalars.length].assign(tf.scalar(calls % 2));
    },
    keep: () => (state, pool) => {
      state.kept?.dispose();
      state.kept = tf.keep(tf.square(pool[0]));
    },
    keepFirst: () => (state, pool) => state.kept ??= tf.keep(tf.square(pool[0])),
    slot: () => (state) => {
      state.slot ??= tf.variable(tf.zeros<tf.Rank>([3]));
      state.slot.assign(tf.add(state.slot, 1));
      return state.slot;
    },
    slotAnew: () => (state) => {
      state.slot?.dispose();
      state.slot = tf.variable(tf.zeros<tf.Rank>([3]));
    },
    unique: () => (_, pool) => {
      const { values } = tf.unique(tf.round(tf.reshape(pool[0], [-1])).as1D());
      return tf.div(tf.sum(values), values.size);
    },
    replaced: () => ({ captured }) => captured[0],
    read: () => (_, pool) => tf.scalar(tf.sum(pool[0]).dataSync()[0]),
    readQuietly: () => (_, pool) => {
      try {
        return tf.scalar(pool[0].dataSync()[0]);
      } catch {
        return tf.scalar(0);
      }
    },
    coin: () => (_, pool) => Math.random() < 2 ? tf.neg(pool[0]) : pool[0],
    throws() {
      const at = below(2);
      return ({ calls }) => {
        if (calls === at) throw new SyntaxError("on purpose");
      };
    },
    outOfRange: () => ({ calls }, pool) =>
      tf.gather(pool[0].flatten(), tf.cast(tf.mul(tf.sum(tf.zerosLike(pool[0])), calls), "int32")),
  };

  const source: string[] = [];
  const statements: Statement[] = [];
  const names = Object.keys(plain);
  const quirk = below(3) === 0 ? oneOf(Object.keys(besides)) : undefined;
  const [length, at] = [3 + below(6), below(4)];
  for (let i = 0; i < length; i++) {
    if (i === at && quirk !== undefined) {
      source.push(quirk);
      statements.push(besides[quirk]());
    }
    source.push(oneOf(names));
    statements.push(plain[source[source.length - 1]]());
  }

  const results = Array.from({ length: 1 + below(3) }, operand);
  const structure = below(4);
  const alternates = quirk === undefined && below(5) === 0;
  const [argumentShapes, variableArgument, disposesArgument, otherResult, takesCaptured] = [
    Array.from({ length: 1 + below(2) }, () => oneOf(SHAPES)),
    below(8) === 0,
    below(10) === 0,
    !alternates && below(12) === 0,
    quirk === undefined && below(12) === 0,
  ];
  const details = {
    structure,
    alternates,
    variableArgument,
    disposesArgument,
    otherResult,
    takesCaptured,
  };
  source.push(JSON.stringify(details), JSON.stringify(argumentShapes));

  return {
    source,
    makeState() {
      const values = randomStream(seed, "values");
      const tensor = (shape: number[]) =>
        tf.tensor(
          Float32Array.from({ length: tf.util.sizeFromShape(shape) }, () => 2 * values() - 1),
          shape,
        );
      return {
        calls: 0,
        variables: [[], [], ...SHAPES].map((shape) => tf.tidy(() => tf.variable(tensor(shape)))),
        captured: [tensor([3])],
        random: new RandomGenerator(seed),
        optimizer: tf.train.momentum(0.1, 0.9),
        kept: undefined,
        slot: undefined,
      };
    },
    makeArgs({ variables, captured }, call) {
      if (call === 4 && source.includes("replaced")) {
        captured[0].dispose();
        captured[0] = tf.scalar(-1);
      }
      const values = randomStream(seed, "arguments", call);
      // Two signatures take turns, in no order.
      const isOther = alternates && values() < 0.4;
      const args = argumentShapes.map((shape) =>
        tf.tidy(() =>
          tf.tensor(
            Float32Array.from({ length: tf.util.sizeFromShape(shape) }, () => 2 * values() - 1),
            shape,
          )
        )
      );
      if (takesCaptured) {
        args[0].dispose();
        args[0] = captured[0];
      }
      const tree: unknown[] = [{ first: args[0], rest: isOther ? [args[0]] : args.slice(1) }];
      if (isOther) tree.push(undefined);
      if (variableArgument) tree.push(variables[0]);
      return tree;
    },
    run(state, args) {
      const [tree, ...others] = args;
      const pool: tf.Tensor[] = [tf.scalar(1), ...tensorsIn(tree)];
      pool.shift();
      pool.push(...tensorsIn(others));
      const given = [...pool];
      for (const statement of statements) {
        const made = statement(state, pool);
        if (made !== undefined) pool.push(made);
      }
      const variable = given.find((tensor) => tensor instanceof tf.Variable);
      if (variable instanceof tf.Variable) variable.assign(tf.mul(variable, 0.5));
      const chosen = results.map((result) => result(pool));
      state.calls++;
      const result = otherResult && state.calls % 2 === 0 ? { other: chosen } : [
        chosen[0],
        chosen,
        { list: chosen, none: undefined },
        { [`key ${structure}`]: chosen[0], same: [chosen[0], { pool: pool[0] }] },
      ][structure];
      if (!disposesArgument || takesCaptured) return result;
      const copies = copyTensors(result);
      given.filter((tensor) => !(tensor instanceof tf.Variable)).forEach((x) => x.dispose());
      return copies;
    },
  };
}

/** The tensors in arrays and objects. */
export function tensorsIn(tree: unknown): tf.Tensor[] {
  if (tree instanceof tf.Tensor) return [tree];
  return typeof tree === "object" && tree !== null ? Object.values(tree).flatMap(tensorsIn) : [];
}

function copyTensors(tree: unknown): unknown {
  if (tree instanceof tf.Tensor) return tree.clone();
  if (Array.isArray(tree)) return tree.map(copyTensors);
  if (typeof tree !== "object" || tree === null) return tree;
  return Object.fromEntries(Object.entries(tree).map(([key, part]) => [key, copyTensors(part)]));
}
