import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readCeremonyFolder } from '../../../electron/documents/folder.ts';
import { renderDocument } from '../../../electron/documents/page.ts';
import { verifyMarkdown } from '../../../electron/documents/verify-md.ts';
import type { PersonId } from '../../../shared/brand.ts';
import { concatBytes, toHex, utf8 } from '../../../shared/bytes.ts';
import { encodePlan } from '../../../shared/ceremony/parse-plan.ts';
import { sha256Of } from '../../../shared/transcript/digest.ts';
import { commitText } from '../../../shared/transcript/commitment.ts';
import { encodeOpening } from '../../../shared/transcript/openings.ts';
import { writeFolder } from '../../support/ceremony-folder.ts';
import { openingOf, Teller } from '../../support/story.ts';
import { recordLayout } from '../../../electron/documents/record/record-document.ts';
import { samplePlan } from '../../support/sample-plan.ts';
import { STOOD_IN_BECAUSE, dutiesFolder } from '../../support/duties-folder.ts';
import { makeSampleFolder } from './sample-folder.ts';
import type { SampleOptions } from './sample-folder.ts';

let parent = '';
beforeEach(() => { parent = mkdtempSync(path.join(tmpdir(), 'quorate-record-')); });
afterEach(() => { rmSync(parent, { recursive: true, force: true }); });

const render = async (dir: string, pages = 0): Promise<string> => renderDocument(recordLayout(await readCeremonyFolder(dir), '2026-11-24T17:41:00.000Z'), pages);
const made = async (options: SampleOptions = {}): Promise<{ dir: string; head: string; page: string }> => {
  const { dir, head } = makeSampleFolder(parent, options);
  return { dir, head, page: await render(dir) };
};
/** The words of the page, without markup. */
const wordsOf = (page: string): string => page.replace(/<style>[\s\S]*?<\/style>/, '').replace(/<br>/g, ' ').replace(/<[^>]+>/g, '').replace(/\s+/g, ' ');

test('has every section, the outcome first', async () => {
  const { page } = await made();
  const headings = [...page.matchAll(/<h[12][^>]*>(.*?)<\/h[12]>/g)].map((match) => match[1]!);
  expect(headings[0]).toBe('Completed with 1 exception.');
  expect(headings.slice(1)).toEqual([
    '2 Roles, participants and presence', '3 Location and physical security', '4 Materials and devices', '5 Integrity of the workstation', '6 How to read this record', '7 Steps', '8 Key generation', '9 Certificate and proof of possession',
    '10 Split and custody', '11 Backup, restore proof and lock', '12 Exceptions, pauses and restarts', '13 Close', '14 Attestation and signatures', '15 After the ceremony', '16 How to verify, without this program',
    'Annex A: the root certificate in text', 'Annex B: what is in custody now', 'Annex C: evidence by clause', 'Annex D: copies, attachments, what left the room',
  ]);
});

test('shows the facts that a reader looks for', async () => {
  const words = wordsOf((await made()).page);
  for (const fact of ['OPAL-2210', '0048103', 'CKR_KEY_UNEXTRACTABLE', 'RFC 5649', 'Maria Lindqvist and Walter Brandt typed one half each', 'Read back by', 'Software token', 'E1', 'Lunch.', 'Absent, 12:5'])
    expect(words.toLowerCase()).toContain(fact.toLowerCase());
  expect(words).toContain('Equal to that of section 8.');
  expect(words).toContain('Attempt 1 differs.');
  expect(words).toContain('keyUsage, critical: keyCertSign, cRLSign');
});

test('the first page says where the four things stand that an auditor asks for', async () => {
  const { page } = await made(), words = wordsOf(page.replaceAll('</b>', '</b> ').replaceAll('</li>', ' </li>'));
  expect(words).toContain('What was made or done sections 8 and 7 By whom sections 2 and 14 What went wrong section 12 How to check it section 16');
});

