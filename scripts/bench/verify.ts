/**
 * The verifier on a long archive in memory, beside its hashing and signature checks alone: the very calls that it makes, recorded once and
 * made again with nothing between them. One process; node:crypto for both, or the code of verify.html for both.
 */
import { nodePorts } from '../../electron/verify/node-ports.ts';
import { purePorts } from '../../shared/verify/pure-ports.ts';
import type { VerifyPorts } from '../../shared/verify/ports.ts';
import { verifyFound } from '../../shared/verify/verify-archive.ts';
import { longArchive, type LongArchive } from './long-archive.ts';
import { inPairs, timed, type Bench } from './measure.ts';

const CEREMONIES = 32, EACH = 3125, RUNS = 9, MEGABYTE = 1_048_576;

const verify = ({ found, head }: LongArchive, ports: VerifyPorts): void => {
  const { exitStatus, headline } = verifyFound({ name: 'archive', path: 'archive' }, found, head, ports);
  if (exitStatus !== 0) throw new Error(headline);
};

interface Recorded { readonly calls: readonly (() => unknown)[]; readonly signatures: number }
/** Every call of a port that a whole verification makes. */
const record = (archive: LongArchive, ports: VerifyPorts): Recorded => {
  const calls: (() => unknown)[] = [];
  let signatures = 0;
  const { checkSignature, checkKeySignature, secondReading, chain } = ports;
  const note = <T>(call: () => T): T => { calls.push(call); return call(); };
  verify(archive, {
    checkSignature: (...given) => { signatures++; return note(() => checkSignature(...given)); },
    checkKeySignature: (...given) => { signatures++; return note(() => checkKeySignature(...given)); },
    secondReading: secondReading && ((...given) => note(() => secondReading(...given))),
    chain: { latin1: chain.latin1, digest: (line) => note(() => chain.digest(line)) },
  });
  return { calls, signatures };
};
const perSecond = (count: number, ms: number): number => Math.round((count / ms) * 1000);

/** At least half as fast as its hashing and signature checks alone. */
const AIM = 0.5;
/** How fast beside the limit. `ours` and `limit` are entries a second. */
const beside = (name: string, ports: VerifyPorts, runs: number, mustReach: number): Bench => ({
  name,
  run: async () => {
    const archive = longArchive(CEREMONIES, EACH), { calls, signatures } = record(archive, ports), before = process.memoryUsage().rss;
    const times = await inPairs(runs, { ours: () => timed(async () => { verify(archive, ports); }), peer: () => timed(async () => { for (const call of calls) call(); }) });
    return {
      name, ours: perSecond(archive.entries, times.ours), limit: perSecond(archive.entries, times.peer), unit: 'per second', ratio: Number((1 / times.ratio).toFixed(3)), runs, mustReach,
      facts: { entries: archive.entries, signatures, megabytes: Math.round(archive.bytes / MEGABYTE), oursMs: times.ours, limitMs: times.peer, memoryMegabytes: Math.round((process.memoryUsage().rss - before) / MEGABYTE) },
    };
  },
});
export const verifyLong = beside('verify', nodePorts, RUNS, AIM);
/** The same with the signatures and hashes of verify.html. */
export const verifyPage = beside('verify-page', purePorts, 3, AIM);

const QUARTER = 4, MOST_GROWTH = 1.3;
/** Time of an entry in an archive of four times the length, and in a ceremony of four times the length: the larger of both, to one of the short. */
export const verifyGrowth: Bench = {
  name: 'verify-growth',
  run: async () => {
    const short = longArchive(CEREMONIES / QUARTER, EACH), wide = longArchive(CEREMONIES, EACH), deep = longArchive(CEREMONIES / QUARTER, EACH * QUARTER);
    const perEntry = (archive: LongArchive) => async (): Promise<number> => await timed(async () => { verify(archive, nodePorts); }) / archive.entries;
    const ratios: number[] = [];
    for (const long of [wide, deep]) ratios.push((await inPairs(RUNS, { ours: perEntry(long), peer: perEntry(short) })).ratio);
    const ratio = Math.max(...ratios);
    return { name: 'verify-growth', ours: ratio, limit: MOST_GROWTH, unit: 'ms', ratio: Number((ratio / MOST_GROWTH).toFixed(3)), runs: RUNS, mustReach: 1, facts: { archiveOfFourTimes: ratios[0]!, ceremonyOfFourTimes: ratios[1]! } };
  },
};
