/**
 * What goes wrong with shares, cards, media and vaults in the ceremonies after the first, on real tokens: each fault has its code, is in the
 * transcript with who brought it, loses nothing, and the room goes on from it.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { lookAtRegister } from '../../electron/archive/register.ts';
import { verifyPath } from '../../electron/verify/verify.ts';
import type { PersonId } from '../../shared/brand.ts';
import { stepOfOperation } from '../../shared/ceremony/build-script.ts';
import type { Command } from '../../shared/ceremony/commands.ts';
import { encodePlan } from '../../shared/ceremony/parse-plan.ts';
import { administratorOf, keyPlan, witnessOf } from '../../shared/ceremony/people.ts';
import type { Copy, Plan } from '../../shared/ceremony/plan-schema.ts';
import type { Operation } from '../../shared/ceremony/script-types.ts';
import { pinSetOf, stepOf, wrappingSetOf } from '../../shared/ceremony/select.ts';
import { coreSymbols, parseLines, printedLine } from '../../shared/custody/lines.ts';
import { qrText } from '../../shared/custody/qr-text.ts';
import { AppError } from '../../shared/errors.ts';
import type { Snapshot } from '../../shared/ipc/snapshot.ts';
import type { Entry } from '../../shared/transcript/entry-schema.ts';
import { fixedSet } from '../support/custody-sets.ts';
import { begin, currentSetOf, planNext, playFounding, playGeneration, prepareCustodyRoom, setsOf, withKnownSo } from '../support/custody-room.ts';
import { nextCommand, openHeadlessRoom, play, readSheet, SECRETS, valuesFor, type HeadlessRoom, type RoomOptions } from '../support/headless-room.ts';
import { copyRoom } from '../support/token-room.ts';

const rooms: HeadlessRoom[] = [], dirs: string[] = [];
afterEach(() => {
  for (const room of rooms.splice(0)) room.close();
  for (const dir of dirs.splice(0)) rmSync(dir, { recursive: true, force: true });
});
const copyOf = (base: string): string => { const dir = copyRoom(base); dirs.push(dir); return dir; };
const open = async (dir: string, options: RoomOptions = {}): Promise<HeadlessRoom> => {
  const room = await openHeadlessRoom({ ...options, dir });
  rooms.push(room);
  return room;
};
/** The plan of a re-share, with the PIN set renewed in it or not. */
const renewPin = (renew: boolean) => (plan: Plan): Plan => {
  const { pin } = keyPlan(plan);
  return { ...plan, pin: pin.control === 'held-by-quorum' ? { ...pin, renew } : pin };
};
/** What the next person at the desk gives instead of what an honest one would; used up by one entry. */
interface Desk { give: readonly string[] | null }
const deskFor = (desk: Desk): NonNullable<RoomOptions['type']> => (workspace) => (spec) => {
  if (spec.kind !== 'share' || desk.give === null) return valuesFor(workspace, spec);
  const { give } = desk;
  desk.give = null;
  return give;
};
interface Fault { readonly code: string; readonly details: Readonly<Record<string, unknown>> }
const faultOf = (work: Promise<unknown>): Promise<Fault> => work.then(() => ({ code: 'accepted', details: {} }), (error: unknown) => (error instanceof AppError ? { code: error.code, details: error.details } : { code: String(error), details: {} }));
const entriesOf = (snapshot: Snapshot): Entry[] => readFileSync(path.join(snapshot.folder.path, 'transcript.jsonl'), 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line) as Entry);
const now = async (room: HeadlessRoom): Promise<Snapshot> => (await room.host.snapshot())!;
const until = (room: HeadlessRoom, from: Snapshot, type: Command['type']): Promise<Snapshot> => play(room, from, (at) => nextCommand(at)?.type === type);
const untilStep = (room: HeadlessRoom, from: Snapshot, operation: Operation): Promise<Snapshot> => play(room, from, ({ state }) => state.current === stepOfOperation(state.script, operation)!.id);
const finish = async (room: HeadlessRoom): Promise<Snapshot> => {
  const end = await play(room, await now(room));
  expect(end.state.closing?.outcome).toBe('completed');
  const report = await verifyPath(end.folder.path, { anchor: end.state.head });
  expect(report.findings.filter(({ level }) => level === 'fault')).toEqual([]);
  return end;
};
const id = (name: string): PersonId => name as PersonId;
const readOf = (at: Snapshot, presenter: string, carrier: 'paper' | 'card' = 'paper', holder = presenter): Command => ({ type: 'read-share', step: at.state.current!, presenter: id(presenter), holder: id(holder), carrier });
const noted = (person: string, kind: 'deviation' | 'person-change' = 'deviation'): Command => ({ type: 'exception', kind, expected: 'Nothing to be said.', what: 'Said in the room.', done: 'Written down.', effect: 'none', noticedBy: id(person), decidedBy: id(person) });

