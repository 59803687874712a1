/** How a test of TensorFlow.js ended. */
export interface SpecResult {
  /** Its full name, with that of the backend left out. */
  readonly name: string;
  readonly status: "passed" | "failed" | "pending" | "excluded";
  /** What it says of its failure. */
  readonly message?: string;
}

/** Tests that are known to fail, for one reason. */
export interface Exception {
  readonly reason: string;
  readonly specs: readonly string[];
}

/** What a run of the suite came to. */
export interface Verdict {
  readonly passed: number;
  /** Left out by the suite's authors. */
  readonly skipped: number;
  /** Failed as listed. */
  readonly excepted: number;
  /** Failed, and are on no list. */
  readonly unlisted: readonly SpecResult[];
  /** Are listed, and did not fail. */
  readonly stale: readonly string[];
}

/**
 * Compares a run with the list of what is known to fail. The list is exact where nothing is
 * unlisted and nothing stale. A name that stands for several tests is listed as often as it fails.
 */
export function judge(results: readonly SpecResult[], exceptions: readonly Exception[]): Verdict {
  const listed = exceptions.flatMap(({ specs }) => specs);
  const unlisted: SpecResult[] = [];
  const stale = [...listed];
  for (const result of results.filter(({ status }) => status === "failed")) {
    const at = stale.indexOf(result.name);
    if (at === -1) unlisted.push(result);
    else stale.splice(at, 1);
  }
  return {
    passed: results.filter(({ status }) => status === "passed").length,
    skipped: results.filter(({ status }) => status === "pending" || status === "excluded").length,
    excepted: listed.length - stale.length,
    unlisted,
    stale,
  };
}
