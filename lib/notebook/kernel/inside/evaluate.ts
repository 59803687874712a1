import inspector from "node:inspector";

/** What an evaluation gave. */
export type Evaluated = { readonly value: unknown } | {
  readonly thrown: unknown;
  /** Where V8 could not read the code, from 0; its errors have no stack. */
  readonly unread?: { readonly line: number; readonly column: number };
};

const GROUP = "cell";

let session = connected();

function connected(): inspector.Session {
  const session = new inspector.Session();
  session.connect();
  return session;
}

/**
 * Forgets an evaluation that was terminated and will never be settled. V8 would report it when its
 * garbage is collected, at a moment at which Deno may run no JavaScript, and panics.
 */
export function forgetEvaluation(): void {
  session.disconnect();
  session = connected();
}

/**
 * Evaluates JavaScript as V8 does for a prompt: await is allowed, and the names that it declares
 * stay for what comes later.
 *
 * It may not be called by what Deno's kernel itself evaluates, within whose turn V8's inspector
 * takes no second request and Deno panics.
 */
export async function evaluate(code: string): Promise<Evaluated> {
  try {
    const { result, exceptionDetails } = await post("Runtime.evaluate", {
      expression: code,
      replMode: true,
      awaitPromise: true,
      objectGroup: GROUP,
    });
    if (exceptionDetails === undefined) return { value: await valueOf(result) };
    const { exception, text, scriptId, lineNumber, columnNumber } = exceptionDetails;
    const isUnread = exception?.className === "SyntaxError" && scriptId !== undefined;
    return {
      thrown: exception === undefined ? new Error(text) : await valueOf(exception),
      ...isUnread && { unread: { line: lineNumber, column: columnNumber } },
    };
  } finally {
    await post("Runtime.releaseObjectGroup", { objectGroup: GROUP });
  }
}

let handedOver: unknown;
const hand = (value: unknown) => handedOver = value;

/** The inspector speaks of objects by numbers: a call within V8 hands the object itself over. */
async function valueOf(object: inspector.Runtime.RemoteObject): Promise<unknown> {
  if (object.objectId === undefined) {
    if (object.type === "undefined") return undefined;
    if (object.unserializableValue === undefined) return object.value;
    if (object.type === "bigint") return BigInt(object.unserializableValue.slice(0, -1));
    return Number(object.unserializableValue);
  }
  Reflect.set(globalThis, HAND, hand);
  try {
    await post("Runtime.callFunctionOn", {
      objectId: object.objectId,
      functionDeclaration:
        `function (value) { globalThis[Symbol.for("${HAND.description}")](value) }`,
      arguments: [{ objectId: object.objectId }],
    });
    return handedOver;
  } finally {
    handedOver = undefined;
    Reflect.deleteProperty(globalThis, HAND);
  }
}

const HAND = Symbol.for("Deno.kernel.hand");

interface Methods {
  "Runtime.evaluate": [
    inspector.Runtime.EvaluateParameterType & { replMode: boolean },
    inspector.Runtime.EvaluateReturnType,
  ];
  "Runtime.callFunctionOn": [
    inspector.Runtime.CallFunctionOnParameterType,
    inspector.Runtime.CallFunctionOnReturnType,
  ];
  "Runtime.releaseObjectGroup": [
    inspector.Runtime.ReleaseObjectGroupParameterType,
    unknown,
  ];
}

function post<M extends keyof Methods>(
  method: M,
  parameters: Methods[M][0],
): Promise<Methods[M][1]> {
  const { promise, resolve, reject } = Promise.withResolvers<Methods[M][1]>();
  // Where code is terminated before its first await, nobody is left to take the error.
  promise.catch(() => {});
  Reflect.apply(session.post, session, [
    method,
    parameters,
    (error: Error | null, result: Methods[M][1]) =>
      error === null ? resolve(result) : reject(error),
  ]);
  return promise;
}
