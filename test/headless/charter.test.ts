/** An archive that is founded, changed, and used for a key, by the real host on real tokens: what the charter in force lets people do, and what not. */
import { rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lookAtRegister } from '../../electron/archive/register.ts';
import { changeDraft, openDraft, readDraft } from '../../electron/prepare/drafts.ts';
import { enrolFile } from '../../electron/prepare/enrol.ts';
import { makeTokens } from '../../electron/prepare/rehearsal-tokens.ts';
import { startDraftOf } from '../../electron/prepare/start-draft.ts';
import { verifyPath } from '../../electron/verify/verify.ts';
import type { PersonId } from '../../shared/brand.ts';
import type { Charter, Member } from '../../shared/charter/charter-schema.ts';
import type { CeremonyKind, Person, Plan } from '../../shared/ceremony/plan-schema.ts';
import type { Snapshot } from '../../shared/ipc/snapshot.ts';
import { openHeadlessRoom, play, type HeadlessRoom } from '../support/headless-room.ts';

let room: HeadlessRoom;
beforeAll(async () => { room = await openHeadlessRoom(); }, 60_000);
afterAll(() => { room.close(); rmSync(room.dir, { recursive: true, force: true }); });

const place = () => ({ ...room.ports, workspace: room.workspace });
const start = async (kind: CeremonyKind, change: (plan: Plan) => Plan = (plan) => plan): Promise<Plan> => {
  await startDraftOf(place(), { kind, setId: null });
  return (await changeDraft(place(), change)).plan!;
};
const enrolAll = async (plan: Plan): Promise<void> => {
  for (const { id, credential } of plan.people) if (credential.kind === 'file' && credential.publicKey === null) await enrolFile(place(), { mode: 'rehearsal', person: id });
};
const freeze = async (): Promise<Snapshot> => {
  const { text, findings } = await readDraft(place());
  expect(findings).toEqual([]);
  const { number } = await room.host.freeze(text);
  return room.host.enter(number);
};
const hold = async (): Promise<Snapshot> => {
  await freeze();
  const end = await play(room, await room.host.begin('3142536125'));
  expect(end.state.closing?.outcome).toBe('completed');
  const archive = verifyPath(room.workspace.archiveDir, { anchor: end.state.head });
  expect(archive.findings.filter(({ level }) => level === 'fault')).toEqual([]);
  expect(archive.exitStatus).toBe(0);
  return end;
};
const inForce = async () => (await lookAtRegister(room.ports.disk, room.workspace.archiveDir, new Date())).charter;
const withCharter = (plan: Plan, change: (charter: Charter) => Charter): Plan => ({ ...plan, charter: change(plan.charter!) });
const member = (charter: Charter, id: string, change: (member: Member) => Member): Charter => ({ ...charter, members: charter.members.map((one) => (one.id === id ? change(one) : one)) });
const newcomer: Person = { id: 'ines' as PersonId, name: 'Ines Duarte', organisation: 'Example Trust', role: 'candidate', credential: { kind: 'file', algorithm: 'Ed25519', publicKey: null } };

