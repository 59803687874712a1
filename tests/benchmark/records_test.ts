import { assertEquals, assertRejects } from "@std/assert";
import {
  appendRecord,
  reachesTarget,
  readRecords,
  recordRows,
  type TrainingRecord,
} from "../../lib/benchmark/mod.ts";

const RECORD: TrainingRecord = {
  model: "small-cnn",
  target: 0.9224,
  seeds: 10,
  accuracy: { mean: 0.9243, sd: 0.002 },
  seconds: 45.5,
  peerSeconds: 250,
  peer: {
    who: "Keras",
    versions: { keras: "3.15.1" },
    seeds: 5,
    accuracy: { mean: 0.918, sd: 0.003 },
  },
  machine: { cpu: "Example CPU", cores: 2, memoryGiB: 8, os: "linux" },
  versions: { deno: "2.9.6", tfjs: "4.22.0" },
  commit: "0123456789abcdef0123456789abcdef01234567",
  date: "2026-01-31T12:00:00Z",
};

async function withFile(use: (path: string) => Promise<void>): Promise<void> {
  const directory = await Deno.makeTempDir();
  try {
    await use(`${directory}/records.json`);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

Deno.test("appendRecord() adds to the file, and readRecords() reads them back, oldest first", () =>
  withFile(async (path) => {
    assertEquals(await readRecords(path), []);
    const { peer: _, peerSeconds: __, ...alone } = RECORD;
    await appendRecord(path, RECORD);
    await appendRecord(path, { ...alone, model: "compact", seeds: 3 });
    assertEquals(await readRecords(path), [RECORD, { ...alone, model: "compact", seeds: 3 }]);
  }));

Deno.test("readRecords() refuses a missing, an unknown or an impossible field by its name", () =>
  withFile(async (path) => {
    const broken: [object, string][] = [
      [{ ...RECORD, seconds: undefined }, "records[0].seconds"],
      [{ ...RECORD, hours: 1 }, "records[0].hours"],
      [{ ...RECORD, accuracy: { mean: 92.4, sd: 0 } }, "records[0].accuracy.mean"],
      [{ ...RECORD, commit: `${RECORD.commit}-dirty` }, "records[0].commit"],
    ];
    for (const [record, field] of broken) {
      await Deno.writeTextFile(path, JSON.stringify([record]));
      await assertRejects(() => readRecords(path), Error, field);
    }
  }));

Deno.test("appendRecord() leaves a damaged file as it is", () =>
  withFile(async (path) => {
    await Deno.writeTextFile(path, "[{]");
    await assertRejects(() => appendRecord(path, RECORD), SyntaxError, "records.json");
    assertEquals(await Deno.readTextFile(path), "[{]");
  }));

Deno.test("reachesTarget() asks for the mean, and lets it just reach the target", () => {
  const at = (mean: number) => reachesTarget({ ...RECORD, accuracy: { mean, sd: 0.01 } });
  assertEquals([at(0.9223), at(0.9224), at(0.9225)], [false, true, true]);
});

Deno.test("recordRows() say what was reached, in which share of the peer's time, and by whom", () => {
  const { peer: _, peerSeconds: __, ...alone } = RECORD;
  const rows = recordRows([RECORD, { ...alone, accuracy: { mean: 0.92, sd: 0 } }]);
  assertEquals(rows.map((row) => row["reached"]), ["yes", "no"]);
  assertEquals(rows.map((row) => row["share of the peer's time"]), ["0.18", "-"]);
  assertEquals(rows.map((row) => row["mean accuracy ± sd, %"]), ["92.43 ± 0.20", "92.00 ± 0.00"]);
  assertEquals(rows[0]["peer's accuracy, %"], "91.80 ± 0.30, 5 seeds");
});
