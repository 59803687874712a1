import { readCString, type TensorflowApi } from "./c_api.ts";

/** TensorFlow's error codes (`TF_Code` of tf_status.h) by number. */
const CODES = [
  "OK",
  "CANCELLED",
  "UNKNOWN",
  "INVALID_ARGUMENT",
  "DEADLINE_EXCEEDED",
  "NOT_FOUND",
  "ALREADY_EXISTS",
  "PERMISSION_DENIED",
  "RESOURCE_EXHAUSTED",
  "FAILED_PRECONDITION",
  "ABORTED",
  "OUT_OF_RANGE",
  "UNIMPLEMENTED",
  "INTERNAL",
  "UNAVAILABLE",
  "DATA_LOSS",
  "UNAUTHENTICATED",
];

/**
 * The status object that TensorFlow's functions report errors through. One serves
 * all calls, since every call sets it anew.
 */
export class Status {
  readonly pointer: Deno.PointerValue;
  #api: TensorflowApi;

  constructor(api: TensorflowApi) {
    this.#api = api;
    this.pointer = api.TF_NewStatus();
  }

  /** Releases it. */
  dispose(): void {
    this.#api.TF_DeleteStatus(this.pointer);
  }

  /**
   * Throws if the last call failed: a `TypeError` for an operation that does not exist
   * or not for these types, else a `RangeError`, with TensorFlow's own words.
   *
   * @param describe Says what was tried, such as `run MatMul on float32 [2, 3]`.
   */
  check(describe: () => string): void {
    const code = this.#api.TF_GetCode(this.pointer);
    if (code === 0) return;
    const name = CODES[code] ?? `code ${code}`;
    // TensorFlow puts the node's internal address before its sentence.
    const words = readCString(this.#api.TF_Message(this.pointer)).replace(/^\{\{.*?\}\} /, "");
    const message = `Cannot ${describe()}: ${words} (${name})`;
    throw name === "NOT_FOUND" || name === "UNIMPLEMENTED"
      ? new TypeError(message)
      : new RangeError(message);
  }
}
