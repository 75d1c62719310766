/** What the world does to a ceremony: each fault has its code, is in the transcript, loses nothing, and the room goes on from it. */
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createDisk } from '../../electron/archive/disk.ts';
import type { Disk } from '../../electron/ceremony/ports.ts';
import { verifyPath } from '../../electron/verify/verify.ts';
import type { KeyIdHex, PersonId } from '../../shared/brand.ts';
import { stepOfOperation } from '../../shared/ceremony/build-script.ts';
import { encodePlan } from '../../shared/ceremony/parse-plan.ts';
import { administratorOf, custodiansOf, keyPlan, witnessOf } from '../../shared/ceremony/people.ts';
import type { Operation } from '../../shared/ceremony/script-types.ts';
import { AppError } from '../../shared/errors.ts';
import type { Snapshot } from '../../shared/ipc/snapshot.ts';
import type { Entry } from '../../shared/transcript/entry-schema.ts';
import type { EntrySpec } from '../../shared/vault/contract.ts';
import { freezeAndEnter, nextCommand, openHeadlessRoom, play, readSheet, SECRETS, valuesFor, type HeadlessRoom, type RoomOptions } from '../support/headless-room.ts';
import { SOFTHSM_MODULE } from '../support/softhsm.ts';
import { copyRoom, prepareTokenRoom } from '../support/token-room.ts';
import { typeInto } from '../support/typing.ts';

let base: string;
const rooms: HeadlessRoom[] = [];
beforeAll(async () => { base = await prepareTokenRoom(); });
afterEach(() => { for (const room of rooms.splice(0)) { room.close(); rmSync(room.dir, { recursive: true, force: true }); } });
afterAll(() => { rmSync(base, { recursive: true, force: true }); });

const open = async (options: RoomOptions = {}): Promise<HeadlessRoom> => {
  const room = await openHeadlessRoom({ dir: copyRoom(base), ...options });
  rooms.push(room);
  return room;
};
/** The same room in a new process, as far as the host can tell. */
const reopen = async (room: HeadlessRoom, options: RoomOptions = {}): Promise<HeadlessRoom> => {
  room.close();
  const again = await openHeadlessRoom({ dir: room.dir, ...options });
  rooms.push(again);
  return again;
};
const begun = async (room: HeadlessRoom): Promise<Snapshot> => { await freezeAndEnter(room); return room.host.begin('12'); };
const until = (operation: Operation) => (snapshot: Snapshot): boolean => snapshot.state.current === stepOfOperation(snapshot.state.script, operation)!.id;
const untilShare = (share: number) => ({ state }: Snapshot): boolean => state.script.acts.flatMap((act) => act.steps).some((step) => step.id === state.current && step.kind === 'handover' && step.shareNumber === share);
const code = (error: unknown): string => (error instanceof AppError ? error.code : String(error));
const refused = async (work: Promise<unknown>): Promise<string> => work.then(() => 'accepted', code);
const entriesOf = (snapshot: Snapshot): Entry[] => readFileSync(path.join(snapshot.folder.path, 'transcript.jsonl'), 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line) as Entry);
const typesOf = (snapshot: Snapshot): string[] => entriesOf(snapshot).map((entry) => entry.type);
const now = async (room: HeadlessRoom): Promise<Snapshot> => (await room.host.snapshot())!;
const expectSound = async (snapshot: Snapshot): Promise<void> => {
  const report = await verifyPath(snapshot.folder.path, { anchor: snapshot.state.head });
  expect(report.findings.filter((finding) => finding.level === 'fault')).toEqual([]);
};
const finish = async (room: HeadlessRoom): Promise<Snapshot> => {
  const end = await play(room, await now(room));
  expect(end.state.closing?.outcome).toBe('completed');
  await expectSound(end);
  return end;
};

