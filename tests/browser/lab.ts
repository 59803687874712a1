import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { granted } from "../permissions.ts";

/** The checkout. */
export const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** Where screenshots are left. */
export const ARTEFACTS = join(ROOT, "runs", "browser");

/** The browser, if there is one. */
export const CHROMIUM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]
  .find((path) => granted("read") && existsSync(path));

/** Whether there is nothing to test with. Playwright takes all permissions. */
export const ignore = !granted("read", "write", "env", "run", "net", "sys") ||
  CHROMIUM === undefined;

/** Writes a notebook of code cells, which have not run, into the checkout. */
export async function writeNotebook(path: string, sources: readonly string[]): Promise<void> {
  const cells = sources.map((source, i) => ({
    cell_type: "code",
    id: `cell-${i}`,
    metadata: {},
    outputs: [],
    execution_count: null,
    source,
  }));
  const kernelspec = { display_name: "Deno", language: "typescript", name: "deno" };
  const notebook = { cells, metadata: { kernelspec }, nbformat: 4, nbformat_minor: 5 };
  await Deno.writeTextFile(join(ROOT, path), JSON.stringify(notebook));
}

/** Saves the notebook that a page shows, once its kernel rests, and waits until it is written. */
export async function save(page: Page, path: string): Promise<void> {
  // The server takes a file that it reads while it writes it for a damaged one.
  const written = page.waitForResponse((response) =>
    response.request().method() === "PUT" && response.url().includes(path)
  );
  await page.getByText(/Deno \| Idle/).waitFor();
  await page.keyboard.press("Control+s");
  await written;
}

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