describe('the life of a charter', () => {
  it('begins with a founding, in which everyone shows their key', async () => {
    await enrolAll(await start('founding'));
    const end = await hold();
    expect(end.state.memberChanges.map(({ change }) => change)).toEqual(end.state.plan.charter!.members.map(() => 'enrolled'));
    const shown = end.state.signoffs.filter(({ step }) => end.state.script.acts[2]!.steps.some((one) => one.id === step && one.title === 'Show the new keys')).map(({ person }) => person);
    expect(new Set(shown)).toEqual(new Set(end.state.plan.people.map(({ id }) => id)));
    expect(await inForce()).toMatchObject({ ceremony: 1, sha256: end.state.charter!.sha256 });
  }, 60_000);

  it('is founded once', async () => {
    await expect(start('founding')).rejects.toMatchObject({ code: 'PLAN_RULE', details: { rule: 'charter-current' } });
  });

  it('is changed by the quorum it had: somebody comes, somebody leaves, a key is replaced', async () => {
    const before = (await inForce())!.charter, custodians = before.members.filter(({ roles }) => roles.includes('custodian'));
    const [gone, renewed] = [custodians.at(-1)!, custodians.at(-2)!];
    const draft = await start('amendment', (plan) => ({
      ...withCharter(plan, (charter) => ({
        ...member(member(charter, gone.id, (one) => ({ ...one, standing: 'left' })), renewed.id, (one) => ({ ...one, credential: { kind: 'file', algorithm: 'Ed25519', publicKey: null } })),
        members: [...member(member(charter, gone.id, (one) => ({ ...one, standing: 'left' })), renewed.id, (one) => ({ ...one, credential: { kind: 'file', algorithm: 'Ed25519', publicKey: null } })).members,
          { id: newcomer.id, name: newcomer.name, organisation: newcomer.organisation, reportsTo: null, roles: ['custodian'], credential: newcomer.credential, standing: 'active' }],
        policy: { ...charter.policy, headCount: { always: 3, irreversible: 5 } },
      })),
      people: [...plan.people.map((person) => (person.id === renewed.id ? { ...person, role: 'candidate' as const, credential: { kind: 'file' as const, algorithm: 'Ed25519' as const, publicKey: null } } : person)), newcomer],
      quorum: { ...plan.quorum, shares: custodians.length - 1 },
    }));
    await enrolAll(draft);
    const end = await hold();
    expect(end.state.memberChanges.map(({ person, change }) => `${person} ${change}`)).toEqual([`${renewed.id} credential-replaced`, `${gone.id} left`, 'ines enrolled'].toSorted((a, b) => order(end, a) - order(end, b)));
    const replaced = end.state.memberChanges.find(({ change }) => change === 'credential-replaced')!;
    expect(replaced.keyBefore).not.toBe(replaced.keyAfter);
    expect((await inForce())!.charter.policy.headCount.irreversible).toBe(5);
  }, 60_000);

  it('lets nobody into a ceremony about a key who has left, comes with an old key or in another role', async () => {
    const plan = await start('root-key-generation');
    const { charter } = (await inForce())!, gone = charter.members.find(({ standing }) => standing === 'left')!;
    expect(plan.under).toMatchObject({ ceremony: 2, policy: charter.policy });
    expect(plan.people.map(({ id }) => id)).not.toContain(gone.id);
    await makeTokens(place());
    const { text } = await readDraft(place()), sound = JSON.parse(text) as Plan;
    const frozen = (change: (now: Plan) => Plan) => room.host.freeze(JSON.stringify(change(sound)));
    const swap = (id: string, person: Partial<Person>) => (now: Plan): Plan => ({ ...now, people: now.people.map((one) => (one.id === id ? { ...one, ...person } : one)) });
    const custodian = sound.people.find(({ role, id }) => role === 'custodian' && id !== newcomer.id)!;
    for (const change of [
      swap(custodian.id, { id: gone.id, name: gone.name, credential: gone.credential }), swap(custodian.id, { credential: gone.credential }), swap(custodian.id, { id: 'nobody' as PersonId }),
      swap(custodian.id, { name: 'Somebody Else' }), ({ under: _under, ...now }: Plan): Plan => now, (now: Plan): Plan => ({ ...now, under: { ...now.under!, policy: { ...now.under!.policy, exceptedBy: 1 } } }),
    ]) await expect(frozen(change)).rejects.toMatchObject({ code: 'PLAN_RULE', details: { rule: 'charter-current' } });
  }, 60_000);

  it('fills in a draft of before anew when somebody comes back to it', async () => {
    const plan = (await readDraft(place())).plan!, { ceremony, head, sha256 } = plan.under!, gone = (await inForce())!.charter.members.find(({ standing }) => standing === 'left')!;
    const old: Plan = { ...plan, under: { ...plan.under!, ceremony: 1 }, people: plan.people.map((person) => (person.id === newcomer.id ? { ...person, id: gone.id, name: gone.name, credential: gone.credential } : person)) };
    await changeDraft(place(), () => old);
    const { plan: now } = await openDraft(place());
    expect(now!.under).toEqual({ ...plan.under!, ceremony, head, sha256 });
    expect(new Set(now!.people.map(({ id }) => id))).toEqual(new Set(plan.people.map(({ id }) => id)));
    expect(now!.key).toEqual(plan.key);
  });

  it('is what a key is made under, and the verifier compares it over the archive', async () => {
    const end = await hold();
    expect(end.state.plan.under!.sha256).toBe((await inForce())!.sha256);
    const alone = verifyPath(end.folder.path, { anchor: end.state.head });
    expect(alone.findings.map(({ code }) => code)).toContain('LIMIT_CHARTER_NOT_SEEN');
    expect(path.basename(end.folder.path)).toMatch(/^0003-/);
  }, 120_000);

  it('stops a ceremony whose plan was frozen under the charter before', async () => {
    await start('root-key-generation', (plan) => ({ ...plan, key: { ...plan.key!, label: 'another-root' } }));
    await makeTokens(place());
    const frozen = await freeze();
    await start('amendment', (plan) => withCharter(plan, (charter) => ({ ...charter, policy: { ...charter.policy, exceptedBy: 3 } })));
    await hold();
    await room.host.enter(frozen.folder.number);
    await expect(room.host.begin('1')).rejects.toMatchObject({ code: 'PLAN_RULE', details: { rule: 'charter-current' } });
  }, 60_000);
});

const order = (end: Snapshot, text: string): number => end.state.plan.charter!.members.findIndex(({ id }) => id === text.split(' ')[0]);
