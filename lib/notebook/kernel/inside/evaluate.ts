import inspector from "node:inspector";

/** Why V8 has not run a script, and where in it, from 0; its own errors have no stack. */
export interface Refusal {
  readonly error: Error;
  readonly line: number;
  readonly column: number;
}

const session = new inspector.Session();
session.connect();

/**
 * Has V8 run a script as it does for a prompt: the names that it declares stay for what comes later,
 * which may declare them again. The script may not wait for anything: V8 would report it if its
 * promise were collected, at a moment at which Deno may run no JavaScript, and panics.
 *
 * It may not be called by what Deno's kernel itself evaluates, within whose turn V8's inspector
 * takes no second request and Deno panics.
 *
 * @returns Nothing where it ran, or why V8 refused it, such as for a name declared twice.
 */
export function runScript(code: string): Promise<Refusal | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<Refusal | undefined>();
  const answer = (failure: Error | null, reply: inspector.Runtime.EvaluateReturnType) =>
    failure === null ? resolve(refusalIn(reply)) : reject(failure);
  Reflect.apply(session.post, session, [
    "Runtime.evaluate",
    { expression: code, replMode: true, returnByValue: true },
    answer,
  ]);
  return promise;
}

function refusalIn(
  { exceptionDetails }: inspector.Runtime.EvaluateReturnType,
): Refusal | undefined {
  if (exceptionDetails === undefined) return undefined;
  const { exception, text, lineNumber: line, columnNumber: column } = exceptionDetails;
  const [first] = (exception?.description ?? text).split("\n");
  const error = new SyntaxError(first.replace(/^SyntaxError: /, ""));
  return { error, line, column };
}
