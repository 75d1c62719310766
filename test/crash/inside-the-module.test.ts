/**
 * Kills the program while a PKCS#11 module writes, in native code: while it makes, restores and locks the key. The n-th change of a file of
 * the token store is where it ends; what is on the token then is whatever SoftHSM had got to. SoftHSM changes an attribute by writing the
 * object's file anew in place: a kill in that moment, while the key is locked, can cost that token its key, and no program above it can
 * help that. The room is told, aborts, and has the other copy, the media and the shares.
 */
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildScript, stepOfOperation } from '../../shared/ceremony/build-script.ts';
import type { Plan } from '../../shared/ceremony/plan-schema.ts';
import type { Operation } from '../../shared/ceremony/script-types.ts';
import { copyRoom, prepareTokenRoom } from '../support/token-room.ts';
import { checkAborted, checkEnding } from './check-ending.ts';
import type { Orders } from './child.ts';
import { bundleChild, runChild, type ChildBundle } from './run-child.ts';

const CHANGES = [0, 1, 2, 3, 4, 6, 8, 11, 15, 20] as const;

let base: string, bundle: ChildBundle, plan: Plan;
beforeAll(async () => {
  base = await prepareTokenRoom();
  bundle = await bundleChild();
  plan = JSON.parse(readFileSync(path.join(base, 'plan-of-the-room.json'), 'utf8')) as Plan;
});
afterAll(() => { bundle.remove(); rmSync(base, { recursive: true, force: true }); });

interface Ended { readonly killed: boolean; readonly faults: readonly string[] }
const cut = async (operation: Operation, change: number): Promise<Ended> => {
  const dir = copyRoom(base);
  const orders: Orders = { dir, kill: { change: -1, moment: 'before' }, acknowledgedFile: `${dir}.ack`, seenFile: null, store: { steps: [stepOfOperation(buildScript(plan), operation)!.id], change }, abortOn: operation === 'lock' ? 'HSM_KEY_NOT_FOUND' : 'none' };
  const first = await runChild(bundle, orders);
  const last = first.signal === 'SIGKILL' ? await runChild(bundle, { ...orders, store: null }) : first;
  const check = operation === 'lock' && last.ending?.outcome === 'aborted' ? checkAborted : checkEnding;
  const faults = last.ending ? await check(dir, last.ending, `${dir}.ack`) : [`does not resume: ${last.stderr.slice(-900)}`];
  if (faults.length === 0) for (const end of ['', '.ack', '.ack.orders.json']) rmSync(`${dir}${end}`, { recursive: true, force: true });
  return { killed: first.signal === 'SIGKILL', faults: faults.map((fault) => `${operation}, change ${change}: ${fault} (${dir})`) };
};

describe('a kill while the module writes', () => {
  it.each<Operation>(['generate-key', 'restore', 'lock'])('during %s leaves one whole key a token in the end and nothing else, or what SoftHSM lost is said', { timeout: 1_200_000 }, async (operation) => {
    const ended: Ended[] = [];
    for (const change of CHANGES) ended.push(await cut(operation, change));
    expect(ended.flatMap(({ faults }) => faults)).toEqual([]);
    expect(ended.filter(({ killed }) => killed).length).toBeGreaterThanOrEqual(2);
  });
});
