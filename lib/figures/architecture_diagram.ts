import type * as tf from "@tensorflow/tfjs";
import { assertWhole } from "./checks.ts";
import { beside, type Drawing, rectangle, text, titled } from "./drawing.ts";
import { Figure, type FigureText } from "./figure.ts";
import { grouped } from "./numbers.ts";
import { STYLE } from "./style.ts";

/** What a block does with its input. */
export type BlockKind = "convolution" | "pooling" | "dense";

/** A layer, together with what only follows it: normalisation, activation, dropout. */
export interface Block {
  readonly kind: BlockKind;
  /** `Conv 3x3, 64`. */
  readonly name: string;
  /** The shape of its output for one image, `28 x 28 x 64`. */
  readonly output: string;
  readonly parameters: number;
}

/** A column of an {@linkcode architectureDiagram}. */
export interface Network {
  readonly name: string;
  readonly blocks: readonly Block[];
}

const FILLS: Readonly<Record<BlockKind, string>> = {
  convolution: "#cfe5f5",
  pooling: "#f6d5c0",
  dense: "#cdeadf",
};

const BLOCK = { width: 172, height: 22, gap: 4 };
const COLUMN = 340;

/**
 * Networks beside each other, a block for each layer with weights and for each pooling.
 *
 * @throws {RangeError} If there are no networks, or one has no blocks.
 */
export function architectureDiagram(
  networks: readonly Network[],
  text: FigureText,
): Figure {
  const action = "draw networks";
  assertWhole(networks.length, { action, name: "their number" });
  for (const { name, blocks } of networks) {
    assertWhole(blocks.length, { action, name: `the number of "${name}"'s blocks` });
  }
  return new Figure(beside(networks.map(column), { gap: 36 }), text);
}

/**
 * The blocks of a model: convolutions, poolings and dense layers, each with what follows it.
 *
 * @throws {TypeError} If the model has weights in a layer of another kind, or before its first
 *   block: they would be counted to a layer that they are no part of.
 */
export function blocksOf(model: tf.LayersModel): Block[] {
  const blocks: Block[] = [];
  for (const layer of model.layers) {
    const kind = kindOf(layer.getClassName());
    const parameters = layer.countParams();
    if (kind === undefined) {
      const last = blocks.pop();
      if (parameters > 0 && (last === undefined || layer.getClassName() !== "BatchNormalization")) {
        throw new TypeError(
          `Cannot picture layer "${layer.name}": it is a ${layer.getClassName()} with weights, ` +
            "expected a convolution, a dense layer or a batch normalisation after one",
        );
      }
      if (last !== undefined) blocks.push({ ...last, parameters: last.parameters + parameters });
      continue;
    }
    const { filters, units, kernelSize, poolSize } = layer.getConfig();
    const name = {
      convolution: `Conv ${sides(kernelSize)}, ${filters}`,
      pooling: poolSize === undefined ? "MaxPool of all" : `MaxPool ${sides(poolSize)}`,
      dense: `Dense ${units}`,
    }[kind];
    const output = [layer.outputShape].flat(2).slice(1).join(" x ");
    blocks.push({ kind, name, output, parameters });
  }
  return blocks;
}

function kindOf(className: string): BlockKind | undefined {
  switch (className) {
    case "Conv2D":
      return "convolution";
    case "MaxPooling2D":
    case "GlobalMaxPooling2D":
      return "pooling";
    case "Dense":
      return "dense";
    default:
      return undefined;
  }
}

const sides = (size: unknown) => [size].flat().join("x");

function column({ name, blocks }: Network): Drawing {
  const pitch = BLOCK.height + BLOCK.gap;
  const total = blocks.reduce((sum, { parameters }) => sum + parameters, 0);
  const base = (row: number) => row * pitch + BLOCK.height / 2 + STYLE.textSize * 0.36;
  const right = { x: COLUMN, anchor: "end", fill: STYLE.muted } as const;
  const rows = blocks.map(({ kind, name, output, parameters }, row) =>
    rectangle({
      x: 0,
      y: row * pitch,
      width: BLOCK.width - 40,
      height: BLOCK.height,
      rx: 3,
      fill: FILLS[kind],
    }) +
    text(name, { x: 10, y: base(row) }) +
    text(output, { x: BLOCK.width - 28, y: base(row), fill: STYLE.muted }) +
    (parameters === 0 ? "" : text(grouped(parameters), { ...right, y: base(row) }))
  );
  const end = text(`${grouped(total)} parameters`, {
    ...right,
    y: base(blocks.length),
    bold: true,
    fill: STYLE.ink,
  });
  return titled(name, {
    svg: rows.join("") + end,
    width: COLUMN,
    height: (blocks.length + 1) * pitch,
  });
}
