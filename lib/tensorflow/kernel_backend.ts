import type * as tf from "@tensorflow/tfjs";
import { NodeJSKernelBackend } from "@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend.js";
import type { TensorflowBinding } from "./binding.ts";
import type { OperationAttribute } from "./attributes.ts";

/** The package's backend on our binding; it hands negative numbers to saved models as they are. */
export class TensorflowBackend extends NodeJSKernelBackend {
  override readonly binding: TensorflowBinding;

  constructor(binding: TensorflowBinding) {
    super(binding, "@tensorflow/tfjs-node-gpu");
    this.binding = binding;
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