describe('a PIN', () => {
  it('that is wrong is recorded, opens nothing, and may be typed again', async () => {
    let wrong = true;
    const room = await open({ type: (workspace) => (spec) => (spec.kind === 'pin-half' && wrong ? ['not-this-'] : valuesFor(workspace, spec)) });
    const at = await play(room, await begun(room), (snapshot) => nextCommand(snapshot)?.type === 'login');
    expect(await refused(room.host.command(nextCommand(at)!))).toBe('HSM_PIN_INCORRECT');
    const after = await now(room);
    expect(after.fault?.code).toBe('HSM_PIN_INCORRECT');
    expect(after.state.loggedIn).toEqual([]);
    expect(typesOf(after).at(-1)).toBe('login-failed');
    expect(readFileSync(path.join(after.folder.path, 'transcript.jsonl'), 'utf8')).not.toContain('not-this-');
    wrong = false;
    await finish(room);
  });
  it('window that is closed tries nothing and records nothing (VAULT_ENTRY_CANCELLED)', async () => {
    let closes = true;
    const room = await open({ type: (workspace) => (spec) => (spec.kind === 'pin-half' && closes ? null : valuesFor(workspace, spec)) });
    const at = await play(room, await begun(room), (snapshot) => nextCommand(snapshot)?.type === 'login');
    expect(await refused(room.host.command(nextCommand(at)!))).toBe('VAULT_ENTRY_CANCELLED');
    expect((await now(room)).state.count).toBe(at.state.count);
    closes = false;
    expect((await room.host.command(nextCommand(at)!)).state.loggedIn).toHaveLength(1);
  });
});

describe('a token', () => {
  it('on which the label is in use gets no second key of that name (RULE_NAME_UNUSED)', async () => {
    const room = await open();
    const { hsm: { serial }, key } = keyPlan(room.plan);
    const spec: EntrySpec = { kind: 'pin', person: 'maria' as PersonId, token: serial!, minLength: 4, maxLength: 64 };
    const ref = { module: SOFTHSM_MODULE, serial: serial! };
    await room.vault().call('module.open', { path: SOFTHSM_MODULE });
    await room.vault().call('token.login', { ...ref, pinEntries: [await typeInto(room.vault(), spec, `${SECRETS.pinFirst}${SECRETS.pinSecond}`)] });
    await room.vault().call('key.generate', { ...ref, keyId: 'beef' as KeyIdHex, label: key.label, profile: 'ec-p256', extractable: false });
    await room.vault().call('token.logout', ref);
    const at = await play(room, await begun(room), until('generate-key'));
    expect(await refused(room.host.command({ type: 'run', step: at.state.current! }))).toBe('RULE_NAME_UNUSED');
    const after = await now(room);
    expect(after.state).toMatchObject({ openEffect: null, key: null, count: at.state.count });
  });
});

describe('a sheet', () => {
  it('that failed to print counts as printed until it is destroyed; the next has another number', async () => {
    const room = await open();
    const at = await play(room, await begun(room), untilShare(1));
    mkdirSync(room.workspace.sharesDir, { recursive: true });
    writeFileSync(path.join(room.workspace.sharesDir, 'share-1-attempt-1.pdf'), 'something is there');
    expect(await refused(room.host.command({ type: 'print-sheet', step: at.state.current! }))).toBe('PRINT_JOB_FAILED');
    const failed = await now(room);
    expect(failed.state.set?.shares[0]).toMatchObject({ status: 'printed', attempts: [1] });
    expect(await refused(room.host.command({ type: 'print-sheet', step: at.state.current! }))).toBe('RULE_ONE_SHEET_OUT');
    expect(nextCommand(failed)).toMatchObject({ type: 'destroy-sheet', share: 1, attempt: 1 });
    const end = await finish(room);
    expect(end.state.set?.shares[0]).toMatchObject({ attempts: [1, 2], destroyed: [1], bag: expect.stringMatching(/^1-\d+$/) as string });
  });
  it('of another set is refused, recorded, and the right one is accepted afterwards', async () => {
    let other: string[] | null = null;
    const room = await open({ type: (workspace) => (spec) => (spec.kind === 'share' && other ? other : valuesFor(workspace, spec)) });
    const at = await play(room, await begun(room), untilShare(1));
    await room.host.command({ type: 'print-sheet', step: at.state.current! });
    const old = readSheet(room.workspace, 1);
    await room.host.command({ type: 'void-set', reason: 'person' });
    const again = await play(room, await now(room), (snapshot) => untilShare(1)(snapshot) && snapshot.state.set?.shares[0]?.status === 'printed');
    other = old;
    expect(await refused(room.host.command({ type: 'read-back', step: again.state.current! }))).toMatch(/^SHARE_/);
    const after = await now(room);
    expect(typesOf(after).at(-1)).toBe('read-back-failed');
    expect(after.state.set?.shares[0]).toMatchObject({ status: 'printed', readBackFaults: 1 });
    expect(await refused(room.host.command({ type: 'seal', step: after.state.current!, bagByCustodian: 'B-9', bagByWitness: 'B-9' }))).toBe('RULE_READ_BACK_FIRST');
    const transcript = readFileSync(path.join(after.folder.path, 'transcript.jsonl'), 'utf8');
    for (const line of old) expect(transcript).not.toContain(line);
    other = null;
    await finish(room);
  });
  it('is not sealed when custodian and witness read two bag numbers', async () => {
    const room = await open();
    const at = await play(room, await begun(room), (snapshot) => snapshot.state.set?.shares[0]?.status === 'read-back');
    expect(await refused(room.host.command({ type: 'seal', step: at.state.current!, bagByCustodian: 'B-1', bagByWitness: 'B-7' }))).toBe('RULE_READ_BACK_FIRST');
  });
});

