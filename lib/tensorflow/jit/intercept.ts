/** A call of a method that was intercepted. */
export interface InterceptedCall {
  readonly self: unknown;
  readonly args: readonly unknown[];
  /** Makes the call. */
  proceed(): unknown;
}

/**
 * Lets a handler stand in the place of a method, and gives what puts the method back. Handlers that
 * are put upon one another have to be taken away in the opposite order.
 *
 * @throws {TypeError} If the owner has no such method.
 */
export function intercept(
  owner: object,
  name: string,
  handle: (call: InterceptedCall) => unknown,
): () => void {
  const own = Object.getOwnPropertyDescriptor(owner, name);
  const method: unknown = Reflect.get(owner, name);
  if (typeof method !== "function") {
    throw new TypeError(`Cannot intercept ${name}: it is ${typeof method}, not a function`);
  }
  const value = function (this: unknown, ...args: unknown[]) {
    return handle({ self: this, args, proceed: () => Reflect.apply(method, this, args) });
  };
  Object.defineProperty(owner, name, { value, configurable: true, writable: true });
  return () => {
    if (own === undefined) Reflect.deleteProperty(owner, name);
    else Object.defineProperty(owner, name, own);
  };
}
