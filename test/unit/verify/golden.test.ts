/**
 * A frozen archive of format version 1: what was written once stays readable. To write it anew while version 1 is not released:
 * QUORATE_WRITE_GOLDEN=1 npx vitest run test/unit/verify/golden.test.ts
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { verifyPath } from '../../../electron/verify/verify.ts';
import { buildFolder, writeFolder } from '../../support/ceremony-folder.ts';
import { samplePlan } from '../../support/sample-plan.ts';

const DIR = fileURLToPath(new URL('../../golden/v1', import.meta.url));

const write = (): void => {
  rmSync(DIR, { recursive: true, force: true });
  mkdirSync(join(DIR, 'archive'), { recursive: true });
  const first = buildFolder();
  const base = samplePlan();
  const key = { label: 'example-root-ed', profile: 'ed25519' as const, backup: { kind: 'none' as const, reason: 'The device cannot wrap it.', approvedBy: 'Board of Example Trust' } };
  const second = buildFolder({ plan: samplePlan({ key, hsm: { ...base.hsm, secondSerial: null }, media: 0 }), number: 2, previous: first.link, signers: ['maria', 'walter', 'ada'] });
  for (const folder of [first, second]) writeFolder(join(DIR, 'archive'), folder);
  writeFileSync(join(DIR, 'anchor.txt'), `${second.head}\n`);
  writeFileSync(join(DIR, 'anchor-1.txt'), `${first.head}\n`);
};
if (process.env['QUORATE_WRITE_GOLDEN'] === '1') write();

test('the frozen archive of version 1 verifies with its anchor', () => {
  const report = verifyPath(join(DIR, 'archive'), { anchor: readFileSync(join(DIR, 'anchor.txt'), 'utf8') });
  expect(report.findings.filter(({ level }) => level === 'fault')).toEqual([]);
  expect(report).toMatchObject({ exitStatus: 0, anchored: true });
  expect(report.folders.map(({ name, entries }) => [name, entries > 40])).toEqual([['0001-example-root-2026', true], ['0002-example-root-2026', true]]);
});
test('a folder of it verifies alone', () => {
  const report = verifyPath(join(DIR, 'archive/0001-example-root-2026'), { anchor: readFileSync(join(DIR, 'anchor-1.txt'), 'utf8') });
  expect(report.exitStatus).toBe(0);
});