describe('giving a set up', () => {
  it('before the restore clears the media, and the new set works', async () => {
    const room = await open();
    await play(room, await begun(room), (snapshot) => snapshot.state.backup !== null);
    const media = (await now(room)).state.backup!.media.map((number) => path.join(room.workspace.mediaDir, String(number), '0001-example-root-2026.wrapped'));
    expect(media.map((file) => existsSync(file))).toEqual([true, true]);
    const after = await room.host.command({ type: 'void-set', reason: 'person' });
    expect(media.map((file) => existsSync(file))).toEqual([false, false]);
    expect(existsSync(path.join(after.folder.path, 'manifest.dsse.json'))).toBe(false);
    expect(after.state).toMatchObject({ set: null, backup: null });
    expect(after.state.current).toBe(stepOfOperation(after.state.script, 'split')!.id);
    expect(await refused(room.host.command({ type: 'run', step: after.state.current! }))).toBe('RULE_SHEET_ACCOUNTED');
    const end = await finish(room);
    expect(end.state.set?.attempt).toBe(2);
    expect(end.state.voided[0]?.sheets.every((sheet) => sheet.destroyed)).toBe(true);
  });
  it('after the restore is refused (RULE_VOID_OPENS_NOTHING)', async () => {
    const room = await open();
    await play(room, await begun(room), (snapshot) => Boolean(snapshot.state.backup?.restored));
    expect(await refused(room.host.command({ type: 'void-set', reason: 'person' }))).toBe('RULE_VOID_OPENS_NOTHING');
  });
});

describe('people who speak up', () => {
  it('an exception is noted while the HSM works; other commands wait (RULE_ONE_EFFECT)', async () => {
    const room = await open();
    const at = await play(room, await begun(room), until('generate-key'));
    const working = room.host.command({ type: 'run', step: at.state.current! });
    await expect.poll(() => typesOf(at).at(-1), { interval: 1 }).toBe('intent');
    const noted = room.host.command({ type: 'exception', kind: 'deviation', what: 'The lights went out.', done: 'A lamp was brought.', effect: 'none', noticedBy: witnessOf(room.plan) });
    expect(await refused(room.host.command({ type: 'run', step: at.state.current! }))).toBe('RULE_ONE_EFFECT');
    await noted;
    const after = await working;
    expect(after.state.exceptions).toHaveLength(1);
    expect(after.state.key).not.toBeNull();
    const types = entriesOf(after).slice(at.state.count).map((entry) => entry.type);
    expect(types).toEqual(['intent', 'exception', 'result']);
    expect(Object.values(after.texts)).toContainEqual({ what: 'The lights went out.', done: 'A lamp was brought.' });
    expect(readFileSync(path.join(after.folder.path, 'transcript.jsonl'), 'utf8')).not.toContain('lights');
    expect((await finish(room)).state.closing?.exceptions).toBe(1);
  });
  it('two commands at once are never both begun (RULE_ONE_EFFECT)', async () => {
    const room = await open();
    const at = await play(room, await begun(room), (snapshot) => nextCommand(snapshot)?.type === 'login');
    const both = await Promise.all([refused(room.host.command(nextCommand(at)!)), refused(room.host.command(nextCommand(at)!))]);
    expect(both).toEqual(['accepted', 'RULE_ONE_EFFECT']);
    expect(typesOf(await now(room)).filter((type) => type === 'login')).toHaveLength(1);
  });
  it('an objection pauses the ceremony until the people answer', async () => {
    const room = await open();
    const at = await play(room, await begun(room), (snapshot) => nextCommand(snapshot)?.type === 'sign');
    const person = custodiansOf(room.plan)[0]!.id;
    const paused = await room.host.command({ type: 'object', step: at.state.current!, person, words: 'I was not shown the plan.' });
    expect(paused.state.pause?.reason).toBe('objection');
    expect(await refused(room.host.command({ type: 'sign', step: at.state.current!, person }))).toBe('RULE_PAUSED_WAITS');
    expect(typesOf(paused).slice(-2)).toEqual(['objection', 'paused']);
    await finish(room);
  });
  it('an objection whose pause could not be written pauses the ceremony at the next start', async () => {
    let appends = -1;
    const disk = createDisk();
    const room = await open({ disk: { ...disk, append: async (file, bytes) => { if (file.endsWith('transcript.jsonl') && appends >= 0 && appends-- === 0) throw new AppError('STORAGE_IO', {}); await disk.append(file, bytes); } } });
    const at = await play(room, await begun(room), (snapshot) => nextCommand(snapshot)?.type === 'sign');
    appends = 1;
    expect(await refused(room.host.command({ type: 'object', step: at.state.current!, person: custodiansOf(room.plan)[0]!.id, words: 'I was not shown the plan.' }))).toBe('STORAGE_IO');
    const again = await reopen(room);
    const after = await again.host.enter(1);
    expect(after.state.pause?.reason).toBe('objection');
    expect(typesOf(after).slice(-3)).toEqual(['objection', 'restarted', 'paused']);
    expect(Object.values(after.texts).at(-1)).toEqual({ text: 'I was not shown the plan.' });
    await finish(again);
  });
});

