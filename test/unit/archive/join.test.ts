/** Two archives on disk are joined: what is copied, what is refused, and what a copy that was cut off leaves. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDisk } from '../../../electron/archive/disk.ts';
import { assertNumberFree, previousOf } from '../../../electron/archive/ends.ts';
import { findFolder, listFolders } from '../../../electron/archive/folders.ts';
import { freezePlan } from '../../../electron/archive/freeze.ts';
import { archiveAt, joinArchives, lookAtJoin } from '../../../electron/archive/join.ts';
import { lookAtRegister } from '../../../electron/archive/register.ts';
import type { Disk } from '../../../electron/ceremony/ports.ts';
import { verifyPath } from '../../../electron/verify/verify.ts';
import { encodePlan } from '../../../shared/ceremony/parse-plan.ts';
import { main } from '../../../scripts/join.ts';
import { buildFolder, buildOn, planOn, writeFolder } from '../../support/ceremony-folder.ts';
import type { BuiltFolder } from '../../support/ceremony-folder.ts';
import { buildMerge, buildMerged, mergePlan } from '../../support/merged-archive.ts';
import { samplePlan } from '../../support/sample-plan.ts';

const disk = createDisk();
let dir: string, into: string, from: string;
const put = (place: string, ...folders: readonly BuiltFolder[]): void => { for (const folder of folders) writeFolder(place, folder); };
const tree = (place: string): ReadonlyMap<string, string> => new Map(readdirSync(place, { recursive: true, withFileTypes: true }).filter((one) => one.isFile())
  .map((one) => path.join(one.parentPath, one.name)).sort().map((file) => [path.relative(place, file), readFileSync(file, 'latin1')]));
const { first, here, there, merge } = buildMerged();
const twin = buildOn('re-share', [first], { slug: 'check-here', later: 30 });
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'quorate-join-'));
  [into, from] = [path.join(dir, 'a/archive'), path.join(dir, 'b/archive')];
  for (const place of [into, from]) mkdirSync(place, { recursive: true });
});
afterEach(() => { rmSync(dir, { recursive: true, force: true }); });

describe('a join', () => {
  it('brings what is missing byte for byte, and changes nothing that is there', async () => {
    put(into, first, here); put(from, first, there);
    const before = tree(into);
    expect(await joinArchives(disk, into, from)).toMatchObject({ brings: [{ name: there.name, as: there.name }], onlyHere: [here.name], partAfter: first.name, ends: 2 });
    const after = tree(into);
    expect(new Map([...after].filter(([name]) => before.has(name)))).toEqual(before);
    for (const [name, bytes] of tree(path.join(from, there.name))) expect(after.get(`${there.name}/${name}`)).toBe(bytes);
    expect(verifyPath(into, { anchor: null }).exitStatus).toBe(3);
  });
  it('says what it would do, and does nothing', async () => {
    put(into, first, here); put(from, first, there);
    const before = tree(into);
    expect((await lookAtJoin(disk, into, from)).brings.map(({ name }) => name)).toEqual([there.name]);
    expect(tree(into)).toEqual(before);
  });
  it('done again finds nothing to bring', async () => {
    put(into, first, here); put(from, first, there);
    await joinArchives(disk, into, from);
    expect((await joinArchives(disk, into, from)).brings).toEqual([]);
  });
  it('gives the same register whichever is joined to which', async () => {
    put(into, first, here); put(from, first, there);
    const copy = path.join(dir, 'c/archive');
    cpSync(into, copy, { recursive: true });
    await joinArchives(disk, into, from);
    await joinArchives(disk, from, copy);
    const now = new Date('2026-12-01T00:00:00Z');
    expect(await lookAtRegister(disk, into, now)).toEqual(await lookAtRegister(disk, from, now));
  });
  it('names a folder whose name is taken by the first digits of its head too, and finds it again', async () => {
    put(into, first, here); put(from, first, twin);
    const as = `${twin.name}-${twin.head.slice(0, 8)}`;
    expect((await joinArchives(disk, into, from)).brings).toMatchObject([{ name: twin.name, as }]);
    expect((await joinArchives(disk, into, from)).brings).toEqual([]);
    await expect(findFolder(into, 2)).rejects.toMatchObject({ code: 'FOLDER_AMBIGUOUS' });
    expect(await findFolder(into, 2, as)).toMatchObject({ name: as });
    expect(verifyPath(into, { anchor: null }).findings.map(({ code }) => code)).not.toContain('NOTE_FOLDER_NAME');
  });
  it('keeps texts that are here where the other copy withholds them, and says so', async () => {
    put(into, first, here); put(from, first, there);
    rmSync(path.join(from, first.name, 'openings.jsonl'));
    expect((await joinArchives(disk, into, from)).both).toEqual([{ name: first.name, differs: ['openings.jsonl'] }]);
    expect(existsSync(path.join(into, first.name, 'openings.jsonl'))).toBe(true);
  });
  it('brings time stamps, and leaves plans that have not begun where they are', async () => {
    put(into, first, here); put(from, first, there);
    mkdirSync(path.join(from, 'timestamps'));
    writeFileSync(path.join(from, 'timestamps', `${there.head}.txt`), 'Gazette, page 3\n');
    await freezePlan(disk, from, planOn('share-check', [first, there]), encodePlan(planOn('share-check', [first, there])));
    expect((await joinArchives(disk, into, from)).notBegun).toEqual(['0003-share-check-of-example-root-2026']);
    expect(readFileSync(path.join(into, 'timestamps', `${there.head}.txt`), 'utf8')).toBe('Gazette, page 3\n');
    expect((await listFolders(into)).map(({ name }) => name)).toEqual([first.name, here.name, there.name]);
  });
  it('cut off after any write leaves whole ceremonies, and brings the rest when it is done again', async () => {
    put(from, first, here, there);
    for (let allowed = 0, done = false; !done; allowed += 4) {
      rmSync(into, { recursive: true });
      put(into, first);
      let left = allowed;
      const stop = async <T>(work: () => Promise<T>): Promise<T> => { if (left-- === 0) throw new Error('cut off'); return await work(); };
      const failing: Disk = { ...disk, create: (file, bytes) => stop(() => disk.create(file, bytes)), publishDir: (a, b) => stop(() => disk.publishDir(a, b)) };
      done = await joinArchives(failing, into, from).then(() => true, (error: Error) => { if (error.message !== 'cut off') throw error; return false; });
      expect(verifyPath(into, { anchor: null }).holds).toBe(true);
      await joinArchives(disk, into, from);
      expect(tree(into)).toEqual(tree(from));
    }
  });
});

describe('a join is refused', () => {
  it.each([
    ['the archive itself', 'JOIN_SAME_PLACE', () => { put(into, first); from = into; }],
    ['a folder in the archive', 'JOIN_SAME_PLACE', () => { put(into, first); from = path.join(into, first.name); }],
    ['a folder without ceremonies', 'JOIN_NOTHING', () => { put(into, first); }],
    ['an archive with a fault', 'JOIN_UNSOUND', () => { put(into, first, here); put(from, first, there); writeFileSync(path.join(from, there.name, 'extra.txt'), 'x'); }],
    ['into an archive with a fault', 'JOIN_UNSOUND', () => { put(into, first, here); put(from, first, there); rmSync(path.join(into, here.name, 'people/ada.pem')); }],
    ['an archive of the other mode', 'JOIN_MODE', () => { put(into, first); put(from, buildFolder({ plan: samplePlan({ mode: 'production', sheets: { paper: 'A4', printer: { kind: 'cups', queue: 'Sheets' } } }) })); }],
  ])('%s (%s)', async (_what, code, arrange) => {
    arrange();
    const before = existsSync(into) ? tree(into) : null;
    await expect(joinArchives(disk, into, from)).rejects.toMatchObject({ code });
    if (before) expect(tree(into)).toEqual(before);
  });
  it('while a ceremony is under way in either (JOIN_RUNNING)', async () => {
    put(into, first, here); put(from, first, there);
    const file = path.join(from, there.name, 'transcript.jsonl'), lines = readFileSync(file, 'utf8').split('\n');
    writeFileSync(file, `${lines.slice(0, 6).join('\n')}\n`);
    rmSync(path.join(from, there.name, 'record.dsse.json'));
    await expect(joinArchives(disk, into, from)).rejects.toMatchObject({ code: 'JOIN_RUNNING' });
    await expect(joinArchives(disk, from, into)).rejects.toMatchObject({ code: 'JOIN_RUNNING' });
  });
  it('a path that is not there (JOIN_NOTHING)', async () => { await expect(archiveAt(path.join(dir, 'nothing'))).rejects.toMatchObject({ code: 'JOIN_NOTHING' }); });
});

describe('an archive with several ends', () => {
  beforeEach(async () => { put(into, first, here); put(from, first, there); await joinArchives(disk, into, from); });
  const freeze = (plan: Parameters<typeof encodePlan>[0]) => freezePlan(disk, into, plan, encodePlan(plan));

  it('refuses every ceremony but the merge of exactly these ends', async () => {
    await expect(freeze(samplePlan())).rejects.toMatchObject({ code: 'PLAN_RULE', details: { rule: 'one-end' } });
    await expect(previousOf(disk, into, samplePlan())).rejects.toMatchObject({ code: 'PLAN_RULE', details: { rule: 'one-end' } });
    await expect(freeze(mergePlan([first, here]))).rejects.toMatchObject({ details: { rule: 'parents-current' } });
    await expect(previousOf(disk, into, { ...mergePlan([here, there]), parents: [here.link, { ...there.link, record: here.link.record }] })).rejects.toMatchObject({ details: { rule: 'parents-current' } });
    expect(await freeze(mergePlan([there, here]))).toMatchObject({ number: 3 });
    expect(await previousOf(disk, into, mergePlan([there, here]))).toEqual([there.link, here.link]);
  });
  it('has one end again after the merge, and refuses another merge', async () => {
    put(into, merge);
    expect(await previousOf(disk, into, samplePlan())).toEqual(merge.link);
    await expect(freeze(mergePlan([here, there]))).rejects.toMatchObject({ details: { rule: 'parents-current' } });
  });
  it('gives a number that was taken meanwhile to nobody else', async () => {
    const folder = { number: 2, name: '0002-waiting', path: path.join(into, '0002-waiting') };
    await expect(assertNumberFree(disk, into, folder)).rejects.toMatchObject({ details: { rule: 'number-free' } });
    await assertNumberFree(disk, into, { ...folder, number: 3 });
  });
  it('finds the manifest of a set by its digest where two folders have the number', async () => {
    const joined = buildMerge(3, [here, there]);
    put(into, joined);
    const plan = planOn('share-check', [first, here, there, joined]);
    expect(plan.source!.set.issuedBy).toBe(2);
    const folder = await freeze(plan);
    expect(readFileSync(path.join(folder.path, 'source-manifest.dsse.json'))).toEqual(Buffer.from(there.files.get('manifest.dsse.json')!));
  });
});

describe('npm run join', () => {
  it('exits 0 when it is done, 1 when it is refused, 2 on usage', async () => {
    put(into, first, here); put(from, first, there);
    expect(await main([into, from, '--look'])).toBe(0);
    expect(existsSync(path.join(into, there.name))).toBe(false);
    expect(await main([into, from])).toBe(0);
    expect(existsSync(path.join(into, there.name))).toBe(true);
    expect(await main([into, path.join(dir, 'nothing')])).toBe(1);
    expect([await main([into]), await main([into, from, '--force']), await main([into, from, from])]).toEqual([2, 2, 2]);
    expect(readdirSync(path.dirname(into))).toEqual(['archive']);
  });
});
