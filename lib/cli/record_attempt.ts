import {
  appendRecord,
  JsonFields,
  measureNetwork,
  provenance,
  reachesTarget,
  RECORD_GOALS,
  type RecordId,
  type TrainingRecord,
} from "../benchmark/mod.ts";
import { median } from "../benchmark/speed/mod.ts";
import { loadFashionMnist } from "../dataset/mod.ts";
import { meanAndDeviation } from "../evaluation/mod.ts";
import { startChild } from "../processes/mod.ts";
import { type Backend } from "../tensorflow/mod.ts";
import { RECIPES, terminalProgress } from "../training/mod.ts";
import { DATA, PEERS, RESULTS } from "./folders.ts";
import { assertCommitted, keepResult, NETWORK_FILES } from "./keep_result.ts";
import { preparePython } from "./peers.ts";
import { prepareBackend } from "./prepare.ts";

/** How {@linkcode attemptRecord} goes. */
export interface RecordAttemptOptions {
  readonly backend?: string;
  /** How many runs of ours there are. */
  readonly seeds: number;
  /** After how many of ours the peer has a turn; never if 0. */
  readonly peerEvery: number;
  readonly signal: AbortSignal;
}

/** One run's part of a record. */
interface Turn {
  readonly seconds: number;
  readonly accuracy: number;
}

interface PeerTurn extends Turn {
  readonly versions: Readonly<Record<string, string>>;
}

/**
 * Attempts a record by the rules of data/results/RECORDS.md: trains each seed from scratch, keeps
 * the runs, and appends the record.
 *
 * @throws {RangeError} If the checkout's code is in no commit.
 */
export async function attemptRecord(
  id: RecordId,
  { backend: named, seeds, peerEvery, signal }: RecordAttemptOptions,
): Promise<TrainingRecord> {
  const backend = await prepareBackend({ backend: named, signal });
  const { machine, versions, commit, date } = await provenance(backend);
  assertCommitted({ model: id, commit });
  const python = peerEvery > 0 ? await preparePython("networks", { signal }) : "";
  const ours: Turn[] = [];
  const peers: PeerTurn[] = [];
  for (let seed = 0; seed < seeds; seed++) {
    ours.push(await ourTurn(id, { seed, backend, signal }));
    report("ours", ours);
    if (peerEvery > 0 && (seed + 1) % peerEvery === 0) {
      peers.push(await kerasTurn(python, { seed: peers.length, signal }));
      report("Keras", peers);
    }
  }
  const record: TrainingRecord = {
    model: id,
    target: RECORD_GOALS[id].target,
    seeds,
    accuracy: accuracyOf(ours),
    seconds: median(ours.map(({ seconds }) => seconds)),
    ...peers.length > 0 && {
      peerSeconds: median(peers.map(({ seconds }) => seconds)),
      peer: {
        who: "Keras, study A's recipe of ten epochs",
        versions: peers[0].versions,
        seeds: peers.length,
        accuracy: accuracyOf(peers),
      },
    },
    machine,
    versions,
    commit,
    date,
  };
  await appendRecord(`${RESULTS}/records.json`, record);
  console.log(JSON.stringify(record, null, 2));
  const percent = (100 * record.accuracy.mean).toFixed(2);
  const goal = (100 * record.target).toFixed(2);
  console.log(
    reachesTarget(record) ? `${percent} % reach ${goal} %` : `${percent} % fall short of ${goal} %`,
  );
  return record;
}

async function ourTurn(
  id: RecordId,
  { seed, backend, signal }: { seed: number; backend: Backend; signal: AbortSignal },
): Promise<Turn> {
  const started = performance.now();
  const data = await loadFashionMnist({ signal });
  const loading = (performance.now() - started) / 1000;
  const directory = await Deno.makeTempDir({ dir: `${DATA}/cache` });
  try {
    const result = await measureNetwork(id, data, {
      recipe: RECIPES[id][RECORD_GOALS[id].recipe],
      seed,
      directory,
      backend,
      warmUp: true,
      observer: terminalProgress(),
      signal,
    });
    await keepResult(result, { directory, files: NETWORK_FILES });
    return { seconds: loading + result.seconds.training, accuracy: result.test.accuracy };
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

async function kerasTurn(
  python: string,
  { seed, signal }: { seed: number; signal: AbortSignal },
): Promise<PeerTurn> {
  const { success, stdout } = await startChild(python, {
    args: [`${PEERS}/record_keras.py`, String(seed), `${DATA}/cache`],
    stdout: "piped",
    stderr: "inherit",
    signal,
  }).output();
  if (!success) throw new Error("Cannot record: Keras has failed");
  const lines = new TextDecoder().decode(stdout).trim().split("\n");
  return JsonFields.parse(lines[lines.length - 1], "what Keras says", (turn) => ({
    seconds: turn.number("seconds"),
    accuracy: turn.number("accuracy", { max: 1 }),
    versions: turn.strings("versions"),
  }));
}

function report(who: string, turns: readonly Turn[]): void {
  const { seconds, accuracy } = turns[turns.length - 1];
  const percent = (100 * accuracy).toFixed(2);
  console.error(`${who}, seed ${turns.length - 1}: ${percent} % in ${seconds.toFixed(1)} s`);
}

const accuracyOf = (turns: readonly Turn[]) =>
  meanAndDeviation(turns.map(({ accuracy }) => accuracy));