describe('an abort', () => {
  const abort = (room: HeadlessRoom) => room.host.command({ type: 'abort', by: administratorOf(room.plan), reason: 'The room is on fire.' });
  it('closes the transcript; the record may be signed and the folder verifies', async () => {
    const room = await open();
    await play(room, await begun(room), until('split'));
    await abort(room);
    const end = await play(room, await now(room));
    expect(end.state.closing?.outcome).toBe('aborted');
    expect(end.record?.missing).toEqual([]);
    expect(typesOf(end).slice(-2)).toEqual(['aborted', 'closing']);
    await expectSound(end);
  });
  it('that was cut off before its closing entry is closed at the next start, even with a set in use', async () => {
    const disk = createDisk();
    let cut = false;
    const room = await open({ disk: { ...disk, append: async (file, bytes) => { if (cut && Buffer.from(bytes).includes('"type":"closing"')) throw new AppError('STORAGE_IO', {}); await disk.append(file, bytes); } } });
    await play(room, await begun(room), untilShare(2));
    cut = true;
    expect(await refused(abort(room))).toBe('STORAGE_IO');
    const again = await reopen(room);
    const after = await again.host.enter(1);
    expect(after.state.closing?.outcome).toBe('aborted');
    await expectSound(await play(again, after));
  });
});

/** Fails the n-th append with half of its bytes on disk, as a full disk does. */
const fullAfter = (count: number): Disk => {
  const disk = createDisk();
  let left = count;
  return { ...disk, append: async (file, bytes) => {
    if (left-- > 0) return disk.append(file, bytes);
    await disk.append(file, bytes.subarray(0, bytes.length >> 1));
    throw new AppError('STORAGE_FULL', { file: path.basename(file), errno: 'ENOSPC' });
  } };
};

