import type { Peer } from "./peer.ts";

/** Seconds that a turn should take: long beside a clock's tick, short beside a machine's moods. */
const TURN_SECONDS = 2;

/** A variant slower than this share of its peer's fastest is not raced: no mood is that bad. */
const HOPELESS = 0.7;

/** How fast a contestant's fastest variant was. */
export interface Standing {
  readonly who: string;
  /** The variant that counted, being the fastest of this contestant's. */
  readonly variant: string;
  /** Runs a second, the median over the rounds. */
  readonly runsPerSecond: number;
  /** How many times as many as this contestant's the first one's are: the median over the rounds. */
  readonly ratio: number;
}

interface Contestant {
  readonly who: string;
  readonly peer: Peer;
  readonly variant: string;
  /** How many runs make a turn. */
  readonly times: number;
  readonly warmUpSpeed: number;
}

/** How {@linkcode race} goes. */
export interface RaceOptions {
  /** How many turns each contestant has. */
  readonly rounds: number;
  /** What a variant is called in the table, if not by its peer's name. */
  readonly whoOf?: (peer: Peer, variant: string) => string;
  /** Stops it. */
  readonly signal?: AbortSignal;
  /** Is told what happens. */
  readonly log?: (line: string) => void;
}

/**
 * Measures peers in turns, so that a slow minute of the machine is everybody's. Each peer first
 * tries all its variants; those that do not work, or are far slower than its fastest, are left
 * out, and of the others the fastest counts. The first peer is the one that the others are
 * compared with, round by round.
 *
 * @throws {RangeError} If none of the first peer's variants works.
 * @throws {Error} If a peer ends while it races, as where the signal ends it.
 */
export async function race(
  peers: readonly Peer[],
  { rounds, whoOf = ({ who }) => who, signal, log = () => {} }: RaceOptions,
): Promise<Standing[]> {
  const contestants: Contestant[] = [];
  for (const peer of peers) {
    for (const variant of peer.variants) {
      const who = whoOf(peer, variant);
      try {
        contestants.push({ who, peer, variant, ...await warmUp(peer, variant) });
      } catch (error) {
        signal?.throwIfAborted();
        log(`passed over: ${error instanceof Error ? error.message : error}`);
        continue;
      }
      const { warmUpSpeed } = contestants[contestants.length - 1];
      log(`${who}, ${variant}: ${warmUpSpeed.toPrecision(3)} runs a second`);
    }
  }
  if (contestants[0]?.peer !== peers[0]) {
    throw new RangeError(`Cannot race: ${peers[0]?.who} fails`);
  }
  const racing = contestants.filter(({ who, warmUpSpeed }) =>
    contestants.every((other) => other.who !== who || warmUpSpeed > HOPELESS * other.warmUpSpeed)
  );
  const laps = racing.map(({ who, variant }) => ({ who, variant, speeds: [] as number[] }));
  for (let round = 0; round < rounds; round++) {
    for (const [i, { peer, variant, times }] of racing.entries()) {
      laps[i].speeds.push(times / await peer.seconds(variant, times));
    }
    log(`round ${round + 1} of ${rounds}`);
  }
  const fastest = Object.values(Object.groupBy(laps, ({ who }) => who)).flatMap((group = []) =>
    group.toSorted((a, b) => median(b.speeds) - median(a.speeds)).slice(0, 1)
  );
  return fastest.map(({ who, variant, speeds }) => ({
    who,
    variant,
    runsPerSecond: median(speeds),
    ratio: median(fastest[0].speeds.map((speed, round) => speed / speeds[round])),
  }));
}

/** Runs a variant until it is compiled and its caches are warm; fits a turn's length to it. */
async function warmUp(
  peer: Peer,
  variant: string,
): Promise<{ times: number; warmUpSpeed: number }> {
  await peer.seconds(variant, 1);
  let times = 1;
  let seconds = await peer.seconds(variant, times);
  for (let turn = 0; turn < 2; turn++) {
    times = Math.max(1, Math.round(times * TURN_SECONDS / seconds));
    seconds = await peer.seconds(variant, times);
  }
  return { times, warmUpSpeed: times / seconds };
}

/** The middle one of some numbers, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return (sorted[Math.ceil(middle) - 1] + sorted[Math.floor(middle)]) / 2;
}