/** Two of three: Ada has a sheet, Bruno a card, Chen a blind sheet and a card. */
let mixed: string;
beforeAll(async () => {
  mixed = await prepareCustodyRoom({ custodians: 3, custody: { bruno: { carrier: 'card', sheet: 'standard' }, chen: { carrier: 'both', sheet: 'blind' } } });
  await playGeneration(mixed);
}, 120_000);
afterAll(() => { rmSync(mixed, { recursive: true, force: true }); });

/** The lines of a share with one bit of its value turned, and their check characters made anew. */
const forged = (lines: readonly string[]): string[] => {
  const read = parseLines(lines.map((line) => Buffer.from(line)));
  if (!read.ok) throw new Error('these lines are no share');
  const y = Uint8Array.from(read.value.y);
  y[31]! ^= 1;
  return coreSymbols({ ...read.value, y }).map((symbols) => { const { groups, check } = printedLine(symbols); return groups.join('') + check; });
};

describe('while shares are gathered', () => {
  it('each wrong one is refused by name before anything is combined, is recorded, and the good ones still open the backup', async () => {
    const dir = copyOf(mixed), desk: Desk = { give: null };
    await planNext(dir, { kind: 'recovery' });
    const room = await open(dir, { type: deskFor(desk) });
    const at = await until(room, await begin(room), 'read-share');
    const present = async (presenter: string, give: readonly string[]): Promise<Fault> => { desk.give = give; return faultOf(room.host.command(readOf(at, presenter))); };
    const ada = readSheet(room.workspace, 1), stranger = fixedSet({ seed: 77, drill: true });

    expect(await present('ada', [qrText(stranger.shares[0]!)])).toMatchObject({ code: 'SHARE_OTHER_SET', details: { presenter: 'Ada Okafor', claimsSet: stranger.parsed.setName } });
    // These two are told in the entry window, and never become a share that somebody brought.
    expect((await present('ada', ['HTTPS://EXAMPLE.ORG/WALLET'])).code).toContain('SHARE_NOT_A_SHARE');
    const mistyped = ada.map((line, index) => (index === 1 ? `${line.slice(0, 3)}${line[3] === '0' ? '1' : '0'}${line.slice(4)}` : line));
    expect((await present('ada', mistyped)).code).toMatch(/SHARE_LINE_MISTYPED.*"line":2/);
    expect(await present('ada', forged(ada))).toMatchObject({ code: 'SHARE_FORGED', details: { presenter: 'Ada Okafor', claimsNumber: 1 } });
    // Bruno's own share is on his card; he has Ada's sheet in his hand.
    expect(await present('bruno', ada)).toMatchObject({ code: 'SHARE_WRONG_PERSON', details: { presenter: 'Bruno Keller', number: 1, name: 'Ada Okafor' } });
    const chen = readSheet(room.workspace, 3);
    expect(await present('chen', [...chen, '1'.repeat(3) + SECRETS.diceCode.replaceAll(' ', '').slice(3)])).toMatchObject({ code: 'SHARE_BLIND_CODE', details: { presenter: 'Chen Wei' } });
    expect((await now(room)).state.gatherings).toEqual([]);
    await room.host.command(readOf(at, 'ada'));
    expect(await present('bruno', ada)).toMatchObject({ code: 'SHARE_DUPLICATE', details: { presenter: 'Bruno Keller', number: 1, firstPresenter: 'Ada Okafor' } });
    // One short of the quorum nothing is computed.
    expect(await faultOf(room.host.command({ type: 'confirm', step: at.state.current!, by: administratorOf(room.plan) }))).toMatchObject({ code: 'RULE_GATHERED_ENOUGH' });
    expect(await faultOf(room.vault().call('gather.combine', { setId: room.plan.source!.set.setId, shares: [1] }))).toMatchObject({ code: 'SHARE_NEED_MORE', details: { have: 1, need: 2 } });

    const end = await finish(room);
    expect(end.state.refused.map(({ code, presenter }) => [code, presenter])).toEqual([['SHARE_OTHER_SET', 'ada'], ['SHARE_FORGED', 'ada'], ['SHARE_WRONG_PERSON', 'bruno'], ['SHARE_BLIND_CODE', 'chen'], ['SHARE_DUPLICATE', 'bruno']]);
    const transcript = readFileSync(path.join(end.folder.path, 'transcript.jsonl'), 'utf8');
    for (const line of [...ada, ...chen]) expect(transcript.includes(line.slice(0, 16))).toBe(false);
  });

  it('a share of the set before is refused with its name, its epoch and the day it was replaced (SHARE_OLD_EPOCH)', async () => {
    const dir = copyOf(mixed), desk: Desk = { give: null };
    await planNext(dir, { kind: 're-share' });
    const first = await open(dir);
    const old = await currentSetOf(first), stale = readSheet(first.workspace, 1);
    await play(first, await begin(first));
    first.close();
    await planNext(dir, { kind: 'recovery' });
    const room = await open(dir, { type: deskFor(desk) });
    const at = await until(room, await begin(room), 'read-share');
    desk.give = stale;
    const day = (await setsOf(room)).find(({ setId }) => setId === old.setId)!.supersededAt!.slice(0, 10);
    expect(await faultOf(room.host.command(readOf(at, 'ada')))).toMatchObject({ code: 'SHARE_OLD_EPOCH', details: { presenter: 'Ada Okafor', claimsSet: old.setName, claimsEpoch: 1, supersededAt: day } });
    expect((await finish(room)).state.refused).toHaveLength(1);
  });

  it('the vault dies: what was read is read again, and nothing of it was combined', async () => {
    const dir = copyOf(mixed);
    await planNext(dir, { kind: 'recovery' });
    const room = await open(dir);
    const at = await until(room, await begin(room), 'read-share');
    await room.host.command(nextCommand(at)!);
    await room.killVault();
    expect((await now(room)).state.gatherings.every(({ open: isOpen }) => !isOpen)).toBe(true);
    const end = await finish(room);
    expect(entriesOf(end).filter((entry) => entry.type === 'share-read')).toHaveLength(3);
    expect(end.state.gatherings).toHaveLength(2);
  });
});

