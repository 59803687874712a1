/** What is used here of Jasmine 3, whose package brings no types. */
interface JasmineEnvironment {
  configure(options: { random: boolean }): void;
  addReporter(reporter: {
    specDone(spec: JasmineSpec): void;
    jasmineDone(): void;
  }): void;
  execute(): void;
}

/** How a test ended. */
export interface JasmineSpec {
  fullName: string;
  status: "passed" | "failed" | "pending" | "excluded";
  failedExpectations: { message: string; stack: string }[];
}

interface Jasmine {
  getEnv(): JasmineEnvironment;
}

declare const jasmineRequire: {
  core(jasmineRequire: unknown): Jasmine;
  interface(jasmine: Jasmine, environment: JasmineEnvironment): Record<string, unknown>;
};
export default jasmineRequire;
