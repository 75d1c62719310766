/**
 * Kills custody ceremonies inside the PKCS#11 module, right after it has done what no entry tells yet: written a share to a card, loaded the
 * key for a moment, wrapped it anew, changed a PIN; and right before it erases an object. The module passes on to SoftHSM.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PersonId } from '../../shared/brand.ts';
import { custodyOf, keyPlan } from '../../shared/ceremony/people.ts';
import type { Plan } from '../../shared/ceremony/plan-schema.ts';
import { planNext, planOfRoom, playGeneration, prepareCustodyRoom, throughModule, withKnownSo } from '../support/custody-room.ts';
import { buildReaders, type BareReaders } from '../support/removable.ts';
import { copyRoom } from '../support/token-room.ts';
import { checkCustody, checkOldWrapped, type Objects } from './check-custody.ts';
import { bodies, checkFolder, told } from './check-ending.ts';
import type { Ending, Orders } from './child.ts';
import { bundleChild, runChild, type ChildBundle, type ChildRun } from './run-child.ts';

const NEVER = { change: -1, moment: 'before' } as const;
interface Place { readonly dir: string; readonly number: number; readonly plan: Plan; readonly look: readonly string[]; readonly before: Objects }
let bundle: ChildBundle, shim: string, readers: BareReaders;
const places: Record<string, Place> = {};

const run = (place: Pick<Place, 'number' | 'look'>, dir: string, control = ''): Promise<ChildRun> => {
  writeFileSync(`${dir}.control`, control);
  const orders: Orders = { dir, kill: NEVER, acknowledgedFile: `${dir}.ack`, seenFile: null, store: null, number: place.number, look: place.look };
  return runChild(bundle, orders, { ...readers.env, QUORATE_TEST_CARDS: `${dir}.control` });
};
const forget = (dir: string): void => { for (const end of ['', '.ack', '.ack.orders.json', '.control', '.control.log']) rmSync(`${dir}${end}`, { recursive: true, force: true }); };
const objectsIn = async (generation: string, look: readonly string[]): Promise<Objects> => {
  const dir = copyRoom(generation), looked = await run({ number: 1, look }, dir);
  forget(dir);
  if (!looked.ending) throw new Error(looked.stderr);
  return looked.ending.objects;
};
/** A room whose plan is ready. */
const ready = async (plan: Partial<Plan> = {}, so = false): Promise<string> => {
  const dir = await prepareCustodyRoom({ custody: plan.pin ? {} : { bruno: { carrier: 'card', sheet: 'standard' } }, plan });
  if (so) await withKnownSo(dir);
  throughModule(dir, readers.module);
  return dir;
};
const hsmsOf = (plan: Plan): string[] => { const { hsm } = keyPlan(plan); return [hsm.serial!, hsm.secondSerial!]; };
const QUORUM: Extract<Plan['pin'], { control: 'quorum' }> = { control: 'quorum', typedBy: ['maria' as PersonId, 'walter' as PersonId], so: 'nobody', soTypedBy: [] };

beforeAll(async () => {
  shim = mkdtempSync(path.join(tmpdir(), 'quorate-shim-'));
  readers = buildReaders(path.join(shim, 'readers'));
  bundle = await bundleChild();
  const generation = await ready(), made = planOfRoom(generation), old = [...hsmsOf(made), ...made.people.flatMap((person) => custodyOf(person).card?.serial ?? [])];
  await playGeneration(generation);
  const before = await objectsIn(generation, old);
  for (const kind of ['recovery', 're-share'] as const) {
    const dir = copyRoom(generation);
    await planNext(dir, { kind });
    throughModule(dir, readers.module);
    const plan = keyPlan(planOfRoom(dir));
    places[kind] = { dir, number: 2, plan, look: kind === 'recovery' ? [plan.hsm.serial!, ...old] : old, before };
  }
  rmSync(generation, { recursive: true, force: true });
  const pin = await ready({ pin: QUORUM }), look = hsmsOf(planOfRoom(pin));
  places['pin'] = { dir: pin, number: 1, plan: planOfRoom(pin), look, before: {} };
  const so = await ready({ pin: { ...QUORUM, so: 'quorum', soTypedBy: ['xenia' as PersonId] } }, true);
  places['so-pin'] = { dir: so, number: 1, plan: planOfRoom(so), look: hsmsOf(planOfRoom(so)), before: {} };
  const renewed = copyRoom(pin);
  await playGeneration(renewed);
  const plan = await planNext(renewed, { kind: 're-share', change: (draft) => { const { pin } = keyPlan(draft); return { ...draft, pin: pin.control === 'held-by-quorum' ? { ...pin, renew: true } : pin }; } });
  places['renewed-pin'] = { dir: renewed, number: 2, plan, look, before: {} };
}, 240_000);
afterAll(() => { bundle.remove(); for (const { dir } of Object.values(places)) rmSync(dir, { recursive: true, force: true }); rmSync(shim, { recursive: true, force: true }); });

