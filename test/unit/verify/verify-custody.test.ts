/** Folders of ceremonies on an existing set: each kind verifies alone and in its archive, and what is altered is told by its place. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { verifyPath } from '../../../electron/verify/verify.ts';
import { checkPlan } from '../../../shared/ceremony/check-plan.ts';
import { buildFolder, buildOn, planOn, writeFolder } from '../../support/ceremony-folder.ts';
import type { BuiltFolder } from '../../support/ceremony-folder.ts';

const first = buildFolder();
const archive = (...folders: readonly BuiltFolder[]): string => {
  const dir = mkdtempSync(join(tmpdir(), 'quorate-custody-'));
  for (const folder of folders) writeFolder(dir, folder);
  return dir;
};
const faults = (path: string, anchor: string | null) => verifyPath(path, { anchor }).findings.filter(({ level }) => level === 'fault');

describe.each(['recovery', 're-share', 'share-check', 'share-destruction'] as const)('a %s', (kind) => {
  test('is planned soundly from the archive', () => {
    expect(checkPlan(planOn(kind, [first]))).toEqual([]);
  });
  test('verifies in its archive and alone', () => {
    const folder = buildOn(kind, [first]);
    const path = archive(first, folder);
    expect(faults(path, folder.head)).toEqual([]);
    expect(verifyPath(path, { anchor: folder.head }).exitStatus).toBe(0);
    expect(faults(join(path, folder.name), folder.head)).toEqual([]);
  });
});
