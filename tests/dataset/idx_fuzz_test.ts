import { assert, assertStrictEquals } from "@std/assert";
import { gzipSync } from "node:zlib";
import { gunzip } from "../../lib/dataset/files/gunzip.ts";
import { decodeIdxImages, decodeIdxLabels } from "../../lib/dataset/mod.ts";
import { randomStream } from "../../lib/tensorflow/mod.ts";
import { idxBytes } from "./idx_bytes.ts";

const MUTATIONS = 10_000;
const EXTREMES = [0, 1, 27, 29, 0x7fffffff, 0x80000000, 0xffffffff, 0x801, 0x803];
// Room for a mutated stream that decompresses to more than what it was made from.
const MAX_BYTE_LENGTH = 4_096;

const pixels = Uint8Array.from({ length: 3 * 784 }, (_, i) => (i * i) % 256);
const images = idxBytes([0x803, 3, 28, 28], pixels);
const labels = idxBytes([0x801, 12], Array.from({ length: 12 }, (_, i) => i % 10));
const seeds = [images, labels, new Uint8Array(gzipSync(images)), new Uint8Array(gzipSync(labels))];

type Random = (below: number) => number;

/** The ways in which a file goes wrong; each gives bytes of its own. */
const mutations: ((bytes: Uint8Array, random: Random) => Uint8Array)[] = [
  function flipBits(bytes, random) {
    const flipped = bytes.slice();
    for (let n = 1 + random(4); n > 0; n--) flipped[random(bytes.length)] ^= 1 << random(8);
    return flipped;
  },
  function truncate(bytes, random) {
    return bytes.slice(0, random(bytes.length));
  },
  function extend(bytes, random) {
    return Uint8Array.from([
      ...bytes,
      ...Array.from({ length: 1 + random(40) }, () => random(256)),
    ]);
  },
  function splice(bytes, random) {
    const other = seeds[random(seeds.length)];
    return Uint8Array.from([
      ...bytes.subarray(0, random(bytes.length)),
      ...other.subarray(random(other.length)),
    ]);
  },
  function setInteger(bytes, random) {
    const changed = bytes.slice();
    const offset = 4 * random(Math.min(5, Math.floor(bytes.length / 4)));
    new DataView(changed.buffer).setUint32(offset, EXTREMES[random(EXTREMES.length)]);
    return changed;
  },
];

/** What `decode` gives, or undefined where it throws an error of ours. */
function attempt(decode: () => Uint8Array): Uint8Array | undefined {
  try {
    return decode();
  } catch (error) {
    const ours = error instanceof SyntaxError || error instanceof RangeError;
    assert(ours && error.message.startsWith("Cannot de"), `not our error: ${error}`);
    return undefined;
  }
}

Deno.test(`decodeIdxImages(), decodeIdxLabels() and gunzip() survive ${MUTATIONS} mutations`, () => {
  const stream = randomStream(0, "fuzz");
  const random: Random = (below) => Math.floor(stream() * below);
  let rejected = 0;
  for (let n = 0; n < MUTATIONS; n++) {
    const bytes = mutations[n % mutations.length](seeds[random(seeds.length)], random);

    const unpacked = attempt(() => gunzip(bytes, { maxByteLength: MAX_BYTE_LENGTH }));
    assert((unpacked?.length ?? 0) <= MAX_BYTE_LENGTH);

    const input = unpacked ?? bytes;
    const decodedImages = attempt(() => decodeIdxImages(input));
    const decodedLabels = attempt(() => decodeIdxLabels(input));
    for (const decoded of [decodedImages, decodedLabels]) {
      if (decoded === undefined) continue;
      assertStrictEquals(decoded.buffer, input.buffer, "nothing is allocated");
    }
    assert(decodedImages === undefined || decodedImages.length % 784 === 0);
    assert(decodedLabels === undefined || decodedLabels.every((label) => label < 10));
    if (decodedImages === undefined && decodedLabels === undefined) rejected++;
  }
  // Otherwise the mutations were too timid, or too wild, to try the decoders.
  assert(rejected > MUTATIONS / 2 && rejected < MUTATIONS, `${rejected} were rejected`);
});
