import { createServer } from "node:net";

/** A running JupyterLab. */
export interface Lab {
  /** `http://127.0.0.1:8888`. */
  readonly url: string;
  readonly token: string;
  stop(): Promise<void>;
}

/** Starts `deno task lab` in a checkout and waits until it listens. */
export async function startLab(root: string, env: Record<string, string>): Promise<Lab> {
  const port = await freePort();
  const process = new Deno.Command(Deno.execPath(), {
    args: ["task", "lab", "--no-browser", `--port=${port}`],
    cwd: root,
    env,
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).spawn();
  const decoder = new TextDecoder();
  let said = "";
  const reader = process.stderr.getReader();
  while (true) {
    const { value, done } = await reader.read();
    if (done) throw new Error(`JupyterLab did not start: ${said}`);
    said += decoder.decode(value, { stream: true });
    const match = said.match(/(http:\/\/127\.0\.0\.1:\d+)\/\S*\?token=(\w+)/);
    if (match === null) continue;
    void drain(reader);
    await answers(`${match[1]}/api/status?token=${match[2]}`);
    return {
      url: match[1],
      token: match[2],
      async stop() {
        process.kill("SIGTERM");
        await process.status;
      },
    };
  }
}

/** Waits until the server answers, which it does a moment after it has said so. */
async function answers(address: string): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const response = await fetch(address).catch(() => undefined);
    await response?.body?.cancel();
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`JupyterLab does not answer at ${address}`);
}

async function drain(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
  while (!(await reader.read()).done);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() =>
        typeof address === "object" && address !== null
          ? resolve(address.port)
          : reject(new Error("no port is free"))
      );
    });
  });
}