describe('practice and earnest', () => {
  const production: Partial<Plan> = { mode: 'production', sheets: { paper: 'A4', printer: { kind: 'cups', queue: 'nobody-prints' } } };
  const onCards = { ada: { carrier: 'card', sheet: 'standard' }, bruno: { carrier: 'card', sheet: 'standard' } } as const;
  const as = { mode: 'production' } as const;
  it.each([true, undefined])('a set of a drill (%s) is never the set of a real recovery nor the other way round, and a foreign share does not pass as one of it', async (drill) => {
    const dir = await prepareCustodyRoom({ custody: onCards, plan: { ...production, ...(drill ? { drill } : {}) } }), desk: Desk = { give: null };
    dirs.push(dir);
    await playFounding(dir, as);
    await playGeneration(dir, as);
    const turned = (plan: Plan): Plan => { const { drill: was, ...rest } = plan; return was === true ? rest : { ...rest, drill: true }; };
    await expect(planNext(dir, { kind: 'recovery', change: turned }, as)).rejects.toThrow(drill ? /never used in a real ceremony/ : /never used for practice/);
    const plan = await planNext(dir, { kind: 'recovery' }, as);
    expect(plan.source?.set.drill).toBe(drill === true);
    const room = await open(dir, { ...as, type: deskFor(desk) });
    const at = await until(room, await begin(room), 'read-share');
    desk.give = [qrText(fixedSet({ seed: 78, drill: drill !== true }).shares[0]!)];
    expect(await faultOf(room.host.command(readOf(at, 'ada')))).toMatchObject({ code: 'SHARE_OTHER_SET' });
    await finish(room);
  });
});

