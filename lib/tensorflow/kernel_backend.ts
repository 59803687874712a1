import * as tf from "@tensorflow/tfjs";
import { NodeJSKernelBackend } from "@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend.js";
import type { TensorflowBinding } from "./binding.ts";

/** Functions of TensorFlow.js that draw random numbers on the host, by the names of their scopes. */
const RANDOM = new Set(
  ["multinomial", "rand", "randomGamma", "randomNormal", "randomStandardNormal", "randomUniform"]
    .concat("randomUniformInt", "truncatedNormal").map((name) => `${name}__op`),
);

/** The package's backend on our binding; it keeps host-made randomness out of recordings. */
export class TensorflowBackend extends NodeJSKernelBackend {
  override readonly binding: TensorflowBinding;

  constructor(binding: TensorflowBinding) {
    super(binding, "@tensorflow/tfjs-node-gpu");
    this.binding = binding;
  }

  /**
   * Takes values from the host.
   *
   * @throws {TypeError} If they are random numbers and a jit function is being recorded, whose
   *   replays would all see the same ones.
   */
  override write(...[values, shape, dtype]: Parameters<NodeJSKernelBackend["write"]>): object {
    const scope = tf.engine().state.activeScope?.name;
    if (this.binding.tracing && RANDOM.has(scope)) {
      throw new TypeError(
        `Cannot record tf.${scope.replace("__op", "")}: it draws on the host, so that all ` +
          "replays would see the same numbers; use a RandomGenerator",
      );
    }
    return super.write(values, shape, dtype);
  }
}
