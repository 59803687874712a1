import { VIEWS } from "../augmentation/mod.ts";
import { PRECISIONS } from "../tensorflow/mod.ts";
import { AUGMENTATIONS, type EpochMetrics, OPTIMIZERS, type Recipe } from "../training/mod.ts";
import { JsonFields } from "./json_fields.ts";
import { FEATURES, type KnnRecipe } from "./knn_recipes.ts";
import { provenanceFields } from "./provenance_fields.ts";
import { isKnnId, ROW_IDS, type RunResult, type SavedWeights } from "./run_result.ts";

const CLASSES = 10;
const TEST_IMAGES = 10_000;

/**
 * Reads the JSON of one measured run, strictly: no field may be missing, unknown, of
 * another type or out of its range, and fields that depend on each other must agree.
 * Whether the accuracy is right needs the labels: {@linkcode accuracyOf}.
 *
 * @param path The file's path, for the error messages only.
 * @throws {SyntaxError} If the text is not JSON or the predictions are not base64.
 * @throws {TypeError} If a field is missing, unknown or of another type.
 * @throws {RangeError} If a value is out of its range.
 */
export function parseRunResult(text: string, path: string): RunResult {
  return JsonFields.parse(text, path, (fields) => {
    const model = fields.oneOf("model", ROW_IDS);
    const measurement = {
      ...provenanceFields(fields, { mayBeAny: true }),
      backend: fields.string("backend"),
      seconds: fields.object("seconds", (seconds) => ({
        training: seconds.number("training"),
        evaluation: seconds.number("evaluation"),
      })),
      flopsPerImage: fields.number("flopsPerImage"),
    };
    if (isKnnId(model)) {
      const recipe = fields.object("recipe", knnRecipe);
      return {
        model,
        ...measurement,
        recipe,
        ...recipe.learning === undefined
          ? {
            seed: fields.null("seed"),
            parameters: fields.null("parameters"),
            weights: fields.null("weights"),
          }
          : {
            seed: fields.integer("seed"),
            parameters: fields.integer("parameters", { min: 1 }),
            weights: fields.object("weights", (weights) => ({
              dtype: weights.oneOf("dtype", ["int8"]),
              sha256: weights.string("sha256", /^[0-9a-f]{64}$/),
            })),
          },
        history: emptyHistory(fields),
        test: fields.object("test", (test) => ({ ...testResult(test), loss: test.null("loss") })),
      };
    }
    const recipe = fields.object("recipe", networkRecipe);
    return {
      model,
      ...measurement,
      recipe,
      seed: fields.integer("seed"),
      ...fields.has("workers") && { workers: fields.integer("workers", { min: 2 }) },
      parameters: fields.integer("parameters", { min: 1 }),
      history: history(fields, recipe),
      weights: fields.object("weights", savedWeights),
      test: fields.object("test", (test) => ({ ...testResult(test), loss: test.number("loss") })),
    };
  });
}

function knnRecipe(recipe: JsonFields): KnnRecipe {
  const metric = recipe.oneOf("metric", ["sqeuclidean", "learned"]);
  return {
    name: recipe.string("name"),
    k: recipe.integer("k", { min: 1 }),
    metric,
    weights: recipe.oneOf("weights", ["uniform", "distance"]),
    ...recipe.has("features") && { features: recipe.oneOf("features", FEATURES) },
    ...recipe.has("shifts") && { shifts: recipe.integer("shifts") },
    ...metric === "learned" && {
      learning: recipe.object("learning", (learning) => ({
        dimensions: learning.integer("dimensions", { min: 1 }),
        steps: learning.integer("steps", { min: 1 }),
        batchSize: learning.integer("batchSize", { min: 1 }),
        learningRate: learning.number("learningRate", { min: Number.MIN_VALUE }),
      })),
    },
  };
}

function networkRecipe(recipe: JsonFields): Recipe {
  const validation = recipe.integer("validation");
  const keep = recipe.oneOf("keep", ["last", "best"]);
  if (keep === "best" && validation === 0) {
    throw recipe.error("keep", "last where validation is 0");
  }
  return {
    name: recipe.string("name"),
    optimizer: recipe.oneOf("optimizer", OPTIMIZERS),
    learningRate: recipe.number("learningRate", { min: Number.MIN_VALUE }),
    batchSize: recipe.integer("batchSize", { min: 1 }),
    epochs: recipe.integer("epochs", { min: 1 }),
    loss: recipe.oneOf("loss", ["sparseCategoricalCrossentropy"]),
    validation,
    keep,
    ...recipe.has("augmentation") && {
      augmentation: recipe.oneOf("augmentation", AUGMENTATIONS),
    },
    ...recipe.has("schedule") && {
      schedule: recipe.object("schedule", (schedule) => ({
        name: schedule.oneOf("name", ["oneCycle", "warmupCosine"]),
        warmup: schedule.number("warmup", { max: 1 }),
      })),
    },
    ...recipe.has("weightDecay") && { weightDecay: recipe.number("weightDecay") },
    ...recipe.has("dropout") && { dropout: recipe.number("dropout", { max: 1 }) },
    ...recipe.has("labelSmoothing") && {
      labelSmoothing: recipe.number("labelSmoothing", { max: 1 }),
    },
    ...recipe.has("averageDecay") && { averageDecay: recipe.number("averageDecay", { max: 1 }) },
    ...recipe.has("precision") && {
      precision: recipe.oneOf("precision", PRECISIONS),
    },
    ...recipe.has("views") && { views: recipe.oneOf("views", VIEWS) },
  };
}

function history(fields: JsonFields, { epochs, validation }: Recipe): EpochMetrics[] {
  const history = fields.array("history", (entry, i) => ({
    epoch: entry.integer("epoch", { min: i + 1, max: i + 1 }),
    loss: entry.number("loss"),
    accuracy: entry.number("accuracy", { max: 1 }),
    ...(validation > 0 && {
      validation: entry.object("validation", (means) => ({
        loss: means.number("loss"),
        accuracy: means.number("accuracy", { max: 1 }),
      })),
    }),
    seconds: entry.number("seconds"),
  }));
  if (history.length !== epochs) {
    throw fields.error("history", `${epochs} epochs, as the recipe has`);
  }
  return history;
}

function emptyHistory(fields: JsonFields): never[] {
  return fields.array("history", () => {
    throw fields.error("history", "[] for neighbours");
  });
}

function savedWeights(weights: JsonFields): SavedWeights {
  return {
    dtype: weights.oneOf("dtype", ["float16", "float32"]),
    sha256: weights.string("sha256", /^[0-9a-f]{64}$/),
    classesChanged: weights.integer("classesChanged", { max: TEST_IMAGES }),
  };
}

function testResult(test: JsonFields): { accuracy: number; predictions: Uint8Array } {
  const accuracy = test.number("accuracy", { max: 1 });
  const predictions = test.bytes("predictions");
  if (predictions.length !== TEST_IMAGES) {
    throw test.error("predictions", `${TEST_IMAGES} bytes, not ${predictions.length}`);
  }
  const wrong = predictions.findIndex((prediction) => prediction >= CLASSES);
  if (wrong >= 0) {
    throw test.error(
      "predictions",
      `classes 0 to ${CLASSES - 1}, not ${predictions[wrong]} for image ${wrong}`,
    );
  }
  return { accuracy, predictions };
}
