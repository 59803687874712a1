import { assertWhole } from "./checks.ts";
import { at, type Drawing, text } from "./drawing.ts";
import { textWidth } from "./font.ts";
import { imageFrame } from "./image_frame.ts";
import type { GridImage, ImageGridOptions } from "./image_grid.ts";
import { pixelSheet } from "./pixels.ts";
import { COLORS, STYLE } from "./style.ts";

const ACTION = "draw images";

/** The grid without the figure around it. */
export function gridDrawing(
  images: readonly GridImage[],
  {
    height = 28,
    width = 28,
    columns: mostColumns,
    scale = 2,
    outlined = false,
    rowLabels = [],
    columnLabels = [],
    ...colors
  }: ImageGridOptions,
): Drawing {
  assertWhole(images.length, { action: ACTION, name: "the number of images" });
  assertWhole(mostColumns, { action: ACTION, name: "columns" });
  const columns = Math.min(mostColumns, Math.max(images.length, columnLabels.length));
  assertLabels({ rowLabels, columnLabels }, { columns, rows: Math.ceil(images.length / columns) });
  const lineHeight = Math.ceil(STYLE.textSize * 1.25);
  const labelled = images.map(({ label = "" }) => label === "" ? [] : label.split("\n"));
  const labelLines = Math.max(0, ...labelled.map((lines) => lines.length));
  const widest = Math.max(
    0,
    ...[...labelled.flat(), ...columnLabels].map((line) =>
      textWidth(line, { size: STYLE.textSize })
    ),
  );
  const marked = images.some(({ mark }) => mark !== undefined);
  // Gaps are whole pixels of the images, since all images are one picture.
  const gapX = Math.ceil(Math.max(marked ? 8 : 4, widest + 8 - width * scale) / scale);
  const gapY = Math.ceil(
    (labelLines * lineHeight + (labelLines > 0 ? 12 : marked ? 8 : 4)) / scale,
  );
  const sheet = pixelSheet(images.map(({ pixels }) => pixels), {
    height,
    width,
    columns,
    scale,
    gapX,
    gapY,
    ...colors,
  });
  // Labels may be wider than the images, and so begin left of the first.
  const overhang = Math.max(0, (widest - width * scale) / 2);
  const rowRoom = rowLabels.length === 0
    ? 0
    : Math.max(...rowLabels.map((label) => textWidth(label, { size: STYLE.textSize }))) + 12;
  const left = rowRoom + overhang;
  const top = columnLabels.length === 0 ? 0 : lineHeight + 4;
  const pitchX = (width + gapX) * scale;
  const pitchY = (height + gapY) * scale;
  const middle = (column: number) => left + column * pitchX + width * scale / 2;
  const svg = [
    at(left, top, sheet),
    ...rowLabels.map((label, row) =>
      text(label, {
        x: rowRoom - 12,
        y: top + row * pitchY + height * scale / 2 + STYLE.textSize * 0.35,
        anchor: "end",
      })
    ),
    ...columnLabels.map((label, column) =>
      text(label, { x: middle(column), y: STYLE.textSize, anchor: "middle" })
    ),
    ...images.flatMap(({ mark }, i) => {
      const column = i % columns;
      const x = left + column * pitchX;
      const y = top + Math.floor(i / columns) * pitchY;
      const lines = labelled[i].map((line, n) =>
        text(line, {
          x: middle(column),
          y: y + height * scale + 4 + STYLE.textSize + n * lineHeight,
          anchor: "middle",
          fill: mark === "wrong" ? COLORS.vermilion : STYLE.ink,
        })
      );
      const kind = mark ?? (outlined ? "outline" : undefined);
      return kind === undefined
        ? lines
        : [imageFrame(kind, { x, y, width, height, scale }), ...lines];
    }),
  ];
  return {
    svg: svg.join(""),
    width: left + sheet.width + overhang,
    height: top + sheet.height + (labelLines === 0 ? 0 : 4 + labelLines * lineHeight + 2),
  };
}

function assertLabels(
  { rowLabels, columnLabels }: Record<"rowLabels" | "columnLabels", readonly string[]>,
  { columns, rows }: { columns: number; rows: number },
): void {
  if (rowLabels.length > rows || columnLabels.length > columns) {
    throw new RangeError(
      `Cannot ${ACTION}: there are labels for ${rowLabels.length} rows and ` +
        `${columnLabels.length} columns, expected at most ${rows} and ${columns}`,
    );
  }
}
