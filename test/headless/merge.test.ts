/** Two workstations go on from one archive, each in its own way; then they are joined, merged by a ceremony, and go on as one. By the real host. */
import { cpSync, rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { joinArchives } from '../../electron/archive/join.ts';
import { lookAtRegister } from '../../electron/archive/register.ts';
import { changeDraft, readDraft } from '../../electron/prepare/drafts.ts';
import { enrolFile } from '../../electron/prepare/enrol.ts';
import { startDraftOf } from '../../electron/prepare/start-draft.ts';
import { verifyPath } from '../../electron/verify/verify.ts';
import type { Charter } from '../../shared/charter/charter-schema.ts';
import { encodePlan } from '../../shared/ceremony/parse-plan.ts';
import type { CeremonyKind, Plan } from '../../shared/ceremony/plan-schema.ts';
import type { Snapshot } from '../../shared/ipc/snapshot.ts';
import { makeWorkspaceDir, openHeadlessRoom, play, type HeadlessRoom } from '../support/headless-room.ts';

let here: HeadlessRoom, there: HeadlessRoom;
const place = (room: HeadlessRoom) => ({ ...room.ports, workspace: room.workspace });
const draft = async (room: HeadlessRoom, kind: CeremonyKind, change: (plan: Plan) => Plan = (plan) => plan): Promise<Plan> => {
  await startDraftOf(place(room), { kind, setId: null });
  return (await changeDraft(place(room), change)).plan!;
};
const freeze = async (room: HeadlessRoom): Promise<number> => {
  const { text, findings } = await readDraft(place(room));
  expect(findings).toEqual([]);
  return (await room.host.freeze(text)).number;
};
const hold = async (room: HeadlessRoom): Promise<Snapshot> => {
  await room.host.enter(await freeze(room));
  const end = await play(room, await room.host.begin('3142536125'));
  expect(end.state.closing?.outcome).toBe('completed');
  await room.host.leave();
  return end;
};
const verified = (room: HeadlessRoom, end: Snapshot): readonly string[] => {
  const { findings, exitStatus } = verifyPath(room.workspace.archiveDir, { anchor: end.state.head });
  expect(findings.filter(({ level }) => level === 'fault')).toEqual([]);
  expect(exitStatus).toBe(0);
  return findings.map(({ code }) => code);
};
const inForce = async (room: HeadlessRoom) => (await lookAtRegister(room.ports.disk, room.workspace.archiveDir, new Date())).charter!;
const amend = (room: HeadlessRoom, change: (charter: Charter) => Charter) => draft(room, 'amendment', (plan) => ({ ...plan, charter: change(plan.charter!) }));

beforeAll(async () => {
  here = await openHeadlessRoom();
  for (const { id } of (await draft(here, 'founding')).people) await enrolFile(place(here), { mode: 'rehearsal', person: id });
  await hold(here);
  const dir = makeWorkspaceDir();
  cpSync(here.dir, dir, { recursive: true });
  there = await openHeadlessRoom({ dir });
}, 120_000);
afterAll(() => { for (const room of [here, there]) { room.close(); rmSync(room.dir, { recursive: true, force: true }); } });

describe('two archives of one past', () => {
  let gone: string;
  it('go their own ways', async () => {
    gone = (await inForce(here)).charter.members.findLast(({ roles }) => roles.includes('custodian'))!.id;
    await amend(here, (charter) => ({ ...charter, members: charter.members.map((member) => (member.id === gone ? { ...member, standing: 'revoked' } : member)) }));
    verified(here, await hold(here));
    await amend(there, (charter) => ({ ...charter, policy: { ...charter.policy, headCount: { always: 3, irreversible: 5 } } }));
    verified(there, await hold(there));
  }, 120_000);

  it('are joined, and then nothing begins but their merge', async () => {
    const frozen = await readDraft(place(there));
    expect(frozen.plan).not.toBeNull();
    expect(await joinArchives(here.ports.disk, here.workspace.archiveDir, there.workspace.archiveDir)).toMatchObject({ ends: 2, partAfter: expect.stringMatching(/^0001-/), brings: [{ number: 2 }] });
    const { plan } = await startDraftOf(place(here), { kind: 'amendment', setId: null });
    await expect(here.host.freeze(encodePlan(plan!))).rejects.toMatchObject({ code: 'PLAN_RULE' });
    expect(verifyPath(here.workspace.archiveDir, { anchor: null }).findings.map(({ code }) => code)).toContain('LIMIT_FORK');
  });

  it('are merged: each quorum approves, revoked wins, and what only one changed is taken over', async () => {
    const plan = await draft(here, 'merge');
    expect(plan.parents).toHaveLength(2);
    expect(plan.before).toHaveLength(2);
    expect(plan.people.map(({ id }) => id)).not.toContain(gone);
    const end = await hold(here), { state } = end;
    expect(state.opening!.previous).toEqual(plan.parents);
    expect(state.script.acts.flatMap(({ steps }) => steps).filter((step) => step.kind === 'check' && step.check === 'previous-head')).toHaveLength(2);
    expect(new Set(state.signoffs.map(({ step }) => step)).size).toBe(2);
    expect(state.memberChanges.map(({ person, change }) => [person, change])).toEqual([[gone, 'revoked']]);
    const { charter } = await inForce(here);
    expect([charter.members.find(({ id }) => id === gone)!.standing, charter.policy.headCount]).toEqual(['revoked', { always: 3, irreversible: 5 }]);
    expect(verified(here, end)).toContain('NOTE_FORK');
  }, 120_000);

  it('go on as one archive', async () => {
    await amend(here, (charter) => ({ ...charter, policy: { ...charter.policy, exceptedBy: 3 } }));
    const end = await hold(here);
    expect(end.state.plan.before).toMatchObject([{ ceremony: 3 }]);
    verified(here, end);
  }, 120_000);

  it('bring the merge back to the other workstation, which has one end then too', async () => {
    expect(await joinArchives(there.ports.disk, there.workspace.archiveDir, here.workspace.archiveDir)).toMatchObject({ ends: 1, brings: [{ number: 2 }, { number: 3 }, { number: 4 }] });
    expect((await inForce(there)).sha256).toBe((await inForce(here)).sha256);
  });
});
