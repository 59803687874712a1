/**
 * The operations of TensorFlow.js that the sweep calls, by name.
 *
 * @module
 */
import type { Operation } from "../draft.ts";
import { ARRANGEMENTS } from "./arrangements.ts";
import { CONVOLUTIONS } from "./convolutions.ts";
import { ELEMENTWISE } from "./elementwise.ts";
import { IMAGES } from "./images.ts";
import { REDUCTIONS } from "./reductions.ts";

export const OPERATIONS: Readonly<Record<string, Operation>> = {
  ...ELEMENTWISE,
  ...REDUCTIONS,
  ...CONVOLUTIONS,
  ...ARRANGEMENTS,
  ...IMAGES,
};
