import { findTensorflowLibrary } from "../../lib/tensorflow/mod.ts";
import { granted } from "../permissions.ts";

/** Whether the tests of the tensorflow backend can run; where not, they are skipped by name. */
export function tensorflowAvailable(): boolean {
  if (!granted("read", "env", "ffi")) return false;
  try {
    findTensorflowLibrary();
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