test('names VERIFY.md by the digest of the file that is written beside it', async () => {
  const { dir, page } = await made(), digest = sha256Of(utf8(verifyMarkdown(await readCeremonyFolder(dir))));
  expect(wordsOf(page).replaceAll(' ', '')).toContain(`SHA-256ofVERIFY.md${digest}`);
});

test('lists what is still to be done, with an owner and a time: signatures, doubts, media', async () => {
  const { dir } = await made({ recordSigners: ['maria'] }), folder = await readCeremonyFolder(dir);
  const doubtful = { ...folder, state: { ...folder.state, exceptions: folder.state.exceptions.map((one) => ({ ...one, effect: 'uncertain' as const })) } };
  const words = wordsOf(renderDocument(recordLayout(doubtful, '2026-11-24T17:41:00.000Z'), 0).replaceAll('</td>', ' </td>'));
  expect(words).toContain('Decide on exception E1: effect on the result uncertain Maria Lindqvist At once');
  expect(words).toMatch(/Sign the record, with credential or in ink Walter Brandt, [^.]*Emil Novak 7 days/);
  expect(words).toContain('Keep the media with the wrapped key apart from every share');
  expect(words).not.toContain('Publish the root certificate');
  expect(wordsOf(await render(dir))).not.toContain('Decide on exception');
});

test('a step is done by its entry; the close by the closing entry', async () => {
  const { page } = await made();
  expect(page).not.toContain('Not done.');
  expect(wordsOf(page)).toContain('2 of 2 steps done');
});

test('escapes what people wrote', async () => {
  const { page } = await made({ what: 'He said <script>alert("x")</script> & went & "left".' });
  expect(page).not.toContain('<script');
  expect(page).toContain('&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; went');
});

test('says withheld where an opening is not in the folder', async () => {
  const { page } = await made({ what: 'a private matter', withholdOpenings: true });
  expect(page).not.toContain('a private matter');
  expect(page).not.toContain('Lunch.');
  expect(page.match(/Withheld in this copy\. The transcript holds a commitment to it\./g)!.length).toBeGreaterThanOrEqual(4);
});

test('an opening that does not fit its commitment is not printed', async () => {
  const { dir } = await made({ what: 'the words of then' });
  const file = path.join(dir, 'openings.jsonl');
  writeFileSync(file, readFileSync(file, 'utf8').replace('the words of then', 'other words today'));
  const page = await render(dir);
  expect(page).not.toContain('other words today');
  expect(page).toContain('Withheld in this copy');
});

