/** Script and record of a ceremony about the archive: roster, policy, what differs, who was enrolled and who approved. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readCeremonyFolder } from '../../../electron/documents/folder.ts';
import { renderDocument } from '../../../electron/documents/page.ts';
import { recordLayout } from '../../../electron/documents/record/record-document.ts';
import { scriptLayout } from '../../../electron/documents/script/script-document.ts';
import { buildScript } from '../../../shared/ceremony/build-script.ts';
import type { Plan } from '../../../shared/ceremony/plan-schema.ts';
import type { Sha256Hex } from '../../../shared/brand.ts';
import { charterDigest } from '../../../shared/charter/charter-digest.ts';
import { buildFolder, writeFolder } from '../../support/ceremony-folder.ts';
import { foundingPlan, sampleCharter } from '../../support/sample-charter.ts';

const AT = '2027-03-02T17:41:00.000Z', DIGEST = 'ab'.repeat(32) as Sha256Hex;
let parent = '';
beforeEach(() => { parent = mkdtempSync(path.join(tmpdir(), 'quorate-charter-')); });
afterEach(() => { rmSync(parent, { recursive: true, force: true }); });
const wordsOf = (page: string): string => page.replace(/<style>[\s\S]*?<\/style>/, '').replace(/<svg[\s\S]*?<\/svg>/g, '').replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
const script = (plan: Plan): string => wordsOf(renderDocument(scriptLayout({ plan, script: buildScript(plan), planSha256: DIGEST, number: '0002', printedAt: AT }), 0));
const record = async (options: Parameters<typeof buildFolder>[0]): Promise<string> => wordsOf(renderDocument(recordLayout(await readCeremonyFolder(writeFolder(parent, buildFolder(options))), AT), 0));
const amendment = (): Plan => {
  const before = sampleCharter();
  const charter = { ...before, approval: 4, members: before.members.map((member) => (member.id === 'emil' ? { ...member, standing: 'left' as const } : member)) };
  return foundingPlan({ ceremony: { ...foundingPlan().ceremony, kind: 'amendment' }, charter, before: [{ ceremony: 1, head: DIGEST, charter: before }] });
};

it('the script of a founding has policy and roster to read aloud, and the digest of the charter', () => {
  const words = script(foundingPlan());
  expect(words).toContain('The charter that is given');
  expect(words).toMatch(/Smallest quorum of a ceremony about a key 2 of 3/);
  expect(words).toMatch(/Ada Okafor Example Trust Custodian Credential file/);
  expect(words.replaceAll(' ', '')).toContain(charterDigest(sampleCharter()));
  expect(words).toContain('Purpose: Set up the key management of Example Trust');
});
it('the script of an amendment has the difference in three columns, against the charter it replaces', () => {
  const words = script(amendment());
  expect(words).toContain('Against the charter of ceremony 0001: 2 differences');
  expect(words).toContain('What Before From now on');
  expect(words).toContain('Custodians it takes to change the charter 3 4');
  expect(words).toContain('Emil Novak: standing active left');
});
it('the record of a founding says who was enrolled, who approved and by which entries', async () => {
  const words = await record({ plan: foundingPlan() });
  expect(words).toMatch(/7 The charter The charter below was enacted at \S+ UTC, entry \d+\. It is the first of this archive\./);
  expect(words).toMatch(/Ada Okafor Enrolled – [0-9a-f]{4} [0-9a-f]{4} [0-9a-f]{4} [0-9a-f]{4} \S+ · \d+/);
  expect(words).toMatch(/3\.4 Approve the charter Bruno Keller Custodian 2 Credential file/);
  expect(words).toContain('What was made or done sections 7 and 6');
});
it('the record of a founding that was ended early does not call the charter in force', async () => {
  const words = await record({ plan: foundingPlan(), exception: false, abortAfter: '3.2' });
  expect(words).toContain('No charter was enacted. What follows is what the plan proposed.');
  expect(words).toContain('Not in force.');
});
