/**
 * Speed beside peers: processes that take turns on one machine.
 *
 * @module
 */
export { Peer, type PeerCommand } from "./peer.ts";
export { median, race, type RaceOptions, type Standing } from "./race.ts";
export {
  formatSpeed,
  MATRIX_PRODUCT,
  type SpeedRow,
  speedRows,
  type SpeedRowsOptions,
} from "./speed_rows.ts";
export { type MeasuredStep, modelledStep, type StepModel, stepModel } from "./step_model.ts";
