/** Ceremonies of a plan of format 2 in a room without windows: two people at each check, a ceremony that is not held today. */
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { verifyPath } from '../../electron/verify/verify.ts';
import { administratorOf, witnessOf } from '../../shared/ceremony/people.ts';
import { encodePlan } from '../../shared/ceremony/parse-plan.ts';
import { materialRegister, materialsNow } from '../../shared/register/materials.ts';
import { MATERIALS } from '../support/room-plan.ts';
import { stepOf } from '../../shared/ceremony/select.ts';
import { AppError } from '../../shared/errors.ts';
import type { Snapshot } from '../../shared/ipc/snapshot.ts';
import { sessionName } from '../../shared/text/session.ts';
import type { Entry } from '../../shared/transcript/entry-schema.ts';
import { freezeAndEnter, nextCommand, openHeadlessRoom, play, type HeadlessRoom, type RoomOptions } from '../support/headless-room.ts';

const rooms: HeadlessRoom[] = [];
afterEach(() => { for (const room of rooms.splice(0)) { room.close(); rmSync(room.dir, { recursive: true, force: true }); } });
const open = async (options: RoomOptions = {}): Promise<HeadlessRoom> => {
  const room = await openHeadlessRoom({ plan: { format: 'quorate-plan/2' }, ...options });
  rooms.push(room);
  return room;
};
const begun = async (room: HeadlessRoom): Promise<Snapshot> => { await freezeAndEnter(room); return room.host.begin('12'); };
const entriesOf = ({ folder }: Snapshot): Entry[] => readFileSync(path.join(folder.path, 'transcript.jsonl'), 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line) as Entry);
const faultsOf = ({ folder, state }: Snapshot): unknown[] => verifyPath(folder.path, { anchor: state.head }).findings.filter(({ level }) => level === 'fault');
const atCheck = (check: string) => ({ state }: Snapshot): boolean => { const step = stepOf(state); return step?.kind === 'check' && step.check === check; };

describe('the room protocol', () => {
  it('is played from the first line to the last signature, in windows that name the session, and verifies', async () => {
    const heard = new Set<string | null>();
    const room = await open({ heard: (session) => heard.add(session), plan: { format: 'quorate-plan/2', materials: MATERIALS } });
    const end = await play(room, await begun(room));
    expect(end.state.closing?.outcome).toBe('completed');
    const entries = entriesOf(end), compared = entries.filter(({ type }) => type === 'answers-compared');
    expect(compared).toHaveLength(5);
    expect(entries.filter(({ type }) => type === 'answer')).toHaveLength(10);
    for (const { body } of entries.filter(({ type }) => type === 'answer')) expect(Object.keys(body)).toEqual(['step', 'check', 'value', 'attempt']);
    expect(entries.filter(({ type }) => type === 'material')).toHaveLength(2 * MATERIALS.length);
    expect(faultsOf(end)).toEqual([]);
    // The next ceremony says of the things what this one saw, or is not frozen.
    const stale = await room.host.freeze(encodePlan(room.plan)).then(() => 'frozen', (error: unknown) => (error instanceof AppError ? error.details['rule'] : String(error)));
    expect(stale).toBe('materials-current');
    const known = materialsNow(materialRegister([{ number: end.folder.number, state: end.state }]));
    expect((await room.host.freeze(encodePlan({ ...room.plan, materials: known }))).number).toBe(end.folder.number + 1);
    heard.delete(null);
    expect([...heard]).toEqual([sessionName(end.state.opening!)]);
  });

  it('lets both answer again after answers that differ, and gives the window neither serial nor answers', async () => {
    const room = await open();
    const at = await play(room, await begun(room), atCheck('hsm-serial'));
    await room.host.command(nextCommand(at)!);
    const second = nextCommand((await room.host.snapshot())!)!;
    if (second.type !== 'answer') throw new Error('no answer');
    await expect(room.host.command({ ...second, by: administratorOf(room.plan), value: 'another' })).resolves.toBeDefined();
    const after = (await room.host.snapshot())!;
    expect(stepOf(after.state)).toMatchObject({ kind: 'check', check: 'hsm-serial' });
    // The window gets no serial and no answer of an open round, also after one that differs.
    expect(JSON.stringify(after)).not.toContain(room.plan.hsm!.serial!);
    const lines = entriesOf(after).map(({ type }) => type);
    expect(lines.slice(-3)).toEqual(['answer', 'answer', 'answers-compared']);
    const end = await play(room, after, ({ state }) => stepOf(state)?.kind === 'login');
    expect(faultsOf(end)).toMatchObject([{ code: 'TRANSCRIPT_NOT_CLOSED' }]);
  });

  it('is postponed before anything is done, keeps its number, and is told as what it is', async () => {
    const room = await open();
    const at = await play(room, await begun(room), atCheck('hsm-serial'));
    const postponed = await room.host.command({ type: 'postpone', by: administratorOf(room.plan), reason: 'The safe does not open.', until: '2026-12-01' });
    expect(postponed.state.closing?.outcome).toBe('postponed');
    expect(entriesOf(postponed).slice(-2).map(({ type }) => type)).toEqual(['postponed', 'closing']);
    const signed = await play(room, postponed);
    expect(signed.record?.missing).toEqual([]);
    const report = verifyPath(signed.folder.path, { anchor: signed.state.head });
    expect([report.exitStatus, report.findings.some(({ code }) => code === 'NOTE_POSTPONED')]).toEqual([0, true]);
    const next = await room.host.freeze(readFileSync(path.join(signed.folder.path, 'plan.json'), 'utf8'));
    expect(next.number).toBe(at.folder.number + 1);
  });

  it('is not postponed once a key was made', async () => {
    const room = await open();
    await play(room, await begun(room), ({ state }) => state.key !== null);
    const late = room.host.command({ type: 'postpone', by: witnessOf(room.plan), reason: 'Too late.', until: null });
    expect(await late.then(() => 'accepted', (error: unknown) => (error instanceof AppError ? error.code : String(error)))).toBe('RULE_POSTPONED_BEFORE_EFFECT');
  });
});
