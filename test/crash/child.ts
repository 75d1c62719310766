/**
 * The process a crash test kills, and the one that resumes: plays the ceremony of a prepared folder from wherever it stands to its end.
 * Arguments: a JSON file of {@link Orders}. What the host has acknowledged goes to a file outside the room, line by line.
 */
import fs from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { createDisk } from '../../electron/archive/disk.ts';
import type { Disk } from '../../electron/ceremony/ports.ts';
import { encodePlan } from '../../shared/ceremony/parse-plan.ts';
import { administratorOf, keyPlan, tokensOf } from '../../shared/ceremony/people.ts';
import { pinSetOf } from '../../shared/ceremony/select.ts';
import type { Sha256Hex } from '../../shared/brand.ts';
import { AppError } from '../../shared/errors.ts';
import type { Snapshot } from '../../shared/ipc/snapshot.ts';
import type { EntrySpec } from '../../shared/vault/contract.ts';
import type { TokenObject } from '../../shared/transcript/entry-schema.ts';
import { openHeadlessRoom, play, readSheet, SECRETS, type HeadlessRoom } from '../support/headless-room.ts';
import { typeInto } from '../support/typing.ts';
import { countChanges, diskDigest, type KillPoint, type Seen } from './kill-points.ts';

export interface Orders {
  readonly dir: string;
  readonly kill: KillPoint;
  /** Transcript lines whose append has returned are copied here. */
  readonly acknowledgedFile: string;
  /** Where to write every moment that was seen, with the state of the disk; null not to. */
  readonly seenFile: string | null;
  /** Kill at the n-th change of a file of the token store while one of these steps is open; null not to. */
  readonly store: { readonly steps: readonly string[]; readonly change: number } | null;
  /** The ceremony's number; 1 without. Earlier ones are finished. */
  readonly number?: number;
  /** Serials of the tokens whose objects are told at the end; those of the plan without. */
  readonly look?: readonly string[];
  /** A fault after which these people abort the ceremony instead of trying again. */
  readonly abortOn?: string;
}
export interface Ending { readonly outcome: string | null; readonly missing: readonly string[]; readonly head: string; readonly folder: string; readonly objects: Readonly<Record<string, readonly TokenObject[]>> }

const orders = JSON.parse(fs.readFileSync(process.argv[2]!, 'utf8')) as Orders;

let during = 'nothing';
const entryIn = (bytes: Uint8Array): string => {
  const { type, body } = JSON.parse(Buffer.from(bytes).toString('utf8')) as { type: string; body: { intent?: { kind: string }; outcome?: { kind: string } } };
  return [type, body.intent?.kind ?? body.outcome?.kind].filter((part) => part !== undefined).join(' ');
};
const acknowledging = (disk: Disk): Disk => {
  const out = fs.openSync(orders.acknowledgedFile, 'a');
  return { ...disk, append: async (file, bytes) => {
    if (file.endsWith('transcript.jsonl')) during = entryIn(bytes);
    await disk.append(file, bytes);
    if (file.endsWith('transcript.jsonl')) fs.writeSync(out, bytes);
  } };
};

const seen: Seen[] = [];
const see = orders.seenFile === null
  ? (change: number, moment: string, what: string): void => { if (change === orders.kill.change && moment === orders.kill.moment) fs.writeFileSync(`${orders.acknowledgedFile}.killed`, what); }
  : (change: number, moment: Seen['moment'], what: string): void => { seen.push({ change, moment, what, during, disk: diskDigest(orders.dir) }); };

/** A module writes in native code and may hold this thread: another one watches the token store and kills the process. */
const watchStore = (change: number): Worker => new Worker(`
  const { workerData } = require('node:worker_threads');
  const fs = require('node:fs');
  let seen = 0;
  for (const name of fs.readdirSync(workerData.store)) fs.watch(workerData.store + '/' + name, () => { if (seen++ === workerData.change) process.kill(process.pid, 'SIGKILL'); });
  require('node:worker_threads').parentPort.postMessage('watching');
`, { eval: true, workerData: { store: path.join(orders.dir, 'tokens/store'), change } });

