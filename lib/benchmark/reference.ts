import since from "../../data/reference/since.json" with { type: "json" };
import studyA from "../../data/reference/study_a.json" with { type: "json" };
import studyB from "../../data/reference/study_b.json" with { type: "json" };

/** A figure that others published. It is theirs: nothing of it was measured here. */
export interface Published {
  /** Test accuracy, 0..1; the least where a range is given. */
  readonly accuracy: number;
  /** The greatest test accuracy, 0..1, where a range is given. */
  readonly upTo?: number;
  /** The standard deviation over runs, where one is given. */
  readonly sd?: number;
  /** Test loss. */
  readonly loss?: number;
  /** The number of parameters, as far as the source gives its digits. */
  readonly parameters?: number;
  /** Who published it, or where. */
  readonly source: string;
  /** What one should know before comparing it with another figure. */
  readonly note?: string;
}

/** One published classifier; if this project measures it too, `id` is the measured row's. */
export interface Reference extends Published {
  readonly id: string;
  readonly classifier: string;
}

/** Every published figure of data/reference: study A's, study B's, and what came since. */
export const REFERENCES: readonly Reference[] = [...studyA, ...studyB, ...since];
