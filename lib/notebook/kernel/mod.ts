/**
 * A Jupyter kernel for TypeScript on Deno: a small program that speaks with JupyterLab and lets
 * Deno's own kernel, behind it, run the cells.
 *
 * @module
 */
export { AUDIT_VARIABLE, type KernelSpec, kernelSpec, TYPES_VARIABLE } from "./kernel_spec.ts";
export type { Comm, CommData, Comms } from "./inside/mod.ts";
