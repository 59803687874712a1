/**
 * Optimizers that {@linkcode jit} records: Keras's numerics, the learning rate a variable.
 *
 * @module
 */
export { adam, type AdamOptions, adamW } from "./adam.ts";
export { muon, type MuonOptions, orthogonalize } from "./muon.ts";
export { Optimizer, type Update, type UpdatedWeight, type Weight } from "./optimizer.ts";
export { sgd, type SgdOptions } from "./sgd.ts";