describe('the wrapped key on the media', () => {
  const rot = (room: HeadlessRoom, number: number): void => {
    const file = path.join(room.workspace.mediaDir, String(number), room.plan.source!.wrapped!.fileName), bytes = readFileSync(file);
    bytes[9]! ^= 1;
    writeFileSync(file, bytes);
  };
  it.each(['recovery', 're-share'] as const)('damaged on the first is named, and the second is used (%s)', async (kind) => {
    const dir = copyOf(mixed);
    await planNext(dir, { kind });
    const room = await open(dir);
    rot(room, 1);
    const at = await untilStep(room, await begin(room), kind === 'recovery' ? 'restore' : 'rewrap');
    const after = await room.host.command(nextCommand(at)!);
    expect(entriesOf(after).flatMap((entry) => (entry.type === 'failed' ? [entry.body] : []))).toMatchObject([{ happened: 'no', fault: { code: 'HSM_BLOB_DAMAGED', details: { why: 'digest', medium: 1 } } }]);
    if (kind === 're-share') {
      // What is not the wrapped key any more is not deleted as if it were: it goes into a bag.
      const account = await play(room, after, ({ state }) => stepOf(state)?.kind === 'account'), copy: Copy = { kind: 'medium', setId: room.plan.source!.set.setId, number: 1 };
      const destroyed: Command = { type: 'account', step: account.state.current!, copy, outcome: 'destroyed', method: 'deleted', bag: null, by: administratorOf(room.plan) };
      expect(await faultOf(room.host.command(destroyed))).toMatchObject({ code: 'HSM_BLOB_DAMAGED', details: { why: 'other-file' } });
      await room.host.command({ ...destroyed, outcome: 'collected', method: 'to be shredded', bag: 'M-1' });
    }
    await finish(room);
  });
  it('damaged on every one stops, and nothing was begun (HSM_BLOB_DAMAGED)', async () => {
    const dir = copyOf(mixed);
    await planNext(dir, { kind: 'recovery' });
    const room = await open(dir);
    for (const number of room.plan.source!.wrapped!.media) rot(room, number);
    const at = await untilStep(room, await begin(room), 'restore');
    expect(await faultOf(room.host.command(nextCommand(at)!))).toMatchObject({ code: 'HSM_BLOB_DAMAGED', details: { why: 'digest', medium: 1 } });
    expect((await now(room)).state).toMatchObject({ openEffect: null, backup: null });
  });
});

describe('accounts', () => {
  it('keep a quorum, take no bag twice, and nothing is closed over a copy of which nobody said anything', async () => {
    const dir = copyOf(mixed);
    await planNext(dir, { kind: 'recovery', change: (plan) => ({ ...plan, source: plan.source! }) });
    const room = await open(dir), { copies } = room.plan.source!;
    const at = await play(room, await begin(room), ({ state }) => stepOf(state)?.kind === 'account');
    const by = administratorOf(room.plan), step = at.state.current!, opened = at.state.gatherings.flatMap(({ shares }) => shares);
    const copyOfShare = (share: number): Copy => copies.find(({ copy }) => copy.kind !== 'medium' && copy.share === share)!.copy;
    const account = (share: number, outcome: 'destroyed' | 'resealed' | 'missing' | 'retained', bag: string | null): Command => ({ type: 'account', step, copy: copyOfShare(share), outcome, method: 'said in the room', bag, by });
    expect(opened.map(({ share }) => share)).toEqual([1, 2]);
    expect(await faultOf(room.host.command({ type: 'confirm', step, by }))).toMatchObject({ code: 'RULE_COPIES_ACCOUNTED' });
    expect(await faultOf(room.host.command(account(1, 'retained', null)))).toMatchObject({ code: 'RULE_COPIES_ACCOUNTED' });
    expect(await faultOf(room.host.command(account(1, 'resealed', copies[0]!.bag)))).toMatchObject({ code: 'RULE_COPIES_ACCOUNTED', details: { reason: expect.stringMatching(/in use/) as string } });
    await room.host.command(account(1, 'missing', null));
    // Exactly two of three are left, and two are needed.
    expect(await faultOf(room.host.command(account(2, 'destroyed', null)))).toMatchObject({ code: 'RULE_KEEP_A_QUORUM' });
    expect(await faultOf(room.host.command(account(1, 'resealed', 'B-99')))).toMatchObject({ code: 'RULE_COPIES_ACCOUNTED' });
    await room.host.command(noted(witnessOf(room.plan)));
    await room.host.command(account(2, 'destroyed', null));
    await finish(room);
    expect(await setsOf(room)).toMatchObject([{ margin: -1 }]);
  });
});

