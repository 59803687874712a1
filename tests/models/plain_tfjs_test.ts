import { assertEquals } from "@std/assert";
import { fileURLToPath } from "node:url";
import { isKnnResult, readResults } from "../../lib/benchmark/mod.ts";
import { fashionMnistAvailable } from "../fashion_mnist.ts";
import { granted } from "../permissions.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const PLAIN = "tests/peers/plain_tfjs.ts";
const COUNT = 200;

Deno.test({
  name: "committed weights give the recorded classes in a program of plain TensorFlow.js",
  ignore: !granted("read", "run", { name: "net", host: "127.0.0.1" }) || !fashionMnistAvailable(),
  async fn() {
    const server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen() {} },
      async (request) => {
        const { pathname } = new URL(request.url);
        return new Response(await Deno.readFile(`${ROOT}/data/weights${pathname}`));
      },
    );
    try {
      const results = await readResults(`${ROOT}/data/results`);
      for (const run of results) {
        if (run.seed !== 0 || isKnnResult(run)) continue;
        const { model, test, recipe: { views = "" } } = run;
        const address = `http://127.0.0.1:${server.addr.port}/${model}/model.json`;
        const images = `${ROOT}/data/cache/t10k-images-idx3-ubyte`;
        const { stdout } = await new Deno.Command(Deno.execPath(), {
          args: ["run", "--allow-all", PLAIN, address, images, `${COUNT}`, views],
          cwd: ROOT,
          stderr: "inherit",
        }).output();
        const classes = JSON.parse(
          new TextDecoder().decode(stdout).trim().split("\n").at(-1) ?? "",
        );
        assertEquals(classes, [...test.predictions.subarray(0, COUNT)], model);
      }
    } finally {
      await server.shutdown();
    }
  },
});
