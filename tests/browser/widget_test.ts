import { assert, assertEquals } from "@std/assert";
import { join } from "node:path";
import type { Page } from "playwright-core";
import {
  ARTEFACTS,
  CHROMIUM,
  ignore,
  type Lab,
  ROOT,
  save,
  startLab,
  writeNotebook,
} from "./lab.ts";

const COPY = "notebooks/widget_browser_test.ipynb";

/** Cells of the notebook: a figure that a reader changes, what the kernel knows, a plain widget. */
const CELLS = [
  `import * as figures from "../lib/figures/mod.ts";
import { checkbox, interact, select, slider, widget } from "../lib/notebook/mod.ts";
let known: unknown;`,
  `await interact({
  count: slider({ min: 1, max: 9, value: 3, label: "number of bars" }),
  name: select(["bar", "column"]),
  fails: checkbox(),
}, (values) => {
  known = values;
  if (values.fails) throw new RangeError("It was told to fail");
  const bars = Array.from({ length: values.count }, (_, i) => (
    { label: \`\${values.name} \${i}\`, value: i }
  ));
  return figures.barChart(bars, { valueLabel: "", title: "Bars", caption: "", alt: "Bars" });
});`,
  "JSON.stringify(known)",
  `const counter = widget({
  state: { count: 0 },
  esm: \`export default {
    render({ model, el }) {
      const button = document.createElement("button");
      const show = () => button.textContent = "pressed: " + model.get("count");
      model.on("change:count", show);
      show();
      button.onclick = () => {
        model.set("count", model.get("count") + 1);
        model.save_changes();
      };
      el.append(button);
    },
  }\`,
});
counter.onChange("count", (count) => console.log(\`the kernel knows of \${count}\`));
counter;`,
  `counter.set("count", 40);`,
];

Deno.test({
  name: "JupyterLab shows interact()'s controls, which redraw the figure that the notebook keeps",
  ignore,
  // The browser and the server are processes of their own, which the test waits for.
  sanitizeResources: false,
  sanitizeOps: false,
  fn: async () => {
    await writeNotebook(COPY, CELLS);
    const { chromium } = await import("playwright-core");
    const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
    const withPage = async (use: (page: Page, lab: Lab) => Promise<void>) => {
      const lab = await startLab(ROOT, {});
      const page = await browser.newPage({ viewport: { width: 1200, height: 1400 } });
      page.setDefaultTimeout(60_000);
      try {
        await page.goto(`${lab.url}/lab/tree/${COPY}?token=${lab.token}&reset`);
        await page.getByText(/Deno \| Idle/).waitFor();
        await use(page, lab);
      } finally {
        await page.close();
        await lab.stop();
      }
    };
    try {
      let figure: string | null = null;
      await withPage(async (page) => {
        await runAll(page);
        await moveControls(page);
        await checkKernel(page);
        await checkPlainWidget(page);
        figure = await picture(page).getAttribute("src");
        await save(page, COPY);
      });
      // A kernel that knows nothing of the controls.
      await withPage(async (page) => {
        await checkReopened(page, figure);
        await restart(page);
      });
    } finally {
      await browser.close();
      await Deno.remove(join(ROOT, COPY));
    }
  },
});

const cell = (page: Page, number: number) => page.locator(".jp-CodeCell").nth(number);
const picture = (page: Page) => cell(page, 1).locator(".jp-OutputArea-output img");

async function runAll(page: Page): Promise<void> {
  await page.getByText("Run", { exact: true }).first().click();
  await page.getByText("Run All Cells", { exact: true }).click();
  await page.getByText("pressed: 40").waitFor();
  await page.getByRole("slider", { name: "number of bars" }).waitFor();
  await picture(page).waitFor();
}

/** Does something that changes the figure, and waits until it does; says how long it takes. */
async function change(page: Page, what: string, act: () => Promise<unknown>): Promise<void> {
  const before = await picture(page).getAttribute("src");
  const started = performance.now();
  await act();
  while (await picture(page).getAttribute("src") === before) await page.waitForTimeout(5);
  console.log(`${what}: a new picture after ${Math.round(performance.now() - started)} ms`);
}

async function moveControls(page: Page): Promise<void> {
  await screenshot(page, "run");
  await page.getByRole("slider", { name: "number of bars" }).focus();
  for (const key of ["ArrowRight", "ArrowUp", "End"]) {
    await change(page, `Key ${key}`, () => page.keyboard.press(key));
  }
  await change(page, "List", () => page.getByLabel("name").selectOption("column"));
  await page.getByLabel("fails").focus();
  await page.keyboard.press("Space");
  await cell(page, 1).getByText("RangeError: It was told to fail").waitFor();
  await screenshot(page, "failed");
  await page.keyboard.press("Space");
  await picture(page).waitFor();
  await screenshot(page, "moved");
}

/** The kernel has the values that the page shows. */
async function checkKernel(page: Page): Promise<void> {
  await cell(page, 2).locator(".cm-content").click();
  await page.keyboard.press("Control+Enter");
  await cell(page, 2).getByText('{"count":9,"name":"column","fails":false}').waitFor();
}

/** A widget hears of the kernel, the kernel of it, and a page that is loaded again finds it. */
async function checkPlainWidget(page: Page): Promise<void> {
  await page.getByText("pressed: 40").click();
  await page.getByText("the kernel knows of 41").waitFor();
  await save(page, COPY);
  await page.reload();
  await page.getByText("pressed: 41").waitFor();
  // Outputs cannot reach a cell that this page has not run.
  await checkControlsAreGone(page);
}

async function checkReopened(page: Page, figure: string | null): Promise<void> {
  await checkControlsAreGone(page);
  assertEquals(await picture(page).getAttribute("src"), figure);
  await screenshot(page, "reopened");
  const { cells, metadata } = JSON.parse(await Deno.readTextFile(join(ROOT, COPY)));
  assertEquals("widgets" in metadata, false);
  const [controls, drawn]: { data: Record<string, unknown> }[] = cells[1].outputs;
  assertEquals(Object.keys(controls.data), ["text/html", "text/plain"]);
  assertEquals(Object.keys(drawn.data), ["image/png", "image/svg+xml", "text/plain"]);
}

/** Once the cells run again there are controls again, until the kernel goes. */
async function restart(page: Page): Promise<void> {
  await runAll(page);
  await page.locator(
    '[data-command="kernelmenu:restart"], [data-command="notebook:restart-kernel"]',
  )
    .first().click();
  await page.locator(".jp-Dialog").getByRole("button", { name: "Confirm Kernel Restart" }).click();
  await checkControlsAreGone(page);
  // A server that is told to end amid a restart does not.
  await page.getByText(/Deno \| Idle/).waitFor();
  await screenshot(page, "restarted");
}

async function checkControlsAreGone(page: Page): Promise<void> {
  await cell(page, 1).getByText("controls of the figure appear here").waitFor();
  assertEquals(await page.getByRole("slider").count(), 0);
  assert(await picture(page).isVisible());
}

async function screenshot(page: Page, name: string): Promise<void> {
  await Deno.mkdir(ARTEFACTS, { recursive: true });
  await page.screenshot({ path: join(ARTEFACTS, `widget_${name}.png`) });
}
