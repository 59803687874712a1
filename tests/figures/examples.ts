import { LABELS } from "../../lib/dataset/mod.ts";
import * as figures from "../../lib/figures/mod.ts";
import { smallCnn } from "../../lib/models/mod.ts";

/** Texts that an SVG must escape. */
export const HARD = `a<b> & "c" ’d’ é 👟 </text><g x='`;

/** An image of 28 x 28 pixels that goes from 0 to 255. */
export const RAMP = Float32Array.from({ length: 784 }, (_, i) => 255 * i / 783);

/** 20 images that are wrong half of the time, and 10,000 surer ones that are nearly all right. */
export const CALIBRATION: Omit<figures.Calibration, "name"> = {
  confidence: 0.94,
  accuracy: 0.98,
  expectedCalibrationError: 0.04,
  bins: [
    { low: 0.6, high: 0.8, count: 20, confidence: 0.7, accuracy: 0.5, interval: [0.3, 0.7] },
    { low: 0.8, high: 1, count: 10_000, confidence: 0.94, accuracy: 0.98, interval: [0.97, 0.99] },
  ],
};

/** Every kind of figure, with {@linkcode HARD} wherever text can stand. */
export function examples(): Record<string, figures.Figure> {
  const text = { title: HARD, caption: HARD, alt: HARD };
  const axes = { ...text, xLabel: HARD, yLabel: HARD };
  const names = LABELS.with(3, HARD);
  const network = smallCnn({ seed: 0 });
  const blocks = figures.blocksOf(network);
  network.dispose();
  return {
    accuracyChart: figures.accuracyChart([
      { name: HARD, x: 1e5, accuracy: 0.88, interval: [0.87, 0.89], measured: true },
      { name: "other", x: 1e7, accuracy: 0.95, measured: false },
    ], axes),
    architectureDiagram: figures.architectureDiagram([
      { name: HARD, blocks },
      { name: "VGG16", blocks: figures.vggBlocks(figures.VGG16) },
    ], text),
    barChart: figures.barChart(
      names.map((label, i) => ({ label, value: 6000 - i, highlight: i === 1 })),
      { ...text, valueLabel: HARD },
    ),
    confusionHeatmap: figures.confusionHeatmap(
      names.map((_, row) => names.map((_, column) => row === column ? 900 : (row * column) % 7)),
      { labels: names, title: HARD },
    ),
    convolutionDiagram: figures.convolutionDiagram([[1, 2], [3, 4]], [[1, -1], [0, 0.5]], {
      output: [[1]],
      position: [0, 0],
      title: HARD,
    }),
    embeddingMap: figures.embeddingMap(names.map((_, i) => [i, i % 3]), {
      ...axes,
      labels: names.map((_, i) => i),
      names,
    }),
    embeddingMapOfImages: figures.embeddingMap(names.map((_, i) => [i, i % 3]), {
      ...axes,
      labels: names.map((_, i) => i),
      names,
      images: names.map(() => RAMP),
    }),
    histogram: figures.histogram([3, 0, 10, 1000], axes),
    logarithmicHistogram: figures.histogram([3, 0, 10, 1], { ...axes, yLog: true }),
    imageGrid: figures.imageGrid(
      names.map((label, i) => ({
        pixels: RAMP,
        label: `${label}\nsecond line`,
        mark: (["right", "wrong", undefined] as const)[i % 3],
      })),
      { ...text, columns: 5, rowLabels: [HARD, "Ankle boot"], columnLabels: LABELS.slice(5) },
    ),
    learningCurves: figures.learningCurves(
      [1, 2, 3].map((epoch) => ({
        epoch,
        loss: 1 / epoch,
        accuracy: 1 - 0.5 / epoch,
        validation: { loss: 1.1 / epoch, accuracy: 1 - 0.6 / epoch },
      })),
      { title: HARD },
    ),
    lineChart: figures.lineChart([
      { name: HARD, points: [{ x: 1, y: 10, low: 9, high: 11 }, { x: 2, y: 20 }] },
      { name: "other", points: [{ x: 1, y: 11 }, { x: 3, y: 19 }] },
    ], { ...axes, highlight: 2 }),
    mistakeGrid: figures.mistakeGrid(
      [{ index: 0, label: 3, prediction: 4, probability: 0.9 }],
      { image: () => RAMP },
      { labels: names, title: HARD, alt: HARD },
    ),
    poolingDiagram: figures.poolingDiagram([[1, 2], [3, 4]], {
      output: [[4]],
      poolSize: 2,
      stride: 2,
      title: HARD,
    }),
    predictionFigure: figures.predictionFigure(
      { image: RAMP, probabilities: [0.7, 0.3, ...new Array(8).fill(0)] },
      { ...text, names },
    ),
    reliabilityDiagram: figures.reliabilityDiagram([
      { ...CALIBRATION, name: HARD },
      { ...CALIBRATION, name: "other" },
    ], text),
    runsChart: figures.runsChart([
      { name: HARD, accuracies: [0.88, 0.9], interval: [0.87, 0.91] },
      { name: "other", accuracies: [0.95], interval: [0.94, 0.96] },
    ], text),
  };
}
