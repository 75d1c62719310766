/** Custodians' cards in readers while a ceremony runs, through a module that lets the test pull them out: waits, other people's cards, locked and full ones. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { CKF } from '../../electron/vault/pkcs11/constants.ts';
import type { PersonId } from '../../shared/brand.ts';
import type { Command } from '../../shared/ceremony/commands.ts';
import { keyPlan, witnessOf } from '../../shared/ceremony/people.ts';
import { AppError } from '../../shared/errors.ts';
import type { Snapshot } from '../../shared/ipc/snapshot.ts';
import type { Entry } from '../../shared/transcript/entry-schema.ts';
import { begin, planNext, planOfRoom, playGeneration, prepareCustodyRoom, throughModule, writePlan } from '../support/custody-room.ts';
import { nextCommand, openHeadlessRoom, play, type HeadlessRoom } from '../support/headless-room.ts';
import { buildReaders, type BareReaders } from '../support/removable.ts';
import { copyRoom } from '../support/token-room.ts';

let shim: string, readers: BareReaders, fresh: string, recovery: string;
const rooms: HeadlessRoom[] = [];
/** Both custodians have cards. */
beforeAll(async () => {
  shim = mkdtempSync(path.join(tmpdir(), 'quorate-shim-'));
  readers = buildReaders(path.join(shim, 'readers'));
  fresh = await prepareCustodyRoom({ custody: { ada: { carrier: 'card', sheet: 'standard' }, bruno: { carrier: 'card', sheet: 'standard' } } });
  throughModule(fresh, readers.module);
  recovery = copyRoom(fresh);
  await playGeneration(recovery);
  await planNext(recovery, { kind: 'recovery' });
  throughModule(recovery, readers.module);
}, 120_000);
afterEach(() => {
  readers.play();
  for (const room of rooms.splice(0)) { room.close(); rmSync(room.dir, { recursive: true, force: true }); }
});
afterAll(() => { for (const dir of [shim, fresh, recovery]) rmSync(dir, { recursive: true, force: true }); });

const open = async (base: string): Promise<HeadlessRoom> => {
  const room = await openHeadlessRoom({ dir: copyRoom(base) });
  rooms.push(room);
  return room;
};
interface Fault { readonly code: string; readonly details: Readonly<Record<string, unknown>> }
const faultOf = (work: Promise<unknown>): Promise<Fault> => work.then(() => ({ code: 'accepted', details: {} }), (error: unknown) => (error instanceof AppError ? { code: error.code, details: error.details } : { code: String(error), details: {} }));
const entriesOf = (snapshot: Snapshot): Entry[] => readFileSync(path.join(snapshot.folder.path, 'transcript.jsonl'), 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line) as Entry);
const now = async (room: HeadlessRoom): Promise<Snapshot> => (await room.host.snapshot())!;
const cardOf = (room: HeadlessRoom, id: string): string => room.plan.people.find((person) => person.id === id)!.custody!.card!.serial!;
const until = (room: HeadlessRoom, from: Snapshot, type: Command['type']): Promise<Snapshot> => play(room, from, (at) => nextCommand(at)?.type === type);
const waiting = async (room: HeadlessRoom): Promise<void> => { await expect.poll(async () => (await now(room)).activity?.kind, { interval: 20 }).toBe('card'); };
const finish = async (room: HeadlessRoom): Promise<void> => { expect((await play(room, await now(room))).state.closing?.outcome).toBe('completed'); };
/** The room's clock goes on by more than anybody waits. */
const letTimePass = (room: HeadlessRoom): void => { Object.assign(room.ports, { now: () => new Date(Date.now() + 300_000) }); };
/** The room says cancel, as the button beside the wait does. */
const cancelling = (room: HeadlessRoom): () => void => {
  let cancels = 0;
  Object.assign(room.ports.desk, { cancelled: () => cancels });
  return () => { cancels += 1; };
};