describe('the disk', () => {
  it.each([4, 20, 33, 60])('full at append %i stops the ceremony without losing a line; with room again it goes on', async (count) => {
    const room = await open({ disk: fullAfter(count) });
    const stopped = await begun(room).then((snapshot) => play(room, snapshot)).then(() => 'not stopped', code);
    expect(stopped).toBe('STORAGE_FULL');
    const before = await now(room);
    expect(before.fault?.code).toBe('STORAGE_FULL');
    expect(await refused(room.host.command({ type: 'exception', kind: 'deviation', what: 'a', done: 'b', effect: 'none', noticedBy: witnessOf(room.plan) }))).toBe('STORAGE_FULL');
    const again = await reopen(room);
    const after = await again.host.enter(1);
    expect(after.state.restarts).toHaveLength(1);
    expect(typesOf(after)).toContain('repair');
    const end = await finish(again);
    expect(typesOf(end).filter((type) => type === 'repair')).toHaveLength(1);
  });
  it.each([33, 60])('full at append %i and then not: the same process enters again and goes on, with the logins asked for anew', async (count) => {
    const real = createDisk(), full = fullAfter(count);
    let isFull = true;
    const room = await open({ disk: { ...real, append: (file, bytes) => (isFull ? full : real).append(file, bytes) } });
    expect(await begun(room).then((snapshot) => play(room, snapshot)).then(() => 'not stopped', code)).toBe('STORAGE_FULL');
    isFull = false;
    const after = await room.host.enter(1);
    expect(after.fault).toBeNull();
    expect(after.state.loggedIn).toEqual([]);
    expect(typesOf(after).filter((type) => type === 'repair' || type === 'restarted')).toEqual(['repair', 'restarted']);
    await finish(room);
  });
  it('a vault that dies after a repair does not repair again', async () => {
    const room = await open();
    const at = await play(room, await begun(room), until('generate-key'));
    appendFileSync(path.join(at.folder.path, 'transcript.jsonl'), '{"seq":');
    const again = await reopen(room);
    await again.host.enter(1);
    await again.killVault();
    const after = await now(again);
    expect(typesOf(after).filter((type) => type === 'repair')).toHaveLength(1);
    await finish(again);
  });
});

describe('an edited transcript', () => {
  it('is never entered and never touched', async () => {
    const room = await open();
    const at = await play(room, await begun(room), until('generate-key'));
    const file = path.join(at.folder.path, 'transcript.jsonl');
    const edited = readFileSync(file, 'utf8').replace('"identity":"known"', '"identity":"document"');
    writeFileSync(file, edited);
    const again = await reopen(room);
    expect(await refused(again.host.enter(1))).toBe('TRANSCRIPT_PREV_MISMATCH');
    expect(readFileSync(file, 'utf8')).toBe(edited);
  });
});

describe('the death of the vault', () => {
  it.each<Operation>(['generate-key', 'issue-certificate', 'wrap', 'restore', 'lock'])('during %s is asked about at the token, and the ceremony ends well', async (operation) => {
    const room = await open();
    const at = await play(room, await begun(room), until(operation));
    const working = refused(room.host.command({ type: 'run', step: at.state.current! }));
    await room.killVault();
    await working;
    const end = await finish(room);
    expect(entriesOf(end).filter((entry) => entry.type === 'result' && entry.body.outcome.kind === 'generate-key')).toHaveLength(1);
    expect(end.state.restarts.length).toBeGreaterThan(0);
  });
});

describe('a second ceremony', () => {
  it('is linked to the first, waits until the first is finished, and the archive verifies', async () => {
    const room = await open();
    const started = await begun(room);
    const second = encodePlan({ ...room.plan, ceremony: { ...room.plan.ceremony, title: 'Second Root' }, key: { ...keyPlan(room.plan).key, label: 'second-root' } });
    const { number } = await room.host.freeze(second);
    await room.host.enter(number);
    expect(await refused(room.host.begin('1'))).toBe('RULE_PLAN_BOUND');
    await room.host.enter(1);
    const first = await play(room, await now(room));
    expect(started.state.opening?.previous).toBeNull();
    const entered = await room.host.enter(number);
    expect(entered.state.count).toBe(0);
    const opened = await room.host.begin('1');
    expect(opened.state.opening?.previous).toMatchObject({ number: 1, head: first.state.head, record: first.record?.digest });
    const end = await finish(room);
    const report = await verifyPath(room.workspace.archiveDir, { anchor: end.state.head });
    expect(report.findings.filter((finding) => finding.level === 'fault')).toEqual([]);
    expect(report.exitStatus).toBe(0);
  });
  it('a finished ceremony stays as it is when it is entered again', async () => {
    const room = await open();
    await freezeAndEnter(room);
    const end = await play(room, await room.host.begin('1'));
    const before = readFileSync(path.join(end.folder.path, 'transcript.jsonl'), 'utf8');
    const again = await reopen(room);
    const entered = await again.host.enter(1);
    expect(entered.record?.missing).toEqual([]);
    expect(readFileSync(path.join(end.folder.path, 'transcript.jsonl'), 'utf8')).toBe(before);
  });
});
