import { assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { ARTEFACTS, CHROMIUM, ignore, ROOT, save, startLab, writeNotebook } from "./lab.ts";

const COPY = "notebooks/outputs_browser_test.ipynb";

const LINES = 10_000;
const DISPLAYS = 1_000;

const CELLS = [
  `for (let i = 0; i < ${LINES}; i++) console.log(\`line \${i}\`);\n"all lines"`,
  `for (let i = 0; i < ${DISPLAYS}; i++) {
  await Deno.jupyter.display({ "text/plain": String(i) }, { raw: true });
}
setTimeout(() => console.log("later"), 50);
"all displays"`,
  `await new Promise((resolve) => setTimeout(resolve, 200));
console.log("out"); console.error("err"); "in order"`,
  `/** Doubles a number. */
function double(value: number): number {
  return 2 * value;
}
const wrong: number = "a text";`,
  `double(`,
];

interface Output {
  readonly output_type: string;
  readonly text?: string;
  readonly data?: Record<string, string>;
  readonly evalue?: string;
}

Deno.test({
  name: "JupyterLab keeps ten thousand lines and a thousand displays, each under its cell",
  ignore,
  // The browser and the server are processes of their own, which the test waits for.
  sanitizeResources: false,
  sanitizeOps: false,
  fn: async () => {
    await writeNotebook(COPY, CELLS);
    const lab = await startLab(ROOT, {});
    const { chromium } = await import("playwright-core");
    const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
    try {
      const page = await browser.newPage({ viewport: { width: 1200, height: 1400 } });
      page.setDefaultTimeout(60_000);
      await page.goto(`${lab.url}/lab/tree/${COPY}?token=${lab.token}&reset`);
      await page.getByText(/Deno \| Idle/).waitFor();
      await page.getByText("Run", { exact: true }).first().click();
      await page.getByText("Run All Cells", { exact: true }).click();
      await page.getByText("Type error, line 5").waitFor();
      await describe(page);
      await save(page, COPY);
      const response = await fetch(`${lab.url}/api/contents/${COPY}?token=${lab.token}`);
      const { content } = await response.json();
      checkOutputs(content.cells.map(({ outputs }: { outputs: Output[] }) => outputs));
    } finally {
      await browser.close();
      await lab.stop();
      await Deno.remove(join(ROOT, COPY));
    }
  },
});

/** Shift-Tab within a call shows what is called, with its documentation. */
async function describe(page: Page): Promise<void> {
  await Deno.mkdir(ARTEFACTS, { recursive: true });
  const cell = page.locator(".jp-CodeCell", { hasText: "double(" }).last();
  await cell.locator(".cm-content").click();
  await page.keyboard.press("Control+End");
  await page.keyboard.press("Shift+Tab");
  await page.locator(".jp-Tooltip").getByText("Doubles a number.").waitFor();
  await page.screenshot({ path: join(ARTEFACTS, "outputs.png") });
  await page.keyboard.press("Escape");
}

function checkOutputs([lines, displays, mixed, wrong, broken]: Output[][]): void {
  const textOf = (outputs: Output[]) => outputs.map(({ text = "" }) => text).join("");
  const valuesOf = (outputs: Output[]) =>
    outputs.flatMap(({ data }) => data === undefined ? [] : [data["text/plain"]]);
  const printed = Array.from({ length: LINES }, (_, i) => `line ${i}\n`).join("");
  assertEquals([textOf(lines), valuesOf(lines)], [printed, ['"all lines"']]);
  const shown = Array.from({ length: DISPLAYS }, (_, i) => String(i));
  assertEquals(valuesOf(displays), [...shown, '"all displays"']);
  assertEquals(textOf(displays), "later\n");
  assertEquals([textOf(mixed), valuesOf(mixed)], ["out\nerr\n", ['"in order"']]);
  assertEquals(valuesOf(wrong), [
    "Type error, line 5: Type 'string' is not assignable to type 'number'.",
  ]);
  assertEquals(broken.map(({ output_type }) => output_type), ["error"]);
  assertStringIncludes(String(broken[0].evalue), "expected");
}