const enter = async (room: HeadlessRoom) => {
  const names = fs.existsSync(room.workspace.archiveDir) ? fs.readdirSync(room.workspace.archiveDir) : [];
  const wanted = orders.number ?? 1;
  const frozen = names.some((name) => Number(name.slice(0, 4)) === wanted && fs.existsSync(path.join(room.workspace.archiveDir, name, 'plan.json')));
  const number = frozen ? wanted : (await room.host.freeze(encodePlan(room.plan))).number;
  const snapshot = await room.host.enter(number);
  return snapshot.state.opening ? snapshot : room.host.begin('3142');
};

/** Gathers the PIN set again from its sheets, as a later ceremony does. */
const gatherPin = async (room: HeadlessRoom, { state, folder }: Snapshot): Promise<Sha256Hex> => {
  const set = pinSetOf(state)!, vault = room.vault();
  const { setId } = await vault.call('gather.begin', { manifest: fs.readFileSync(path.join(folder.path, 'pin-manifest.dsse.json'), 'utf8'), drill: true, known: [] });
  for (const { number, custodian } of set.shares) {
    const entryId = await typeInto(vault, { kind: 'share', person: custodian, share: number, ways: ['type'], blind: false }, ...readSheet(room.workspace, number, set.setName));
    await vault.call('gather.read', { setId, entryId, presenter: { name: custodian, person: custodian, holder: custodian } });
  }
  await vault.call('gather.combine', { setId, shares: set.shares.map(({ number }) => number) });
  return setId;
};

/** Opens the tokens with a vault of its own, by their PIN or by the PIN set, and lists what they hold. */
const lookAtTokens = async (room: HeadlessRoom, end: Snapshot): Promise<Ending['objects']> => {
  const module = keyPlan(room.plan).hsm.module.path, vault = room.vault();
  await vault.call('module.open', { path: module });
  const pinSet = end.state.pinChanged ? await gatherPin(room, end) : null;
  const objects: Record<string, readonly TokenObject[]> = {};
  for (const serial of orders.look ?? tokensOf(room.plan)) {
    const spec: EntrySpec = { kind: 'pin', person: room.plan.people[0]!.id, token: serial, minLength: 4, maxLength: 64 };
    if (pinSet && tokensOf(room.plan).includes(serial)) await vault.call('pin.open', { module, serial, setId: pinSet });
    else await vault.call('token.login', { module, serial, pinEntries: [await typeInto(vault, spec, `${SECRETS.pinFirst}${SECRETS.pinSecond}`)] });
    objects[serial] = (await vault.call('token.inventory', { module, serial })).objects;
  }
  return objects;
};

const main = async (): Promise<void> => {
  countChanges({ dir: orders.dir, at: orders.kill, see });
  const room = await openHeadlessRoom({ dir: orders.dir, disk: acknowledging(createDisk()) });
  let snapshot = await enter(room);
  if (orders.store) {
    const { steps, change } = orders.store;
    snapshot = await play(room, snapshot, (now) => now.state.current !== null && steps.includes(now.state.current));
    const watcher = watchStore(change);
    await new Promise((resolve) => { watcher.once('message', resolve); });
    snapshot = await play(room, snapshot, (now) => now.state.current === null || !steps.includes(now.state.current));
    await watcher.terminate();
  }
  const end = await play(room, snapshot).catch(async (error: unknown) => {
    if (!(error instanceof AppError) || error.code !== orders.abortOn) throw error;
    return play(room, await room.host.command({ type: 'abort', by: administratorOf(room.plan), reason: 'The token has lost the key.' }));
  });
  const { record, state, folder } = end;
  if (orders.seenFile) fs.writeFileSync(orders.seenFile, JSON.stringify(seen));
  const ending: Ending = { outcome: state.closing?.outcome ?? null, missing: record?.missing ?? [], head: state.head, folder: folder.path, objects: await lookAtTokens(room, end) };
  process.stdout.write(`${JSON.stringify(ending)}\n`);
  room.close();
};

await main();
