import process from "node:process";
import { announce, emit } from "./contexts.ts";
import { displayData } from "./display.ts";

/** Milliseconds that the output of a child that has ended gets to arrive. */
const PATIENCE = 1000;

/** Children that have ended while their outputs are on their way. */
const underWay = new Set<Promise<unknown>>();

type Name = "stdout" | "stderr";

/**
 * Lets outputs appear under the cell that they come from: those of the console, of `Deno.stdout`
 * and `process.stdout`, of children that inherit them, and of `Deno.jupyter`. Errors that nobody
 * took are printed.
 */
export function captureOutputs(): void {
  for (const [name, method] of Object.entries(console)) {
    if (typeof method !== "function" || name === "Console" || name === "context") continue;
    Reflect.set(console, name, (...args: unknown[]) => {
      announce();
      return Reflect.apply(method, console, args);
    });
  }
  captureStreams();
  captureChildren();
  Deno.jupyter.broadcast = (type, content, options) => {
    emit(type, content, options);
    return Promise.resolve();
  };
  Deno.jupyter.display = async (value, { raw = false, update = false, display_id } = {}) => {
    const shown = raw ? { data: value, metadata: {} } : await displayData(value);
    emit(update ? "update_display_data" : "display_data", {
      ...shown,
      transient: display_id === undefined ? {} : { display_id },
    });
  };
  addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    console.error("Uncaught (in promise)", event.reason);
  });
  addEventListener("error", (event) => {
    event.preventDefault();
    console.error("Uncaught", event.error);
  });
}

/** Waits until the outputs of children that have ended are there. */
export async function flushChildren(): Promise<void> {
  await Promise.all(underWay);
}

function print(name: Name, text: string): void {
  if (text !== "") emit("stream", { name, text });
}

function captureStreams(): void {
  for (const name of ["stdout", "stderr"] as const) {
    const decoder = new TextDecoder();
    const write = (bytes: Uint8Array) => {
      print(name, decoder.decode(bytes, { stream: true }));
      return bytes.length;
    };
    Deno[name].writeSync = write;
    Deno[name].write = (bytes) => Promise.resolve(write(bytes));
    Object.defineProperty(Deno[name], "writable", {
      configurable: true,
      get: () => new WritableStream<Uint8Array>({ write: (bytes) => void write(bytes) }),
    });
    const stream = process[name];
    Reflect.set(stream, "_write", (chunk: Uint8Array, _: string, done: () => void) => {
      write(chunk);
      done();
    });
    Reflect.set(stream, "write", (chunk: string | Uint8Array, ...rest: unknown[]) => {
      if (typeof chunk === "string") print(name, chunk);
      else write(chunk);
      const done = rest.find((argument) => typeof argument === "function");
      if (done !== undefined) queueMicrotask(() => Reflect.apply(done, stream, []));
      return true;
    });
  }
}

/** Pipes what children would inherit, since Deno's kernel drops it. */
function captureChildren(): void {
  const Original = Deno.Command;
  Deno.Command = class Command extends Original {
    readonly #command: string | URL;
    readonly #options: Deno.CommandOptions;

    constructor(command: string | URL, options: Deno.CommandOptions = {}) {
      super(command, options);
      this.#command = command;
      this.#options = options;
    }

    override spawn(): Deno.ChildProcess {
      const { stdout = "inherit", stderr = "inherit" } = this.#options;
      const child = this.#piped({ stdout, stderr }).spawn();
      const printed = [
        ...stdout === "inherit" ? [forward(child, "stdout")] : [],
        ...stderr === "inherit" ? [forward(child, "stderr")] : [],
      ];
      // Who waits for a child expects its output before whatever comes next.
      const status = child.status.then(async (status) => {
        const rest = withPatience(Promise.all(printed));
        underWay.add(rest);
        await rest.finally(() => underWay.delete(rest));
        return status;
      });
      Object.defineProperty(child, "status", { value: status });
      return child;
    }

    override async output(): Promise<Deno.CommandOutput> {
      return this.#show(await this.#piped(this.#options).output());
    }

    override outputSync(): Deno.CommandOutput {
      return this.#show(this.#piped(this.#options).outputSync());
    }

    #piped({ stdout, stderr }: Pick<Deno.CommandOptions, Name>): Deno.Command {
      const piped = (stdio: typeof stdout) => stdio === "inherit" ? "piped" : stdio;
      return new Original(this.#command, {
        ...this.#options,
        ...stdout !== undefined && { stdout: piped(stdout) },
        ...stderr !== undefined && { stderr: piped(stderr) },
      });
    }

    #show(output: Deno.CommandOutput): Deno.CommandOutput {
      for (const name of ["stdout", "stderr"] as const) {
        if (this.#options[name] === "inherit") print(name, new TextDecoder().decode(output[name]));
      }
      return output;
    }
  };
}

async function forward(child: Deno.ChildProcess, name: Name): Promise<void> {
  for await (const text of child[name].pipeThrough(new TextDecoderStream())) print(name, text);
}

/** Waits for outputs; a child of the child may hold its pipe for ever. */
async function withPatience(outputs: Promise<unknown>): Promise<void> {
  const { promise: late, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, PATIENCE);
  await Promise.race([outputs, late]).finally(() => clearTimeout(timer));
}
