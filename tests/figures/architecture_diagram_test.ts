import { assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { architectureDiagram, blocksOf, VGG16, vggBlocks } from "../../lib/figures/mod.ts";
import { compact, smallCnn, vgg } from "../../lib/models/mod.ts";
import { textsOf } from "./svg.ts";

await tf.setBackend("cpu");

const TEXT = { title: "Title", caption: "Caption", alt: "Alt" };

/** The blocks of a model that is not needed further. */
function blocks(model: tf.LayersModel) {
  const made = blocksOf(model);
  model.dispose();
  return made;
}

Deno.test("blocksOf() gives study A's layers with their parameters", () => {
  const made = blocks(smallCnn({ seed: 0 }));
  assertEquals(made.map(({ name, output, parameters }) => [name, output, parameters]), [
    ["Conv 3x3, 32", "28 x 28 x 32", 320],
    ["MaxPool 2x2", "14 x 14 x 32", 0],
    ["Conv 3x3, 64", "14 x 14 x 64", 18_496],
    ["MaxPool 2x2", "7 x 7 x 64", 0],
    ["Dense 128", "128", 401_536],
    ["Dense 10", "10", 1_290],
  ]);
  assertEquals(made.reduce((sum, { parameters }) => sum + parameters, 0), 421_642);
});

Deno.test("blocksOf() counts study B's batch normalisations to the layers before them", () => {
  const made = blocks(vgg({ seed: 0 }));
  assertEquals(made.map(({ kind, parameters }) => [kind, parameters]), [
    ["convolution", 640 + 256],
    ["convolution", 36_928 + 256],
    ["pooling", 0],
    ["convolution", 73_856 + 512],
    ["convolution", 147_584 + 512],
    ["pooling", 0],
    ["convolution", 295_168 + 1_024],
    ["convolution", 590_080 + 1_024],
    ["pooling", 0],
    ["dense", 4_720_640 + 8_192],
    ["dense", 20_490],
  ]);
  assertEquals(made.reduce((sum, { parameters }) => sum + parameters, 0), 5_897_162);
});

Deno.test("blocksOf() ends our network's convolutions with a pooling of all places", () => {
  const made = blocks(compact({ seed: 0 }));
  assertEquals(made.slice(-3).map(({ name, output }) => [name, output]), [
    ["Conv 3x3, 256", "3 x 3 x 256"],
    ["MaxPool of all", "256"],
    ["Dense 10", "10"],
  ]);
  assertEquals(made.reduce((sum, { parameters }) => sum + parameters, 0), 512_154);
});

Deno.test("blocksOf() rejects weights that belong to no block", () => {
  const first = tf.sequential({
    layers: [tf.layers.batchNormalization({ inputShape: [4] }), tf.layers.dense({ units: 2 })],
  });
  assertThrows(() => blocks(first), TypeError, "it is a BatchNormalization with weights");
  const separable = tf.sequential({
    layers: [
      tf.layers.conv2d({ inputShape: [8, 8, 1], filters: 2, kernelSize: 3 }),
      tf.layers.separableConv2d({ name: "other", filters: 2, kernelSize: 3 }),
    ],
  });
  assertThrows(
    () => blocks(separable),
    TypeError,
    'Cannot picture layer "other": it is a SeparableConv2D with weights',
  );
});

Deno.test("vggBlocks() has VGG16's layers and parameters", () => {
  const made = vggBlocks(VGG16);
  assertEquals(made.filter(({ kind }) => kind === "convolution").length, 13);
  // Simonyan and Zisserman, table 2: 138 million; Keras's VGG16 has 138,357,544.
  assertEquals(made.reduce((sum, { parameters }) => sum + parameters, 0), 138_357_544);
  assertEquals(made.at(-4)?.output, "7 x 7 x 512");
});

Deno.test("architectureDiagram() writes each block's name, output and parameters, and the sum", () => {
  const small = blocks(smallCnn({ seed: 0 }));
  const figure = architectureDiagram([{ name: "small", blocks: small }], TEXT);
  const words = textsOf(figure).map(({ content }) => content);
  for (const word of ["small", "Conv 3x3, 64", "14 x 14 x 64", "18,496", "421,642 parameters"]) {
    assertEquals(words.filter((one) => one === word).length, 1, word);
  }
});

Deno.test("architectureDiagram() rejects no networks, and one without blocks", () => {
  assertThrows(() => architectureDiagram([], TEXT), RangeError, "their number is 0, expected");
  assertThrows(
    () => architectureDiagram([{ name: "empty", blocks: [] }], TEXT),
    RangeError,
    `Cannot draw networks: the number of "empty"'s blocks is 0`,
  );
});
