/**
 * Kills recovery and re-share as every-write does the generation: at changes of the disk, on real tokens, one of them a custodian's card.
 * Every change around an effect is among the moments; of the others a sample.
 */
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { custodyOf, keyPlan } from '../../shared/ceremony/people.ts';
import type { Plan } from '../../shared/ceremony/plan-schema.ts';
import { planOfRoom, prepareCustodyRoom, playGeneration, planNext } from '../support/custody-room.ts';
import { copyRoom } from '../support/token-room.ts';
import { checkCustody, checkOldWrapped, type Objects } from './check-custody.ts';
import type { Orders } from './child.ts';
import type { KillPoint, Seen } from './kill-points.ts';
import { bundleChild, runChild, type ChildBundle, type ChildRun } from './run-child.ts';

const NEVER: KillPoint = { change: -1, moment: 'before' };
/** Each waits for the disk most of its time. */
const AT_ONCE = 3;
/** Of the moments that are about no effect, every so many-th. */
const SAMPLE = 17;

type Kind = 'recovery' | 're-share';
interface Place { readonly dir: string; readonly plan: Plan; readonly look: readonly string[]; readonly before: Objects }
let bundle: ChildBundle;
const places = new Map<Kind, Place>();

const run = (dir: string, changes: Partial<Orders>, look: readonly string[]): Promise<ChildRun> =>
  runChild(bundle, { dir, kill: NEVER, acknowledgedFile: `${dir}.ack`, seenFile: null, store: null, number: 2, look, ...changes });
const forget = (dir: string): void => { for (const end of ['', '.ack', '.ack.killed', '.ack.orders.json', '.seen']) rmSync(`${dir}${end}`, { recursive: true, force: true }); };

/** Lists every token without playing: the generation is over, so the child only looks. */
const objectsIn = async (generation: string, look: readonly string[]): Promise<Objects> => {
  const dir = copyRoom(generation), looked = await run(dir, { number: 1 }, look);
  forget(dir);
  if (!looked.ending) throw new Error(looked.stderr);
  return looked.ending.objects;
};

beforeAll(async () => {
  bundle = await bundleChild();
  const generation = await prepareCustodyRoom({ custody: { bruno: { carrier: 'card', sheet: 'standard' } } });
  const made = keyPlan(planOfRoom(generation));
  await playGeneration(generation);
  const old = [made.hsm.serial!, made.hsm.secondSerial!, ...made.people.flatMap((person) => custodyOf(person).card?.serial ?? [])];
  const before = await objectsIn(generation, old);
  for (const kind of ['recovery', 're-share'] as const) {
    const dir = copyRoom(generation), plan = keyPlan(await planNext(dir, { kind }));
    places.set(kind, { dir, plan, look: kind === 'recovery' ? [plan.hsm.serial!, ...old] : old, before });
  }
  rmSync(generation, { recursive: true, force: true });
}, 120_000);
afterAll(() => { bundle.remove(); for (const { dir } of places.values()) rmSync(dir, { recursive: true, force: true }); });

/** Every moment of a whole ceremony, less those at which the disk is as it was at the moment before. */
const momentsOf = async ({ dir: base, before, look }: Place): Promise<readonly Seen[]> => {
  const dir = copyRoom(base), reference = await run(dir, { seenFile: `${dir}.seen` }, look);
  expect(reference.stderr).toBe('');
  expect(reference.ending && await checkCustody(dir, reference.ending, `${dir}.ack`, before)).toEqual([]);
  const seen = JSON.parse(readFileSync(`${dir}.seen`, 'utf8')) as Seen[];
  forget(dir);
  return seen.filter((one, index) => one.moment === 'half' || one.disk !== seen.slice(0, index).findLast((earlier) => earlier.moment !== 'half')?.disk);
};
const isAboutEffect = ({ during }: Seen): boolean => /^(intent|result|failed|share-read|copy-accounted|set-superseded)/.test(during);
const isNew = (one: Seen, index: number, all: readonly Seen[]): boolean => all.findIndex(({ during, moment }) => during === one.during && moment === one.moment) === index;
/** Around each kind of effect the first moment before and after its lines, now and then a torn one; and a sample of all others. */
const sampled = (moments: readonly Seen[]): readonly Seen[] =>
  moments.filter((one, index, all) => (isAboutEffect(one) && isNew(one, index, all) && (one.moment !== 'half' || index % 4 === 0)) || index % SAMPLE === 0);

const transcriptIn = (dir: string): string => path.join(dir, 'archive', readdirSync(path.join(dir, 'archive')).findLast((name) => name.startsWith('0002')) ?? '0002', 'transcript.jsonl');

const play = async ({ dir: base, plan, before, look }: Place, kill: Seen, again: KillPoint | null): Promise<readonly string[]> => {
  const dir = copyRoom(base), killed = await run(dir, { kill }, look), { what } = kill;
  if (killed.signal !== 'SIGKILL' || readFileSync(`${dir}.ack.killed`, 'utf8') !== what) return [`not killed at ${what}: ${killed.signal} ${killed.stderr}`];
  const lost = checkOldWrapped(dir, plan, transcriptIn(dir));
  if (again) await run(dir, { kill: again }, look);
  const resumed = await run(dir, {}, look);
  const faults = [...lost, ...(resumed.ending ? await checkCustody(dir, resumed.ending, `${dir}.ack`, before) : [`does not resume: ${resumed.stderr.slice(-900)}`])];
  if (faults.length === 0) forget(dir);
  const said = faults.map((fault) => `${kill.moment} ${kill.change} ${what} (${kill.during})${again ? ` then ${again.moment} ${again.change}` : ''}: ${fault} (${dir})`);
  for (const fault of said) console.error(fault);
  return said;
};

/** Every fourth case is cut off a second time, while it recovers. */
const againAt = (index: number): KillPoint | null => (index % 4 === 0 ? { change: (index / 4) % 14, moment: (['after', 'half', 'before'] as const)[(index / 4) % 3]! } : null);

const playEach = async (place: Place, cases: readonly Seen[]): Promise<readonly string[]> => {
  const left = [...cases.entries()], faults: string[] = [];
  const worker = async (): Promise<void> => { for (let next = left.shift(); next; next = left.shift()) faults.push(...(await play(place, next[1], againAt(next[0])))); };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return faults;
};

const EFFECTS: Readonly<Record<Kind, readonly string[]>> = { recovery: ['combine', 'restore', 'lock', 'wipe'], 're-share': ['split', 'print-sheet', 'write-card', 'rebuild', 'combine', 'rewrap', 'prove-restore', 'destroy-copy'] };

describe('a kill in a custody ceremony', () => {
  it.each<Kind>(['recovery', 're-share'])('(%s) loses nothing: a new process ends it, the old wrapped key is there until it is accounted for, and nothing stays where no entry explains it', { timeout: 1_200_000 }, async (kind) => {
    const place = places.get(kind)!, moments = await momentsOf(place), cases = sampled(moments);
    for (const effect of EFFECTS[kind]) for (const part of ['intent', 'result']) expect(cases.some(({ during }) => during === `${part} ${effect}`), `${part} ${effect}`).toBe(true);
    expect(await playEach(place, cases)).toEqual([]);
  });
});