test('names who has not signed, and shows no signature that does not verify', async () => {
  const { dir, page } = await made({ recordSigners: ['maria', 'walter'] });
  expect(wordsOf(page)).toContain('Not signed when this was printed: Xenia Petrou, Ada Okafor');
  const file = path.join(dir, 'record.dsse.json');
  writeFileSync(file, readFileSync(file, 'utf8').replace(/"sig":"..../, '"sig":"AAAA'));
  expect(wordsOf(await render(dir))).toContain('A signature that does not verify');
});

test('without a record file nobody has signed', async () => {
  const { page } = await made({ recordSigners: [] });
  expect(wordsOf(page)).not.toContain('used on the ceremony machine Internal');
  expect(page.match(/Has not signed/g)!.length).toBe(16);
});

test('a rehearsal is marked, software and checkout are said on every page', async () => {
  const { page } = await made();
  expect(page).toContain('<div class="mark" aria-hidden="true">REHEARSAL</div>');
  expect(page).toContain('Software token: no hardware protects this key. Deviation: run from a source checkout, not from a signed package.');
});

test('a production record from a package with hardware has no marks', async () => {
  const { page } = await made({ plan: { mode: 'production', hsm: { ...samplePlan().hsm, software: false }, sheets: { paper: 'A4', printer: { kind: 'cups', queue: 'sheets' } } }, source: 'package' });
  expect(page).not.toContain('class="mark"');
  expect(page).not.toContain('class="frame"');
  expect(wordsOf(page)).not.toMatch(/Software token|source checkout|rehearsal\. Nothing/i);
});

test('refuses to print a transcript that does not chain (TRANSCRIPT_PREV_MISMATCH)', async () => {
  const { dir } = await made();
  const file = path.join(dir, 'transcript.jsonl');
  writeFileSync(file, readFileSync(file, 'utf8').replace('"identity":"document"', '"identity":"known"'));
  await expect(render(dir)).rejects.toMatchObject({ code: 'TRANSCRIPT_PREV_MISMATCH' });
  appendFileSync(file, 'x\n');
  await expect(render(dir)).rejects.toMatchObject({ code: 'TRANSCRIPT_PREV_MISMATCH' });
});

test('refuses a folder without a transcript (FOLDER_FILE_MISSING)', async () => {
  const { dir } = await made();
  rmSync(path.join(dir, 'transcript.jsonl'));
  await expect(render(dir)).rejects.toMatchObject({ code: 'FOLDER_FILE_MISSING', details: { file: 'transcript.jsonl' } });
});

test('prints the head of the folder in words and in hex', async () => {
  const { head, page } = await made();
  expect(wordsOf(page).replaceAll(' ', '')).toContain(head);
});

test('a transcript that ends anywhere still prints, and says that it is not closed', async () => {
  const { dir } = makeSampleFolder(parent), file = path.join(dir, 'transcript.jsonl');
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
  for (let count = 1; count < lines.length; count++) {
    writeFileSync(file, `${lines.slice(0, count).join('\n')}\n`);
    const folder = await readCeremonyFolder(dir), page = renderDocument(recordLayout(folder, '2026-11-24T17:41:00.000Z'), 0);
    expect(page).toContain('<h1 class="out">Not closed.</h1>');
    expect(wordsOf(page)).toContain(`Head of the transcript so far, ${count} ${count === 1 ? 'entry' : 'entries'}`);
    expect(verifyMarkdown(folder)).toContain('**Not closed.**');
  }
});

test('an aborted ceremony says so first, with its reason', async () => {
  const plan = samplePlan(), teller = new Teller(plan);
  teller.tell(openingOf(plan));
  const reason = 'The wall clock stopped.', salt = toHex(utf8('1'.padStart(16, '0')));
  teller.tell({ type: 'aborted', actor: 'maria' as PersonId, body: { reason: { commitment: commitText(salt, 'reason', reason) }, by: 'maria' as PersonId } });
  teller.tell({ type: 'closing', actor: 'app', body: { outcome: 'aborted', exceptions: 0, files: { 'plan.json': teller.state.opening!.planSha256 } } });
  const dir = writeFolder(parent, { name: '0001-example-root-2026', files: new Map([['plan.json', utf8(encodePlan(plan))], ['transcript.jsonl', concatBytes(...teller.lines)], ['openings.jsonl', encodeOpening({ seq: 1, field: 'reason', text: reason })]]) });
  const words = wordsOf(await render(dir));
  expect(words).toContain('Aborted.');
  expect(words).toContain('No key was made.');
  expect(words).toContain(`Aborted by Maria Lindqvist: ${reason} No key was made.`);
  expect(words).toContain('PIN of the HSMNot typed: no HSM was opened');
  expect(words).toContain('First token: not used');
  expect(words).not.toMatch(/made the key|proved the restore|typed one half|each custodian keeps the sealed share/);
});

test('a plan with the room protocol has a section on the separation of duties: what was judged, excepted and why, and who stood in', async () => {
  const page = await render(writeFolder(parent, dutiesFolder(), {}));
  const words = wordsOf(page);
  expect([...page.matchAll(/<h2[^>]*>(.*?)<\/h2>/g)].map((match) => match[1]!).slice(0, 3)).toEqual(['2 Roles, participants and presence', '3 Separation of duties', '4 Location and physical security']);
  for (const fact of ['14 rules judged', '13 are kept', 'Bruno Keller and Chen Wei report to Ada Okafor', 'PCI PIN 25, unverified', 'Walter Brandt and Xenia Petrou', 'The team has no other members', 'Goran Ilić stood in for Ada Okafor', STOOD_IN_BECAUSE, 'Custodian 1 Goran Ilić'])
    expect(words).toContain(fact);
});
