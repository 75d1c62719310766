/** The verifier over archives with a charter: every plan is held against the charter that was in force when its ceremony was opened. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { verifyPath } from '../../../electron/verify/verify.ts';
import type { Sha256Hex } from '../../../shared/brand.ts';
import { charterDigest } from '../../../shared/charter/charter-digest.ts';
import type { Charter } from '../../../shared/charter/charter-schema.ts';
import type { Plan } from '../../../shared/ceremony/plan-schema.ts';
import { buildFolder, writeFolder, type BuiltFolder } from '../../support/ceremony-folder.ts';
import { amendmentPlan, foundingPlan, sampleCharter } from '../../support/sample-charter.ts';
import { samplePeople } from '../../support/sample-people.ts';
import { samplePlan } from '../../support/sample-plan.ts';

const founding = buildFolder({ plan: foundingPlan() });
const amendmentOn = (head: Sha256Hex, more: Partial<Plan> = {}): Plan => amendmentPlan({ before: [{ ceremony: 1, head, charter: sampleCharter() }], ...more });
const amendment = buildFolder({ plan: amendmentOn(founding.head), number: 2, previous: founding.link });
const under = (folder: BuiltFolder, charter: Charter): NonNullable<Plan['under']> => ({ ceremony: folder.link.number, head: folder.head, sha256: charterDigest(charter), policy: charter.policy });
const three = samplePeople(3).map((person) => ({ ...person, reportsTo: null }));
const keyPlanUnder = (folder: BuiltFolder, charter: Charter, more: Partial<Plan> = {}): Plan => samplePlan({ people: three, quorum: { threshold: 2, shares: 3 }, under: under(folder, charter), ...more });
const root = buildFolder({ plan: keyPlanUnder(amendment, amendmentPlan().charter!), number: 3, previous: amendment.link });

const verified = (folders: readonly BuiltFolder[]) => {
  const dir = mkdtempSync(join(tmpdir(), 'quorate-charter-'));
  for (const folder of folders) writeFolder(dir, folder);
  return verifyPath(dir, { anchor: folders.at(-1)!.head });
};
const faults = (...folders: readonly BuiltFolder[]) => verified(folders).findings.filter(({ level }) => level === 'fault').map(({ code, file, text }) => ({ code, file, text }));

describe('an archive with a charter', () => {
  it('is sound and anchored, and says which charter each ceremony kept to', () => {
    const report = verified([founding, amendment, root]);
    expect(report).toMatchObject({ exitStatus: 0, anchored: true });
    expect(report.folders[2]!.checks.find(({ name }) => name === 'previous')!.text).toContain('The plan keeps to the charter that ceremony 2 enacted.');
    expect(report.findings.filter(({ code }) => code === 'NOTE_CHARTER_ENACTED').map(({ text }) => /with (\d+) change/.exec(text)?.[1])).toEqual([String(sampleCharter().members.length), '2']);
  });
  it.each([
    ['a key under the charter before', () => [founding, amendment, buildFolder({ plan: keyPlanUnder(founding, sampleCharter()), number: 3, previous: amendment.link })], /in force is another/],
    ['a key under none', () => [founding, buildFolder({ plan: samplePlan({ people: three, quorum: { threshold: 2, shares: 3 } }), number: 2, previous: founding.link })], /in force is another/],
    ['somebody who has left', () => [founding, amendment, buildFolder({ plan: keyPlanUnder(amendment, amendmentPlan().charter!, { people: samplePeople(5).map((person) => ({ ...person, reportsTo: null })), quorum: { threshold: 3, shares: 5 } }), number: 3, previous: amendment.link })], /Emil .* has left the roster/],
    ['a charter that nobody enacted', () => [buildFolder({ plan: keyPlanUnder(founding, sampleCharter()) })], /no ceremony of this archive has enacted one/],
    ['a second founding', () => [founding, buildFolder({ plan: foundingPlan(), number: 2, previous: founding.link })], /founded already/],
    ['an amendment of another charter', () => [founding, buildFolder({ plan: amendmentOn('ab'.repeat(32) as Sha256Hex), number: 2, previous: founding.link })], /another than the one this amendment replaces/],
  ] as const)('does not hold with %s', (_what, folders, text) => {
    const all = folders(), last = all.at(-1)!;
    const found = faults(...all);
    expect(found[0]).toMatchObject({ code: 'FOLDER_CHARTER', file: `${last.name}/plan.json` });
    expect(found[0]!.text).toMatch(text);
  });
  it('says of a folder alone that its charter was not seen', () => {
    const dir = mkdtempSync(join(tmpdir(), 'quorate-charter-'));
    expect(verifyPath(writeFolder(dir, root), { anchor: root.head }).findings.map(({ code }) => code)).toContain('LIMIT_CHARTER_NOT_SEEN');
  });
  it('says of a real ceremony before any founding that nobody had approved who may act', () => {
    const plan = samplePlan({ mode: 'production', sheets: { paper: 'A4', printer: { kind: 'cups', queue: 'Sheets' } }, hsm: { ...samplePlan().hsm, software: true } });
    const report = verified([buildFolder({ plan })]);
    expect(report.exitStatus).toBe(0);
    expect(report.findings.map(({ code }) => code)).toContain('LIMIT_NOT_FOUNDED');
  });
  it('does not count a charter whose ceremony was aborted', () => {
    const aborted = buildFolder({ plan: foundingPlan(), abortAfter: '2.2' });
    expect(faults(aborted, buildFolder({ plan: foundingPlan(), number: 2, previous: aborted.link }))).toEqual([]);
  });
});