describe('the vault dies', () => {
  it('while a new set is handed over in a re-share: that set is void, the old set and its wrapped key are as they were', async () => {
    const dir = copyOf(mixed);
    await planNext(dir, { kind: 're-share' });
    const room = await open(dir);
    const at = await play(room, await begin(room), (snapshot) => nextCommand(snapshot)?.type === 'read-card-back');
    await room.killVault();
    const after = await now(room);
    expect(after.state).toMatchObject({ set: null, superseded: null, voided: [{ setId: at.state.set!.setId, reason: 'vault-restarted' }] });
    expect(after.state.voided[0]!.cards).toHaveLength(1);
    for (const number of room.plan.source!.wrapped!.media) expect(readFileSync(path.join(room.workspace.mediaDir, String(number), room.plan.source!.wrapped!.fileName)).length).toBe(room.plan.source!.wrapped!.length);
    const end = await finish(room);
    expect(wrappingSetOf(end.state)!.setId).not.toBe(at.state.set!.setId);
  });

  const QUORUM: Plan['pin'] = { control: 'quorum', typedBy: [id('maria'), id('walter')], so: 'nobody', soTypedBy: [] };
  const pinRoom = async (): Promise<string> => {
    const dir = await prepareCustodyRoom({ plan: { pin: QUORUM } });
    dirs.push(dir);
    return dir;
  };
  const atPinSet = ({ state }: Snapshot): boolean => { const step = stepOf(state); return step?.kind === 'handover' && step.holds === 'pin' && state.set?.shares[0]?.status === 'sealed'; };

  it('while a PIN set is handed over: that set is void, the wrapping set stays, and the PIN is as it was', async () => {
    const room = await open(await pinRoom());
    const at = await play(room, await begin(room), atPinSet);
    await room.killVault();
    const after = await now(room);
    expect(after.state).toMatchObject({ pinChanged: null, voided: [{ setId: at.state.set!.setId, holds: 'pin' }], set: { holds: 'wrapping-key', setId: wrappingSetOf(at.state)!.setId } });
    const end = await finish(room);
    expect(pinSetOf(end.state)!.setId).not.toBe(at.state.set!.setId);
    expect(end.state.pinChanged?.tokens).toHaveLength(2);
  });

  it.each([false, true])('while sets are handed over on tokens that a quorum opened (PIN set renewed: %s): its shares come again first', async (renew) => {
    const dir = await pinRoom();
    await playGeneration(dir);
    await planNext(dir, { kind: 're-share', change: renewPin(renew) });
    const room = await open(dir);
    const at = await play(room, await begin(room), renew ? atPinSet : (snapshot) => nextCommand(snapshot)?.type === 'read-back');
    await room.killVault();
    const after = await now(room);
    expect(stepOf(after.state)).toMatchObject({ kind: 'gather', holds: 'pin' });
    expect(after.state.voided).toMatchObject([{ setId: at.state.set!.setId }]);
    const end = await finish(room);
    expect(end.state.superseded).not.toBeNull();
  });

  /** The vault dies in the n-th change: before it did anything, or after it did all and before it could say so. */
  const dieInChange = (room: HeadlessRoom, nth: number, when: 'before' | 'after'): void => {
    const house = room.ports.vault, call = house.call.bind(house);
    let changes = 0;
    Object.assign(house, { call: async (name: Parameters<typeof call>[0], request: never) => {
      if (name !== 'pin.change' || ++changes !== nth) return call(name, request);
      if (when === 'after') await call(name, request);
      await room.killVault();
      throw new AppError('VAULT_GONE', {});
    } });
  };
  it.each([[1, 'before'], [1, 'after'], [2, 'before'], [2, 'after']] as const)('in change %i of a PIN, %s it: the set is kept and its shares are read again; an abort there leaves it in the register', async (nth, when) => {
    const dir = await pinRoom(), room = await open(dir);
    const at = await untilStep(room, await begin(room), 'change-pin');
    dieInChange(room, nth, when);
    expect(await faultOf(room.host.command(nextCommand(at)!))).toMatchObject({ code: 'VAULT_GONE' });
    const cut = await now(room);
    expect(cut.state).toMatchObject({ pinUncertain: true, pinChanged: null, set: { setId: at.state.set!.setId } });
    expect(await faultOf(room.host.command({ type: 'void-set', reason: 'person' }))).toMatchObject({ code: 'RULE_VOID_OPENS_NOTHING' });
    expect(await faultOf(room.host.command({ type: 'run', step: cut.state.current! }))).toMatchObject({ code: 'RULE_PROOF_ORDER', details: { reason: expect.stringMatching(/2 shares of PIN set/) as string } });
    expect(await faultOf(room.host.command(readOf(cut, 'xenia')))).toMatchObject({ code: 'RULE_SHARE_WANTED' });

    const { hsm } = keyPlan(room.plan), serials = [hsm.serial, hsm.secondSerial];
    room.close();
    const other = await open(copyOf(dir));
    await other.host.enter(1);
    await play(other, await other.host.command({ type: 'abort', by: administratorOf(other.plan), reason: 'No time.' }));
    expect((await other.host.snapshot())!.state.closing?.outcome).toBe('aborted');
    expect((await verifyPath((await now(other)).folder.path, { anchor: (await now(other)).state.head })).findings).toContainEqual(expect.objectContaining({ code: 'NOTE_PIN_UNCERTAIN' }));
    const register = await lookAtRegister(other.ports.disk, other.workspace.archiveDir, new Date());
    expect(register.keys[0]).toMatchObject({ pinSets: [{ setId: at.state.set!.setId, status: 'current' }], tokens: [{ pinSet: at.state.set!.setId }, { pinSet: at.state.set!.setId }] });
    other.close();

    const again = await open(dir);
    await again.host.enter(1);
    const end = await finish(again);
    const had = end.state.pinChanged!.tokens.filter(({ oldRefusedWith }) => oldRefusedWith.startsWith('not tried')).map(({ serial }) => serial);
    expect(end.state.pinChanged!.tokens.map(({ serial }) => serial)).toEqual(serials);
    expect(had).toEqual(serials.slice(0, when === 'after' ? nth : nth - 1));
  });

  it('never: a PIN that was mistyped before the change leaves everything as it was, and no share is asked for again', async () => {
    let wrong = true;
    const room = await open(await pinRoom(), { type: (workspace) => (spec) => (spec.kind === 'pin-half' && spec.half === 'second' && wrong && changing ? ['not-this-one'] : valuesFor(workspace, spec)) });
    let changing = false;
    const at = await untilStep(room, await begin(room), 'change-pin');
    changing = true;
    expect(await faultOf(room.host.command(nextCommand(at)!))).toMatchObject({ code: 'HSM_PIN_INCORRECT' });
    expect((await now(room)).state).toMatchObject({ pinUncertain: false, pinChanged: null });
    wrong = false;
    expect((await finish(room)).state.gatherings).toEqual([]);
  });
});

