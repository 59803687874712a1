import * as tf from "@tensorflow/tfjs";

/**
 * Registers another kernel in place of a package's.
 *
 * @param kernelFunc The new one; it is handed the package's, for calls that are left to that.
 */
export function replaceKernel(
  kernelName: string,
  backendName: string,
  kernelFunc: (
    call: Parameters<tf.KernelFunc>[0],
    plain: tf.KernelFunc,
  ) => ReturnType<tf.KernelFunc>,
): void {
  const plain = tf.getKernel(kernelName, backendName);
  tf.unregisterKernel(kernelName, backendName);
  tf.registerKernel({ ...plain, kernelFunc: (call) => kernelFunc(call, plain.kernelFunc) });
}