describe('a card that is waited for', () => {
  it('is read as soon as it is put in, and not before', async () => {
    const room = await open(recovery), at = await until(room, await begin(room), 'read-share'), ada = cardOf(room, 'ada');
    readers.play(`hide ${ada}`);
    readers.logins();
    const reading = room.host.command(nextCommand(at)!);
    await waiting(room);
    expect((await now(room)).activity).toMatchObject({ kind: 'card', person: 'ada', serial: ada, until: 'inserted' });
    expect(readers.logins()).toEqual([]);
    readers.play();
    expect((await reading).state.gatherings[0]?.shares).toMatchObject([{ share: 1, carrier: 'card', how: 'card' }]);
    expect(readers.logins()).toContain(`${ada} pin`);
    await finish(room);
  });
  it('is waited for no longer when the room cancels (VAULT_ENTRY_CANCELLED) or pauses; nothing was tried and nothing is recorded of it', async () => {
    const room = await open(recovery), at = await until(room, await begin(room), 'read-share'), cancel = cancelling(room);
    readers.play(`hide ${cardOf(room, 'ada')}`);
    readers.logins();
    const first = faultOf(room.host.command(nextCommand(at)!));
    await waiting(room);
    cancel();
    expect(await first).toMatchObject({ code: 'VAULT_ENTRY_CANCELLED', details: { person: 'ada' } });
    const second = faultOf(room.host.command(nextCommand(at)!));
    await waiting(room);
    await room.host.command({ type: 'pause', reason: 'break', text: 'Lunch.', stayed: [room.plan.people[0]!.id, witnessOf(room.plan)] });
    expect(await second).toMatchObject({ code: 'VAULT_ENTRY_CANCELLED' });
    expect(readers.logins()).toEqual([]);
    expect((await now(room)).state.refused).toEqual([]);
    readers.play();
    await finish(room);
  });
  it('and another person’s card in the reader instead: its owner is named and no PIN is tried on it (CARD_OTHER)', async () => {
    const room = await open(recovery), at = await until(room, await begin(room), 'read-share');
    readers.play(`hide ${cardOf(room, 'ada')}`);
    readers.logins();
    const reading = faultOf(room.host.command(nextCommand(at)!));
    await waiting(room);
    letTimePass(room);
    const fault = await reading;
    expect(fault).toMatchObject({ code: 'CARD_OTHER', details: { owner: 'Bruno Keller' } });
    expect(fault.details['found']).toContain(cardOf(room, 'bruno'));
    expect(readers.logins()).toEqual([]);
    expect((await now(room)).state.refused).toMatchObject([{ code: 'CARD_OTHER', presenter: 'ada', carrier: 'card' }]);
  });
  it('is taken out and put in again before it is read back, where that can be done', async () => {
    const room = await open(fresh);
    // The module is loaded later than this.
    const conf = path.join(room.workspace.tokensDir, 'softhsm2.conf');
    writeFileSync(conf, readFileSync(conf, 'utf8').replace('slots.removable = false', 'slots.removable = true'));
    readers.play('hardware');
    const at = await until(room, await begin(room), 'read-card-back'), ada = cardOf(room, 'ada');
    const reading = room.host.command(nextCommand(at)!);
    await waiting(room);
    expect((await now(room)).activity).toMatchObject({ until: 'removed' });
    readers.play('hardware', `hide ${ada}`);
    await expect.poll(async () => { const { activity } = await now(room); return activity?.kind === 'card' ? activity.until : null; }, { interval: 20 }).toBe('inserted');
    readers.play('hardware');
    expect((await reading).state.set?.shares[0]?.card?.status).toBe('read-back');
  });
});

describe('a card that cannot be used', () => {
  it('is locked: nobody is asked for its PIN, and it is recorded who brought it (HSM_PIN_LOCKED)', async () => {
    const room = await open(recovery), at = await until(room, await begin(room), 'read-share'), ada = cardOf(room, 'ada');
    readers.play(`flags ${ada} ${CKF.USER_PIN_LOCKED.toString(16)}`);
    readers.logins();
    expect(await faultOf(room.host.command(nextCommand(at)!))).toMatchObject({ code: 'HSM_PIN_LOCKED', details: { serial: ada, of: 'card' } });
    expect(readers.logins()).toEqual([]);
    expect((await now(room)).state.refused).toMatchObject([{ code: 'HSM_PIN_LOCKED', presenter: 'ada' }]);
    readers.play();
    await finish(room);
  });
  it('holds a share of another key: it is not written over, and the share there stays (CARD_NOT_EMPTY)', async () => {
    const room = await open(recovery), plan = keyPlan(planOfRoom(fresh));
    // A second key, whose custodians come with the same cards and new HSMs.
    const { serial } = keyPlan(room.plan).hsm, other = { ...plan, ceremony: { ...plan.ceremony, title: 'Second Root' }, key: { ...plan.key, label: 'second-root' }, hsm: { ...plan.hsm, serial: serial!, secondSerial: plan.hsm.serial } };
    room.close();
    writePlan(room.dir, other);
    const second = await openHeadlessRoom({ dir: room.dir });
    rooms.push(second);
    const at = await until(second, await begin(second), 'write-card');
    expect(await faultOf(second.host.command(nextCommand(at)!))).toMatchObject({ code: 'CARD_NOT_EMPTY' });
    const after = await now(second);
    expect(entriesOf(after).at(-1)).toMatchObject({ type: 'failed', body: { happened: 'no', fault: { code: 'CARD_NOT_EMPTY' } } });
    expect(after.state.set?.shares[0]?.card).toMatchObject({ status: 'waiting' });
    const end = await play(second, await second.host.command({ type: 'abort', by: 'maria' as PersonId, reason: 'A new card is needed.' }));
    expect(end.state.closing?.outcome).toBe('aborted');
  });
});