describe('the SO PIN that a quorum holds', () => {
  it('is renewed with its PIN set, out of the set before; the plan says so by itself and the register remembers', async () => {
    const dir = await prepareCustodyRoom({ plan: { pin: { control: 'quorum', typedBy: [id('maria'), id('walter')], so: 'quorum', soTypedBy: [id('xenia')] } } });
    dirs.push(dir);
    await withKnownSo(dir);
    await playGeneration(dir);
    const plan = await planNext(dir, { kind: 're-share', change: renewPin(true) });
    expect(plan.pin).toMatchObject({ control: 'held-by-quorum', renew: true, so: 'quorum' });
    // A plan that would leave the SO PIN with the set that ends is not frozen.
    const { so: _so, ...without } = plan.pin as Extract<Plan['pin'], { control: 'held-by-quorum' }>;
    const room = await open(dir);
    expect(await faultOf(room.host.freeze(encodePlan({ ...plan, pin: without })))).toMatchObject({ code: 'PLAN_RULE', details: { where: 'pin.set' } });
    await begin(room);
    const end = await finish(room);
    expect(end.state.pinChanged?.tokens.map(({ soChanged }) => soChanged)).toEqual([true, true]);
    const register = await lookAtRegister(room.ports.disk, room.workspace.archiveDir, new Date());
    expect(register.keys[0]!.pinSets).toMatchObject([{ status: 'superseded', soByQuorum: true }, { status: 'current', soByQuorum: true }]);
  });
});
