/**
 * How good a classifier is, and how sure one may be of it: predictions of a model,
 * counts over them, an interval around an accuracy, a test between two classifiers, and whether
 * they are right as often as they say.
 *
 * @module
 */
export { accuracy } from "./accuracy.ts";
export { accuracyInterval } from "./accuracy_interval.ts";
export { confidentMistakes, type Mistake } from "./confident_mistakes.ts";
export { type ConfusionMatrix, confusionMatrix } from "./confusion_matrix.ts";
export { argmaxRows, sparseCategoricalCrossentropy } from "./logits.ts";
export { evaluate, evaluatePredictions, type Evaluation } from "./evaluate.ts";
export { fitTemperature } from "./fit_temperature.ts";
export { holm } from "./holm.ts";
export { mcnemarExact, type McnemarTest } from "./mcnemar_exact.ts";
export { meanAndDeviation } from "./mean_and_deviation.ts";
export { type ClassScores, precisionAndRecall } from "./precision_and_recall.ts";
export { predict, type PredictOptions } from "./predict.ts";
export { type Reliability, reliability, type ReliabilityBin } from "./reliability.ts";
export { softmaxRows } from "./softmax.ts";
export { wilsonInterval } from "./wilson_interval.ts";
