/** What requirements.txt asks for. */
export interface Requirements {
  /** TensorFlow's wheel for this platform, like `tensorflow-cpu==2.21.0`, where there is one. */
  readonly tensorflow: string | undefined;
  /** The wheel of the same version that brings CUDA, on Linux on x86-64. */
  readonly tensorflowCuda: string | undefined;
  /** The other requirements, in order. */
  readonly others: readonly string[];
}

/** How Python names the systems and machines that Deno names in `Deno.build`. */
const PYTHON_PLATFORMS: Readonly<Record<string, string>> = {
  "linux x86_64": "Linux x86_64",
  "linux aarch64": "Linux aarch64",
  "darwin x86_64": "Darwin x86_64",
  "darwin aarch64": "Darwin arm64",
  "windows x86_64": "Windows AMD64",
};

const TENSORFLOW = /^(tensorflow\S*) ; platform_system == "(\w+)" and platform_machine == "(\w+)"$/;

/**
 * Reads requirements.txt: which wheel holds TensorFlow's library on a platform, and
 * what else there is. The platform of TensorFlow's lines is judged here, not by pip,
 * so that a machine without a wheel is known before anything is installed.
 *
 * @throws {SyntaxError} where TensorFlow's line names no platform in the one form in use.
 */
export function parseRequirements(
  text: string,
  { os = Deno.build.os, arch = Deno.build.arch }: { os?: string; arch?: string } = {},
): Requirements {
  let tensorflow: string | undefined;
  const others: string[] = [];
  for (const line of text.split("\n").map((line) => line.trim())) {
    if (line === "" || line.startsWith("#")) continue;
    if (!line.startsWith("tensorflow")) {
      others.push(line);
      continue;
    }
    const match = line.match(TENSORFLOW);
    if (match === null) {
      throw new SyntaxError(
        `Cannot read requirements.txt: "${line}" lacks ` +
          '` ; platform_system == "…" and platform_machine == "…"`',
      );
    }
    const [, requirement, system, machine] = match;
    if (`${system} ${machine}` === PYTHON_PLATFORMS[`${os} ${arch}`]) tensorflow = requirement;
  }
  const tensorflowCuda = tensorflow?.startsWith("tensorflow-cpu==")
    ? tensorflow.replace("tensorflow-cpu", "tensorflow[and-cuda]")
    : undefined;
  return { tensorflow, tensorflowCuda, others };
}
