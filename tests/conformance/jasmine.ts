/**
 * Jasmine, whose functions (`describe`, `it`, `expect`) the tests of TensorFlow.js expect to be
 * global. Imported before them.
 *
 * @module
 */
// @ts-types="./jasmine.d.ts"
import jasmineRequire from "jasmine-core/lib/jasmine-core/jasmine.js";

const jasmine = jasmineRequire.core(jasmineRequire);

/** Runs what was described. */
export const environment = jasmine.getEnv();

Object.assign(globalThis, { jasmine }, jasmineRequire.interface(jasmine, environment));