type Check = (dir: string, ending: Ending, place: Place) => Promise<readonly string[]>;
interface Cut { readonly killed: boolean; readonly faults: readonly string[] }
/** @param times how often in a row a process is killed in that call before one ends the ceremony */
const cut = async (name: string, call: string, nth: number, check: Check, times = 1): Promise<Cut> => {
  const place = places[name]!, dir = copyRoom(place.dir);
  const first = await run(place, dir, `kill ${call} ${nth}`);
  if (first.signal !== 'SIGKILL') { forget(dir); return { killed: false, faults: first.ending ? [] : [first.stderr.slice(-600)] }; }
  for (let time = 1; time < times; time++) await run(place, dir, `kill ${call} 1`);
  const last = await run(place, dir);
  const faults = last.ending ? await check(dir, last.ending, place) : [`does not resume: ${last.stderr.slice(-900)}`];
  if (faults.length === 0) forget(dir);
  return { killed: true, faults: faults.map((fault) => `${name}, ${call} ${nth}: ${fault} (${dir})`) };
};
/** Every such call of the ceremony, or every `step`-th of them. @returns how many were cut, and what was wrong */
const cutEach = async (name: string, call: string, check: Check, step = 1): Promise<{ readonly count: number; readonly faults: readonly string[] }> => {
  const faults: string[] = [];
  for (let nth = 1, count = 0; ; nth += step, count++) {
    const one = await cut(name, call, nth, check);
    faults.push(...one.faults);
    if (!one.killed) return { count, faults };
  }
};
const custody: Check = async (dir, ending, { before, plan }) => [...await checkCustody(dir, ending, `${dir}.ack`, before), ...(plan.ceremony.kind === 'recovery' ? checkOldWrapped(dir, plan, '') : [])];

describe('a kill inside the module', () => {
  it.each<[string, string, number, number]>([['recovery', 'C_UnwrapKey', 1, 1], ['re-share', 'C_CreateObject', 1, 1], ['re-share', 'C_UnwrapKey', 2, 1], ['re-share', 'C_WrapKey', 1, 3], ['re-share', 'C_DestroyObject', 2, 5]])(
    'in a %s, in %s, leaves nothing on token or card that no entry explains, and the old wrapped key until it is accounted for', { timeout: 600_000 }, async (name, call, least, step) => {
      const { count, faults } = await cutEach(name, call, custody, step);
      expect(faults).toEqual([]);
      expect(count).toBeGreaterThanOrEqual(least);
    });

  /** The tokens were opened with the PIN set that the record names: the child has done that. */
  const opened: Check = async (dir, ending, { plan }) => {
    const { entries } = told(ending), changed = bodies(entries, 'result').flatMap(({ outcome }) => (outcome.kind === 'change-pin' ? [outcome] : []));
    return [
      ...(ending.outcome === 'completed' ? [] : [`ended ${ending.outcome}`]), ...await checkFolder(dir, ending, `${dir}.ack`),
      ...(changed.length === 1 && changed[0]!.tokens.length === 2 ? [] : [`${changed.length} changes`]),
      ...hsmsOf(plan).filter((serial) => (ending.objects[serial] ?? []).length !== 2).map((serial) => `token ${serial} does not hold one key pair`),
      ...(bodies(entries, 'set-voided').length === 0 ? [] : ['the PIN set was given up']),
    ];
  };
  it.each([['pin', 1], ['pin', 2], ['renewed-pin', 1], ['renewed-pin', 2], ['so-pin', 1], ['so-pin', 3]] as const)('(%s) at the change of PIN %i keeps the set, and a new process gives every token its PIN of it', { timeout: 600_000 }, async (name, nth) => {
    expect(await cut(name, 'C_SetPIN', nth, opened)).toEqual({ killed: true, faults: [] });
  });
  it('at every change of a PIN, one after the other, is finished all the same', { timeout: 600_000 }, async () => {
    expect(await cut('pin', 'C_SetPIN', 1, opened, 2)).toEqual({ killed: true, faults: [] });
  });
});
