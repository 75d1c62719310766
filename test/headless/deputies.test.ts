/** A whole ceremony on real tokens in which two people are absent and their deputies stand in, across a vault that dies and a program that starts again. */
import { rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { verifyPath } from '../../electron/verify/verify.ts';
import type { Command } from '../../shared/ceremony/commands.ts';
import { stepOf } from '../../shared/ceremony/select.ts';
import type { Snapshot } from '../../shared/ipc/snapshot.ts';
import { freezeAndEnter, nextCommand, openHeadlessRoom, play, type HeadlessRoom } from '../support/headless-room.ts';
import { deputies, id } from '../support/sample-duties.ts';
import { samplePeople } from '../support/sample-people.ts';
import { smallPlan } from '../support/window-room.ts';

const rooms: HeadlessRoom[] = [];
afterAll(() => { for (const room of rooms) { room.close(); rmSync(room.dir, { recursive: true, force: true }); } });
const here = async (room: HeadlessRoom): Promise<Snapshot> => (await room.host.snapshot())!;

it('deputies type the PIN, get the share and sign; after a start they are still in their places, and the verifier accepts them', { timeout: 180_000 }, async () => {
  const room = await openHeadlessRoom({ plan: smallPlan({ format: 'quorate-plan/2', people: [...samplePeople(2), ...deputies()] }) });
  rooms.push(room);
  await freezeAndEnter(room);
  const { state } = await play(room, await room.host.begin('1'), (snapshot) => stepOf(snapshot.state)?.kind === 'roll-call');
  const step = state.current!, ask = async (command: Command): Promise<unknown> => await room.host.command(command);
  for (const person of state.plan.people) await ask({ type: 'mark-present', step, person: person.id, present: !['maria', 'ada'].includes(person.id), identity: ['maria', 'ada'].includes(person.id) ? 'absent' : 'known' });
  await ask({ type: 'deputise', step, for: id('maria'), by: id('farah'), reason: 'She is unwell.' });
  await ask({ type: 'deputise', step, for: id('ada'), by: id('goran'), reason: 'Her train was cancelled.' });
  await play(room, await here(room), (snapshot) => nextCommand(snapshot)?.type === 'read-back');
  await room.killVault();
  const end = await play(room, await here(room));
  expect(end.state.closing?.outcome).toBe('completed');
  expect(end.state.set?.shares.map(({ custodian }) => custodian)).toEqual(['goran', 'bruno']);
  room.close();

  const again = await openHeadlessRoom({ dir: room.dir });
  rooms.push(again);
  const seen = await again.host.enter(1);
  expect(seen.state.deputised.map((one) => [one.for, one.by])).toEqual([['maria', 'farah'], ['ada', 'goran']]);
  const report = verifyPath(path.join(room.workspace.archiveDir, seen.folder.name), { anchor: seen.state.head });
  expect(report.findings.filter(({ level }) => level === 'fault')).toEqual([]);
  expect(report.exitStatus).toBe(0);
  expect(report.findings.map(({ code }) => code).filter((code) => code === 'NOTE_DEPUTISED')).toHaveLength(2);
});
