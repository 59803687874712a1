/**
 * The `wasm` backend: npm:@tensorflow/tfjs-backend-wasm with threads and with what it lacks for
 * training.
 *
 * @module
 */
export { registerWasmBackend } from "./backend.ts";
