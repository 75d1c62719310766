/** Numbered ceremony folders: names, freezing, what a kill during freezing leaves, and the link between ceremonies. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listArchive, replayFolder } from '../../../electron/archive/archive.ts';
import { createDisk } from '../../../electron/archive/disk.ts';
import { previousOf } from '../../../electron/archive/ends.ts';
import { freezePlan } from '../../../electron/archive/freeze.ts';
import { findFolder, listFolders, removeTemporary, slugOf, writePeople } from '../../../electron/archive/folders.ts';
import { workspaceAt } from '../../../electron/workspaces.ts';
import { encodePlan } from '../../../shared/ceremony/parse-plan.ts';
import { samplePlan } from '../../support/sample-plan.ts';
import { buildFolder } from '../../support/ceremony-folder.ts';

const disk = createDisk();
let dir: string;
beforeEach(() => { dir = mkdtempSync(path.join(tmpdir(), 'quorate-archive-')); });
afterEach(() => { rmSync(dir, { recursive: true, force: true }); });
const archive = (): string => path.join(dir, 'archive');
const plan = samplePlan();
const freeze = () => freezePlan(disk, archive(), plan, encodePlan(plan));
const put = (built: ReturnType<typeof buildFolder>): string => {
  for (const [name, bytes] of built.files) { const file = path.join(archive(), built.name, name); mkdirSync(path.dirname(file), { recursive: true }); writeFileSync(file, bytes); }
  return path.join(archive(), built.name);
};

describe('the name of a folder', () => {
  it.each([['Root 2027 · Ä', 'root-2027-a'], ['  ', 'ceremony'], ['漢字', 'ceremony'], ['../../etc', 'etc'], ['x'.repeat(80), 'x'.repeat(48)], [`${'y'.repeat(47)} z`, 'y'.repeat(47)]])('of "%s" is "%s"', (title, slug) => {
    expect(slugOf(title)).toBe(slug);
  });
  it('other names in the archive are not looked at', async () => {
    mkdirSync(path.join(archive(), '0002-two'), { recursive: true });
    for (const name of ['0010-ten', '1-one', 'notes', '0003-Three', '0004-']) mkdirSync(path.join(archive(), name));
    expect((await listFolders(archive())).map((folder) => folder.number)).toEqual([2, 10]);
    await expect(findFolder(archive(), 3)).rejects.toMatchObject({ code: 'FOLDER_MISSING' });
  });
});

describe('freezing', () => {
  it('numbers folders one after the other, with the exact bytes of the plan and a key file a person', async () => {
    const first = await freeze();
    const second = await freeze();
    expect([first.name, second.name]).toEqual(['0001-example-root-2026', '0002-example-root-2026']);
    expect(readFileSync(path.join(second.path, 'plan.json'), 'utf8')).toBe(encodePlan(plan));
    expect(readdirSync(path.join(second.path, 'people'))).toHaveLength(plan.people.length);
  });
  it('takes over the folder that a kill left without a plan, and never one with a plan', async () => {
    const first = await freeze();
    mkdirSync(path.join(archive(), '0002-cut-off/people'), { recursive: true });
    const next = await freeze();
    expect(next.name).toBe('0002-example-root-2026');
    expect(existsSync(path.join(archive(), '0002-cut-off'))).toBe(false);
    expect(existsSync(path.join(first.path, 'plan.json'))).toBe(true);
  });
  it('keeps a key file that is there', async () => {
    const folder = await freeze();
    const file = path.join(folder.path, 'people', `${plan.people[0]!.id}.pem`);
    writeFileSync(file, 'as it is');
    await writePeople(disk, folder.path, plan);
    expect(readFileSync(file, 'utf8')).toBe('as it is');
  });
  it('half-written files are removed, nothing else is', async () => {
    const folder = await freeze();
    const before = readdirSync(folder.path, { recursive: true }).toSorted();
    for (const name of ['.quorate-tmp-root.crt', 'people/.quorate-tmp-ada.pem']) writeFileSync(path.join(folder.path, name), 'half');
    await removeTemporary(disk, folder.path);
    expect(readdirSync(folder.path, { recursive: true }).toSorted()).toEqual(before);
  });
});

describe('the archive told from its transcripts', () => {
  const list = () => listArchive({ disk, workspace: workspaceAt(dir, 'rehearsal') });
  it('a frozen plan, a closed ceremony and an unreadable one each have their line', async () => {
    const first = buildFolder();
    put(first);
    const broken = put(buildFolder({ number: 2, previous: first.link }));
    await freeze();
    const transcript = path.join(broken, 'transcript.jsonl');
    writeFileSync(transcript, readFileSync(transcript, 'utf8').replace('"seq":4', '"seq":5'));
    // Nothing is planned on an archive that is not understood whole: what cannot be read may have changed who may act.
    await expect(freeze()).rejects.toMatchObject({ code: 'TRANSCRIPT_REPLAY' });
    const items = await list();
    expect(items.map((item) => [item.number, item.status])).toEqual([[1, 'closed'], [2, 'unreadable'], [3, 'frozen']]);
    expect(items[0]).toMatchObject({ sealedShares: plan.quorum.shares, recordSigned: true, fault: null });
    expect(items[1]?.fault).toBe('TRANSCRIPT_REPLAY');
  });
  it('a torn last line is left out and nothing is written', async () => {
    const built = buildFolder();
    const folder = put(built);
    const file = path.join(folder, 'transcript.jsonl');
    writeFileSync(file, Buffer.concat([readFileSync(file), Buffer.from('{"seq":')]));
    expect((await replayFolder(disk, folder)).head).toBe(built.head);
    expect(readFileSync(file, 'utf8').endsWith('{"seq":')).toBe(true);
  });
  it('the next ceremony links to the head and the record of the last one that was opened', async () => {
    const first = buildFolder();
    expect(await previousOf(disk, archive(), plan)).toBeNull();
    put(first);
    expect(await previousOf(disk, archive(), plan)).toEqual(first.link);
    await freeze();
    expect(await previousOf(disk, archive(), plan)).toEqual(first.link);
  });
  it('a chain is not continued from a ceremony that cannot be read', async () => {
    const folder = put(buildFolder());
    writeFileSync(path.join(folder, 'plan.json'), '{}');
    await expect(previousOf(disk, archive(), plan)).rejects.toMatchObject({ code: expect.stringMatching(/^PLAN_/) });
  });
});
