import * as tf from "@tensorflow/tfjs";
import { NodeJSKernelBackend } from "@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend.js";
import type { TensorflowBinding } from "./binding.ts";
import type { OperationAttribute } from "./attributes.ts";
import { ATTRIBUTE_TYPES, DATA_TYPES } from "./data_types.ts";

/** What inputs of saved models are, by TensorFlow's names, where TensorFlow.js says int32. */
const INTEGERS: Readonly<Record<string, number>> = {
  DT_INT64: DATA_TYPES.int64,
  DT_UINT8: DATA_TYPES.uint8,
};

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
    const converted = inputs.map((input, i) => {
      const value = INTEGERS[infos[i]?.tfDtype ?? ""];
      if (value === undefined) return input;
      const type = { name: "DstT", type: ATTRIBUTE_TYPES.type, value };
      return this.executeSingleOutput("Cast", [type], [input]);
    });
    // What is left for the package to convert, it would take for positive.
    const plain = infos.map((info) => ({ ...info, tfDtype: undefined }));
    try {
      return super.runSavedModel(id, converted, plain, outputNames);
    } finally {
      tf.dispose(converted.filter((tensor, i) => tensor !== inputs[i]));
    }
  }
}
