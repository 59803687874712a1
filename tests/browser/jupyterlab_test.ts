import { assert, assertEquals } from "@std/assert";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { ARTEFACTS, CHROMIUM, ignore, type Lab, ROOT, save, startLab } from "./lab.ts";

const COPY = "notebooks/browser_test.ipynb";

/** Cells that come after notebook 03's: a training that would last for days, and what is left. */
const ENDLESS = `await fit(cnn, fitting, {
  epochs: 100_000,
  batchSize: 64,
  seed: SEED,
  observer: liveTraining({ title: "Without end" }),
  signal: stopSignal(),
});`;
const AFTERWARDS = "`${cnn.name} is still here, trained on ${fitting.length} images`";

interface Output {
  readonly output_type: string;
  readonly data?: Record<string, unknown>;
  readonly evalue?: string;
}

interface Cell {
  readonly cell_type: string;
  readonly execution_count?: number | null;
  readonly outputs?: readonly Output[];
}

Deno.test({
  name: "JupyterLab runs notebook 03 in a browser, shows its figures, and Stop keeps the state",
  ignore,
  // The browser and the server are processes of their own, which the test waits for.
  sanitizeResources: false,
  sanitizeOps: false,
  fn: async () => {
    await writeCopy();
    const lab = await startLab(ROOT, { NOTEBOOK_SIZE: "test" });
    const { chromium } = await import("playwright-core");
    const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
    try {
      const page = await browser.newPage({ viewport: { width: 1200, height: 1400 } });
      page.setDefaultTimeout(60_000);
      await openNotebook(page, lab);
      await page.getByText("Run", { exact: true }).first().click();
      await page.getByText("Run All Cells", { exact: true }).click();
      await stopTheEndlessTraining(page);
      await runLastCell(page);
      const cells = await savedCells(page, lab);
      checkCells(cells);
      await checkFigures(page, cells);
    } finally {
      await browser.close();
      await lab.stop();
      await Deno.remove(join(ROOT, COPY));
    }
  },
});

/** Notebook 03 without its outputs, and with the cells that try Stop. */
async function writeCopy(): Promise<void> {
  const notebook = JSON.parse(await Deno.readTextFile(join(ROOT, "notebooks/03_small_cnn.ipynb")));
  for (const cell of notebook.cells) {
    if (cell.cell_type === "code") Object.assign(cell, { outputs: [], execution_count: null });
  }
  const code = { cell_type: "code", metadata: {}, outputs: [], execution_count: null };
  notebook.cells.push({ ...code, id: "endless", source: ENDLESS });
  notebook.cells.push({ ...code, id: "afterwards", source: AFTERWARDS });
  await Deno.writeTextFile(join(ROOT, COPY), JSON.stringify(notebook));
}

async function openNotebook(page: Page, { url, token }: Lab): Promise<void> {
  await page.goto(`${url}/lab/tree/${COPY}?token=${token}`);
  await page.getByText(/Deno \| Idle/).waitFor();
}

/** Waits until the curves of the training without end are drawn, and presses Stop. */
async function stopTheEndlessTraining(page: Page): Promise<void> {
  // The cell's number is a star while it runs, and it has drawn once its picture is there.
  const cell = page.locator(".jp-CodeCell", { hasText: "100_000" });
  await cell.locator(".jp-OutputArea-output img").first().waitFor({ timeout: 180_000 });
  const pressed = performance.now();
  await page.locator('[data-command="notebook:interrupt-kernel"]').first().click();
  await cell.getByText("AbortError").first().waitFor();
  console.log(`Stop took ${Math.round(performance.now() - pressed)} ms`);
}

async function runLastCell(page: Page): Promise<void> {
  const cell = page.locator(".jp-CodeCell", { hasText: "is still here" }).last();
  await cell.locator(".cm-content").click();
  await page.keyboard.press("Control+Enter");
  await cell.getByText("small-cnn is still here").last().waitFor();
}

/** The notebook's cells as the server has them after a save. */
async function savedCells(page: Page, { url, token }: Lab): Promise<Cell[]> {
  await save(page, COPY);
  const response = await fetch(`${url}/api/contents/${COPY}?token=${token}`);
  const { content } = await response.json();
  return content.cells;
}

/** Every cell ran once, in order; nothing failed but what was stopped; what shows, has outputs. */
function checkCells(cells: readonly Cell[]): void {
  const code = cells.filter(({ cell_type }) => cell_type === "code");
  // What waited behind the stopped cell was given up, and ran once.
  assertEquals(code.map((cell) => cell.execution_count), [...code.keys()].map((i) => i + 1));
  const [endless, afterwards] = code.slice(-2);
  for (const { outputs = [] } of code.slice(0, -2)) {
    assertEquals(outputs.filter(({ output_type }) => output_type === "error"), []);
  }
  assertEquals(endless.outputs?.map(({ output_type }) => output_type), ["display_data", "error"]);
  assertEquals(
    afterwards.outputs?.[0].data?.["text/plain"],
    [
      '"small-cnn is still here, trained on 2000 images"',
    ].join(""),
  );
}

/**
 * Goes through the page from top to bottom, since cells out of sight are not in it, and finds
 * every figure that the notebook holds, each with a size. Screenshots stay in runs/browser.
 */
async function checkFigures(page: Page, cells: readonly Cell[]): Promise<void> {
  await Deno.mkdir(ARTEFACTS, { recursive: true });
  const panel = page.locator(".jp-WindowedPanel-outer").first();
  await panel.evaluate((element) => element.scrollTo(0, 0));
  const seen = new Map<string, { width: number; height: number }>();
  for (let screen = 1, atEnd = false; !atEnd; screen++) {
    await page.waitForTimeout(300);
    const pictures = await page.locator(".jp-OutputArea-output img").all();
    for (const picture of pictures) {
      const source = await picture.getAttribute("src");
      const box = await picture.boundingBox();
      if (source !== null && box !== null) seen.set(source, box);
    }
    await page.screenshot({ path: join(ARTEFACTS, `notebook_03_${screen}.png`) });
    atEnd = await panel.evaluate((element) => {
      const before = element.scrollTop;
      element.scrollBy(0, element.clientHeight - 100);
      return element.scrollTop === before;
    });
  }
  assertEquals(seen.size, figuresOf(cells).length);
  for (const { width, height } of seen.values()) {
    assert(width > 400 && height > 150, `a figure is ${width} x ${height} pixels`);
  }
}

const figuresOf = (cells: readonly Cell[]) =>
  cells.flatMap(({ outputs = [] }) => outputs).filter(({ data = {} }) => "image/png" in data);
