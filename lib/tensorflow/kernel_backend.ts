import * as tf from "@tensorflow/tfjs";
import { NodeJSKernelBackend } from "@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend.js";
import type { TensorflowBinding } from "./binding.ts";
import type { OperationAttribute } from "./attributes.ts";

/** Functions of TensorFlow.js that draw random numbers on the host, by the names of their scopes. */
const RANDOM = new Set(
  ["multinomial", "rand", "randomGamma", "randomNormal", "randomStandardNormal", "randomUniform"]
    .concat("randomUniformInt", "truncatedNormal").map((name) => `${name}__op`),
);

/**
 * The package's backend on our binding; it keeps host-made randomness out of recordings, and hands
 * negative numbers to saved models as they are.
 */
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

  /**
   * Runs an operation as `executeMultipleOutputs` does, while the event loop goes on: for one that
   * waits for other processes.
   */
  async executeLater(
    name: string,
    { attributes, inputs, outputCount }: {
      attributes: OperationAttribute[];
      inputs: tf.TensorInfo[];
      outputCount: number;
    },
  ): Promise<tf.Tensor[]> {
    const outputs = await this.binding.executeOpLater(name, {
      attributes,
      outputCount,
      call: () => super.executeMultipleOutputs(name, attributes, inputs, outputCount),
    });
    return this.binding.giving(
      outputs,
      () => super.executeMultipleOutputs(name, [], [], outputCount),
    );
  }

  /** Runs a model that was loaded; the outputs are the caller's. */
  override runSavedModel(
    ...[id, inputs, infos, outputNames]: Parameters<NodeJSKernelBackend["runSavedModel"]>
  ): tf.Tensor[] {
    // What the package would convert it would take for positive: the binding does it.
    const plain = infos.map((info) => ({ ...info, tfDtype: undefined }));
    return super.runSavedModel(id, inputs, plain, outputNames);
  }
}
