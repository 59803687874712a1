import { fileURLToPath } from "node:url";

/** The checkout. */
export const ROOT = fileURLToPath(new URL("../..", import.meta.url));
/** The checkout's `data` folder. */
export const DATA = fileURLToPath(new URL("../../data", import.meta.url));
/** Measured runs, one JSON a run. */
export const RESULTS = `${DATA}/results`;
/** Trained weights, a folder for each network. */
export const WEIGHTS = `${DATA}/weights`;
/** The peers' programs. */
export const PEERS = `${ROOT}tests/peers`;
