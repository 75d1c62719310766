/** What happens to shares after the first split, on real SoftHSM tokens: one archive, one ceremony after the other, and the verifier at the end of each. */
import { rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeCards } from '../../electron/prepare/cards.ts';
import { changeDraft, readDraft } from '../../electron/prepare/drafts.ts';
import { enrolFile } from '../../electron/prepare/enrol.ts';
import { makeTokens } from '../../electron/prepare/rehearsal-tokens.ts';
import { startDraftOf } from '../../electron/prepare/start-draft.ts';
import { lookAtRegister } from '../../electron/archive/register.ts';
import { verifyPath } from '../../electron/verify/verify.ts';
import type { PersonId } from '../../shared/brand.ts';
import type { CeremonyKind, Person, Plan } from '../../shared/ceremony/plan-schema.ts';
import { wrappingSetOf, pinSetOf, stepOf } from '../../shared/ceremony/select.ts';
import { AppError } from '../../shared/errors.ts';
import type { Snapshot } from '../../shared/ipc/snapshot.ts';
import type { CustodyRegister, SetState } from '../../shared/register/custody-types.ts';
import { makeWorkspaceDir, nextCommand, openHeadlessRoom, play, type HeadlessRoom } from '../support/headless-room.ts';
import { samplePeople } from '../support/sample-people.ts';
import { SOFTHSM_MODULE } from '../support/softhsm.ts';

const card = { module: SOFTHSM_MODULE, serial: null };
/** Ada has a sheet, Bruno a card, Chen both, the sheet printed blind. */
const people = (): Person[] => samplePeople(3).map((person) => {
  if (person.id === 'bruno') return { ...person, custody: { carrier: 'card', sheet: 'standard', card } };
  return person.id === 'chen' ? { ...person, custody: { carrier: 'both', sheet: 'blind', card } } : person;
});

let room: HeadlessRoom;
beforeAll(async () => { room = await openHeadlessRoom({ dir: makeWorkspaceDir(), plan: { people: people(), quorum: { threshold: 2, shares: 3 }, key: { label: 'example-root-2026', profile: 'ec-p256', backup: { kind: 'split' } } } }); }, 60_000);
afterAll(() => { room.close(); rmSync(room.dir, { recursive: true, force: true }); });

const register = (): Promise<CustodyRegister> => lookAtRegister(room.ports.disk, room.workspace.archiveDir, new Date());
const currentSet = async (): Promise<SetState> => (await register()).keys[0]!.sets.findLast((set) => set.status === 'current')!;
const place = () => ({ ...room.ports, workspace: room.workspace });

/** Draws up, completes and freezes the next ceremony, and enters it. */
const prepare = async (kind: CeremonyKind, setId: string, change: (plan: Plan) => Plan = (plan) => plan): Promise<Snapshot> => {
  await startDraftOf(place(), { kind, setId: setId as never });
  await changeDraft(place(), change);
  if (kind === 'recovery') await makeTokens(place());
  await makeCards(place());
  for (const person of (await readDraft(place())).plan!.people) await enrolFile(place(), { mode: 'rehearsal', person: person.id });
  const { text, findings } = await readDraft(place());
  expect(findings).toEqual([]);
  const { number } = await room.host.freeze(text);
  await room.host.enter(number);
  return room.host.begin('1');
};
const verified = async (snapshot: Snapshot): Promise<void> => {
  const folder = await verifyPath(snapshot.folder.path, { anchor: snapshot.state.head });
  expect(folder.findings.filter(({ level }) => level === 'fault')).toEqual([]);
  expect(folder.exitStatus).toBe(0);
  const archive = await verifyPath(path.dirname(snapshot.folder.path), { anchor: snapshot.state.head });
  expect(archive.findings.filter(({ level }) => level === 'fault')).toEqual([]);
};
const toTheEnd = async (from: Snapshot): Promise<Snapshot> => {
  const end = await play(room, from);
  expect(end.state.closing?.outcome).toBe('completed');
  await verified(end);
  return end;
};
const until = (snapshot: Snapshot, type: string): Promise<Snapshot> => play(room, snapshot, (now) => nextCommand(now)?.type === type);

