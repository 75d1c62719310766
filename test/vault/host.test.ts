/** The host on real tokens: a whole ceremony, its faults, and what a vault's death does to it. */
import { readdirSync, existsSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { verifyPath } from '../../electron/verify/verify.ts';
import { freezeAndEnter, openHeadlessRoom, play, playAll, type HeadlessRoom } from '../support/headless-room.ts';

let room: HeadlessRoom | null = null;
afterEach(() => { room?.close(); room = null; });

describe('a whole ceremony', () => {
  it('runs from the opening to the signed record and verifies', { timeout: 60_000 }, async () => {
    room = await openHeadlessRoom();
    const end = await playAll(room);
    expect(end.state.closing?.outcome).toBe('completed');
    expect(end.record?.missing).toEqual([]);
    const folder = end.folder.path;
    expect(readdirSync(folder).sort()).toEqual(['manifest.dsse.json', 'people', 'plan.json', 'pop.csr', 'record.dsse.json', 'root.crt', 'root.pem', 'transcript.jsonl']);
    expect(existsSync(path.join(room.workspace.mediaDir, '1', `${end.folder.name}.wrapped`))).toBe(true);
    const report = await verifyPath(folder, { anchor: end.state.head });
    expect(report.findings.filter((finding) => finding.level === 'fault')).toEqual([]);
    expect(report.exitStatus).toBe(0);
  });
});

describe('the death of the vault', () => {
  it('between split and proof voids the set; the ceremony goes on with a new one', { timeout: 60_000 }, async () => {
    room = await openHeadlessRoom();
    await freezeAndEnter(room);
    await play(room, await room.host.begin('1'), (snapshot) => snapshot.state.current === '4.4');
    await room.killVault();
    const after = await room.host.snapshot();
    expect(after?.state.voided).toHaveLength(1);
    expect(after?.state.current).toBe('4.1');
    const end = await play(room, after!);
    expect(end.state.closing?.outcome).toBe('completed');
    expect(end.state.set?.attempt).toBe(2);
  });
});
