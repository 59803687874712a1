/** The backend under test, which the tests of TensorFlow.js read when they are imported. */
import { setTestEnvs } from "@tensorflow/tfjs-core/dist/jasmine_util.js";

/** Its name, the script's first argument. */
export const [backend] = Deno.args;

/** WebGPU hands its values over later, never at once. */
const isDataSync = backend !== "webgpu";

setTestEnvs([{ name: `test-${backend}`, backendName: backend, flags: {}, isDataSync }]);
