/**
 * The set-up of what comes from Python: a virtual environment `.venv` in the
 * checkout, with TensorFlow's library and, if wanted, JupyterLab.
 *
 * @module
 */
export { prepareAll, prepareJupyter, preparePeers, prepareTensorflow } from "./prepare.ts";
export type { Preparation, PrepareOptions } from "./prepare.ts";
