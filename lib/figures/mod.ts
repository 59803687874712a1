/**
 * Figures in one look, drawn by Observable Plot and shown as SVG and PNG, and tables as Markdown.
 * Each shows itself as the value of a notebook's cell; `figure.svg` and `figure.png()` serve
 * elsewhere.
 *
 * @module
 */
export { accuracyChart, type AccuracyPoint } from "./accuracy_chart.ts";
export {
  architectureDiagram,
  type Block,
  type BlockKind,
  blocksOf,
  type Network,
} from "./architecture_diagram.ts";
export { type Bar, barChart, type BarChartOptions } from "./bar_chart.ts";
export { confusionHeatmap } from "./confusion_heatmap.ts";
export { convolutionDiagram, type ConvolutionDiagramOptions } from "./convolution_diagram.ts";
export { DISPLAY, type Displayable, isDisplayable, type MediaBundle, METADATA } from "./display.ts";
export { embeddingMap, type EmbeddingMapOptions } from "./embedding_map.ts";
export { Figure, type FigureText } from "./figure.ts";
export { heatmap, type HeatmapOptions } from "./heatmap.ts";
export { histogram, type HistogramOptions } from "./histogram.ts";
export { type GridImage, imageGrid, type ImageGridOptions } from "./image_grid.ts";
export { imagesOf } from "./images_of.ts";
export { layerTable } from "./layer_table.ts";
export { type CurveEpoch, type CurveOptions, learningCurves } from "./learning_curves.ts";
export { lineChart, type LineChartOptions } from "./line_chart.ts";
export { mistakeGrid, type MistakenImage } from "./mistake_grid.ts";
export { type PixelColors, type Pixels } from "./pixels.ts";
export { poolingDiagram, type PoolingDiagramOptions } from "./pooling_diagram.ts";
export { type Prediction, predictionFigure } from "./prediction_figure.ts";
export { reliabilityDiagram } from "./reliability_diagram.ts";
export type { Calibration, CalibrationBin } from "./reliability_panel.ts";
export { type Runs, runsChart } from "./runs_chart.ts";
export type { Point, Series } from "./series.ts";
export { type Cell, type Table, table } from "./table.ts";
export { VGG16, vggBlocks, type VggPlan } from "./vgg_blocks.ts";
