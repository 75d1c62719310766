/**
 * Kills the program at every change it makes to the disk during a whole ceremony, on real tokens, and has a new process resume it. One
 * process is the reference: it tells where the changes are, and which of the moments between them look alike on disk.
 */
import { readFileSync, rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyRoom, prepareTokenRoom } from '../support/token-room.ts';
import { checkEnding } from './check-ending.ts';
import type { Orders } from './child.ts';
import type { KillPoint, Seen } from './kill-points.ts';
import { bundleChild, runChild, type ChildBundle, type ChildRun } from './run-child.ts';

const NEVER: KillPoint = { change: -1, moment: 'before' };
/** Each waits for the disk most of its time. */
const AT_ONCE = 3;
/** All moments take three to four minutes on two idle processors, so the suite takes every second one; this runs them all. */
const EVERY_MOMENT = process.env['QUORATE_EVERY_MOMENT'] === '1';
/** For busy processors. */
const PATIENCE_MS = 2_400_000;

let base: string, bundle: ChildBundle;
beforeAll(async () => { base = await prepareTokenRoom(); bundle = await bundleChild(); });
afterAll(() => { bundle.remove(); rmSync(base, { recursive: true, force: true }); });

const run = (dir: string, changes: Partial<Orders>): Promise<ChildRun> => runChild(bundle, { dir, kill: NEVER, acknowledgedFile: `${dir}.ack`, seenFile: null, store: null, ...changes });
const forget = (dir: string): void => { for (const end of ['', '.ack', '.ack.killed', '.ack.orders.json', '.seen']) rmSync(`${dir}${end}`, { recursive: true, force: true }); };

/** Every moment of a whole ceremony, less those at which the disk is as it was at the moment before. */
const momentsOf = async (): Promise<readonly Seen[]> => {
  const dir = copyRoom(base);
  const reference = await run(dir, { seenFile: `${dir}.seen` });
  expect(reference.stderr).toBe('');
  expect(reference.ending && await checkEnding(dir, reference.ending, `${dir}.ack`)).toEqual([]);
  const seen = JSON.parse(readFileSync(`${dir}.seen`, 'utf8')) as Seen[];
  forget(dir);
  return seen.filter((one, index) => one.moment === 'half' || one.disk !== seen.slice(0, index).findLast((earlier) => earlier.moment !== 'half')?.disk);
};

interface Case { readonly kill: KillPoint; readonly what: string; /** Where the process that resumes is killed too, or null. */ readonly again: KillPoint | null }

const play = async ({ kill, what, again }: Case): Promise<readonly string[]> => {
  const dir = copyRoom(base);
  const killed = await run(dir, { kill });
  if (killed.signal !== 'SIGKILL' || readFileSync(`${dir}.ack.killed`, 'utf8') !== what) return [`not killed at ${what}: ${killed.signal} ${killed.stderr}`];
  if (again) await run(dir, { kill: again });
  const resumed = await run(dir, {});
  const faults = resumed.ending ? await checkEnding(dir, resumed.ending, `${dir}.ack`) : [`does not resume: ${resumed.stderr.slice(-900)}`];
  if (faults.length === 0) forget(dir);
  const told = faults.map((fault) => `${kill.moment} ${kill.change} ${what}${again ? ` then ${again.moment} ${again.change}` : ''}: ${fault} (${dir})`);
  for (const fault of told) console.error(fault);
  return told;
};

const playEach = async (cases: readonly Case[]): Promise<readonly string[]> => {
  const left = [...cases];
  const faults: string[] = [];
  const worker = async (): Promise<void> => { for (let next = left.shift(); next; next = left.shift()) faults.push(...(await play(next))); };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return faults;
};

/** Every third case is cut off a second time, while it recovers. */
const againAt = (index: number): KillPoint | null => (index % 3 === 0 ? { change: (index / 3) % 14, moment: (['after', 'half', 'before'] as const)[(index / 3) % 3]! } : null);

describe('a kill at any change of the disk', () => {
  it('loses nothing and does nothing twice: a new process takes the ceremony to its end', { timeout: PATIENCE_MS }, async () => {
    const moments = await momentsOf();
    // Line 0, every entry, every file of the folder, every sheet, every medium and every signature of the record was among them.
    for (const name of ['transcript.jsonl', 'plan.json', 'people/', 'manifest.dsse.json', 'root.crt', 'pop.csr', 'record.dsse.json', 'share-1-attempt-1.pdf', 'media/1/', 'media/2/'])
      expect(moments.some((one) => one.what.includes(name)), name).toBe(true);
    expect(moments.length).toBeGreaterThan(200);
    const cases = moments.map((one, index): Case => ({ kill: one, what: one.what, again: againAt(index) }));
    expect(await playEach(cases.filter((_, index) => EVERY_MOMENT || index % 2 === 0))).toEqual([]);
  });
});