describe('one archive', () => {
  it('begins with a split onto paper, a card, and both, each read back from what carries it', { timeout: 120_000 }, async () => {
    const { number } = await room.host.freeze((await import('../../shared/ceremony/parse-plan.ts')).encodePlan(room.plan));
    await room.host.enter(number);
    const end = await toTheEnd(await room.host.begin('3142'));
    const set = wrappingSetOf(end.state)!;
    expect(set.shares.map(({ status, paper, card: held }) => [status, paper, held?.status ?? null])).toEqual([['sealed', 'read-back', null], ['sealed', null, 'read-back'], ['sealed', 'read-back', 'read-back']]);
    expect(await currentSet()).toMatchObject({ epoch: 1, margin: 1, threshold: 2, shares: 3 });
  });

  it('recovers the key on another HSM from a sheet and a card, and gathers again after the vault died', { timeout: 120_000 }, async () => {
    const { setId } = await currentSet();
    const before = await until(await prepare('recovery', setId), 'read-share');
    const one = await room.host.command(nextCommand(before)!);
    expect(one.state.gatherings[0]?.shares).toHaveLength(1);
    await room.killVault();
    const again = (await room.host.snapshot())!;
    expect([stepOf(again.state)?.kind, again.state.gatherings.filter((gathering) => gathering.open)]).toEqual(['gather', []]);
    const end = await toTheEnd(again);
    expect(end.state.backup?.restored?.spkiSha256).toBe(end.state.key?.spkiSha256);
    expect((await register()).keys[0]!.tokens).toHaveLength(3);
  });

  it('refuses a share under another holder by name, records it, and goes on', { timeout: 120_000 }, async () => {
    const { setId } = await currentSet();
    const at = await until(await prepare('recovery', setId), 'read-share');
    const step = at.state.current!;
    // Bruno says that he is at the desk with Ada's sheet.
    await room.host.command({ type: 'exception', kind: 'person-change', expected: 'Ada brings the sheet.', what: 'Maria brings the sheet.', done: 'Witness agrees.', effect: 'none', noticedBy: 'walter' as PersonId, decidedBy: 'walter' as PersonId });
    const maria = await room.host.command({ type: 'read-share', step, presenter: 'maria' as PersonId, holder: 'ada' as PersonId, carrier: 'paper' });
    expect(maria.state.gatherings.at(-1)?.shares.at(-1)).toMatchObject({ share: 1, person: 'ada', presenter: 'maria' });
    await expect(room.host.command({ type: 'read-share', step, presenter: 'maria' as PersonId, holder: 'bruno' as PersonId, carrier: 'card' })).rejects.toSatisfy((error: unknown) => error instanceof AppError && error.code === 'RULE_HOLDER_HISTORY');
    const end = await play(room, await room.host.command({ type: 'abort', by: 'maria' as PersonId, reason: 'Only a practice.' }));
    expect(end.state.closing?.outcome).toBe('aborted');
  });

  it('checks every share alone, with a signed slip and a new bag each', { timeout: 120_000 }, async () => {
    const { setId } = await currentSet();
    const end = await toTheEnd(await prepare('share-check', setId));
    expect(end.state.proofs.map(({ share, found }) => [share, found])).toEqual([[1, 'proved'], [2, 'proved'], [3, 'proved']]);
    expect(end.state.signoffs.map(({ person }) => person)).toEqual(['ada', 'bruno', 'chen']);
  });

  it('replaces a custodian and the set, and accounts for every old copy', { timeout: 180_000 }, async () => {
    const old = await currentSet();
    const farah = samplePeople(6).find(({ id }) => id === 'farah')!;
    const change = (plan: Plan): Plan => ({
      ...plan, people: [...plan.people.map((person) => (person.id === 'chen' ? { ...person, role: 'holder' as const } : person)), { ...farah, credential: { kind: 'file', algorithm: 'Ed25519', publicKey: null } }],
    });
    const end = await toTheEnd(await prepare('re-share', old.setId, change));
    expect(end.state.superseded).toMatchObject({ setId: old.setId, by: wrappingSetOf(end.state)!.setId });
    expect(end.state.accounted).toHaveLength(end.state.plan.source!.copies.length);
    expect(await currentSet()).toMatchObject({ epoch: 2, margin: 1 });
    expect((await register()).keys[0]!.sets[0]).toMatchObject({ setId: old.setId, status: expect.stringMatching(/superseded|destroyed/) as string });
  });

  it('destroys the shares of a set, and the register says that the key has no backup any more', { timeout: 120_000 }, async () => {
    const { setId } = await currentSet();
    await toTheEnd(await prepare('share-destruction', setId));
    expect((await register()).keys[0]).toMatchObject({ backup: 'lost' });
  });
});

describe('a PIN that a quorum holds', () => {
  it('is changed after its set was read back, opens the HSM by quorum afterwards, and nobody types it again', { timeout: 240_000 }, async () => {
    const own = await openHeadlessRoom({ dir: makeWorkspaceDir(), plan: {
      people: samplePeople(2), quorum: { threshold: 2, shares: 2 }, key: { label: 'pin-root', profile: 'ec-p256', backup: { kind: 'split' } },
      pin: { control: 'quorum', typedBy: ['maria' as PersonId, 'walter' as PersonId], so: 'nobody', soTypedBy: [] },
    } });
    const before = room;
    room = own;
    try {
      const { number } = await own.host.freeze((await import('../../shared/ceremony/parse-plan.ts')).encodePlan(own.plan));
      await own.host.enter(number);
      const end = await toTheEnd(await own.host.begin('1'));
      expect(end.state.pinChanged?.tokens).toHaveLength(2);
      expect(pinSetOf(end.state)?.shares.every(({ status }) => status === 'sealed')).toBe(true);
      const again = await toTheEnd(await prepare('re-share', (await currentSet()).setId));
      const login = again.rows.filter(({ text }) => text.includes('opened by the quorum'));
      expect(login).toHaveLength(2);
    } finally { room = before; own.close(); rmSync(own.dir, { recursive: true, force: true }); }
  });
});
