import { mkdtempSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { verifyPath } from '../../../electron/verify/verify.ts';
import type { Sha256Hex } from '../../../shared/brand.ts';
import { encodePlan } from '../../../shared/ceremony/parse-plan.ts';
import { buildFolder, writeFolder } from '../../support/ceremony-folder.ts';
import type { BuiltFolder } from '../../support/ceremony-folder.ts';
import { samplePlan } from '../../support/sample-plan.ts';

const first = buildFolder();
const second = buildFolder({ number: 2, previous: first.link, exception: false });
const archive = (...folders: readonly BuiltFolder[]): string => {
  const dir = mkdtempSync(join(tmpdir(), 'quorate-archive-'));
  for (const folder of folders) writeFolder(dir, folder);
  return dir;
};
const faults = (path: string, anchor: string | null): readonly { code: string; file: string | null; seq: number | null }[] =>
  verifyPath(path, { anchor }).findings.filter(({ level }) => level === 'fault').map(({ code, file, seq }) => ({ code, file, seq }));

describe('an archive', () => {
  test('exits 0 with the anchor of its newest ceremony, 3 without', () => {
    const path = archive(first, second);
    const anchored = verifyPath(path, { anchor: second.head });
    expect(anchored).toMatchObject({ exitStatus: 0, holds: true, anchored: true });
    expect(anchored.folders.map(({ name }) => name)).toEqual([first.name, second.name]);
    expect(anchored.folders.map(({ checks }) => checks.filter(({ name }) => name === 'previous' || name === 'anchor').map(({ result }) => result))).toEqual([['sound', 'sound'], ['sound', 'sound']]);
    expect(verifyPath(path, { anchor: null }).exitStatus).toBe(3);
  });
  test('is not anchored by the head of an earlier ceremony', () => {
    const report = verifyPath(archive(first, second), { anchor: first.head });
    expect(report).toMatchObject({ exitStatus: 3, holds: true, anchored: false });
    expect(report.findings.map(({ code }) => code)).toContain('LIMIT_NOT_ANCHORED');
  });
  test('refuses an anchor of no ceremony in it', () => {
    expect(faults(archive(first, second), 'cd'.repeat(32))).toEqual([{ code: 'FOLDER_ANCHOR_MISMATCH', file: 'transcript.jsonl', seq: null }]);
  });
  test('names the folder and the entry that was altered', () => {
    const path = archive(first, second);
    const bytes = Uint8Array.from(first.files.get('transcript.jsonl')!);
    const at = first.teller.lines.slice(0, 5).reduce((sum, line) => sum + line.length, 0) + 60;
    bytes[at]! ^= 1;
    writeFileSync(join(path, first.name, 'transcript.jsonl'), bytes);
    expect(faults(path, second.head)[0]).toMatchObject({ file: `${first.name}/transcript.jsonl`, seq: 5 });
  });
  test('refuses a link to another head, or another record, of the ceremony before', () => {
    const link = first.link;
    const otherHead = buildFolder({ number: 2, previous: { ...link, head: 'ab'.repeat(32) as Sha256Hex } });
    const otherRecord = buildFolder({ number: 2, previous: { ...link, record: 'ab'.repeat(32) as Sha256Hex } });
    for (const folder of [otherHead, otherRecord]) expect(faults(archive(first, folder), folder.head)).toEqual([{ code: 'FOLDER_PREVIOUS', file: `${folder.name}/transcript.jsonl`, seq: 0 }]);
  });
  test('says that a predecessor was not seen: for a folder alone, and where the archive lacks it', () => {
    const alone = verifyPath(join(archive(second), second.name), { anchor: second.head });
    expect(alone.exitStatus).toBe(0);
    expect(alone.findings.map(({ code }) => code)).toContain('LIMIT_PREDECESSOR_NOT_SEEN');
    expect(verifyPath(archive(second), { anchor: second.head }).findings.map(({ code }) => code)).toContain('LIMIT_PREDECESSOR_NOT_SEEN');
  });
  test('refuses two folders with one number', () => {
    const path = archive(first);
    const other = mkdtempSync(join(tmpdir(), 'quorate-archive-'));
    renameSync(writeFolder(other, buildFolder({ exception: false })), join(path, '0002-copy'));
    expect(faults(path, null)).toContainEqual({ code: 'FOLDER_PREVIOUS', file: '0002-copy', seq: null });
  });
  test('says that a frozen plan has not begun, and still holds', () => {
    const path = archive(first);
    const people = new Map([...first.files].filter(([name]) => name.startsWith('people/')));
    writeFolder(path, { name: '0002-next', files: new Map([...people, ['plan.json', new TextEncoder().encode(encodePlan(samplePlan()))]]) });
    const report = verifyPath(path, { anchor: first.head });
    expect(report.exitStatus).toBe(0);
    expect(report.findings).toContainEqual(expect.objectContaining({ code: 'LIMIT_NOT_BEGUN', file: '0002-next/transcript.jsonl' }));
  });
  test('refuses a folder whose transcript is gone while its record is there', () => {
    const path = archive(first, second);
    rmSync(join(path, first.name, 'transcript.jsonl'));
    expect(faults(path, second.head)).toContainEqual({ code: 'FOLDER_FILE_MISSING', file: `${first.name}/transcript.jsonl`, seq: null });
  });
  test('follows no link and looks at no other folder', () => {
    const path = archive(second);
    symlinkSync(join(archive(first), first.name), join(path, first.name));
    mkdirSync(join(path, 'notes'));
    expect(faults(path, null)).toEqual([{ code: 'FOLDER_LINK', file: first.name, seq: null }]);
    expect(verifyPath(path, { anchor: null }).findings).toContainEqual(expect.objectContaining({ code: 'NOTE_OTHER_ENTRY', file: 'notes' }));
  });
});
