/** Receipts, key sheet, exception sheets, room cards and the inventory: what each says, and what it must not say. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exceptionsLayout } from '../../../electron/documents/exception-sheets.ts';
import { readCeremonyFolder } from '../../../electron/documents/folder.ts';
import type { CeremonyFolder } from '../../../electron/documents/folder.ts';
import { inventoryLayout } from '../../../electron/documents/inventory.ts';
import { hasKeySheet, keySheetLayout } from '../../../electron/documents/key-sheet.ts';
import { renderDocument } from '../../../electron/documents/page.ts';
import { receiptSheets } from '../../../electron/documents/receipts.ts';
import { dutiesOf } from '../../../electron/documents/role-duties.ts';
import { roomCards } from '../../../electron/documents/room-cards.ts';
import type { PersonId } from '../../../shared/brand.ts';
import { ROLES } from '../../../shared/ceremony/plan-schema.ts';
import { toWords } from '../../../shared/transcript/words.ts';
import { fromHex } from '../../../shared/bytes.ts';
import { buildFolder, registerOf, writeFolder } from '../../support/ceremony-folder.ts';
import type { BuiltFolder } from '../../support/ceremony-folder.ts';
import { foundingPlan } from '../../support/sample-charter.ts';
import { samplePlan } from '../../support/sample-plan.ts';
import { custodyFolder, generationByQuorum } from './sample-custody.ts';

const AT = '2027-03-02T17:41:00.000Z';
let parent = '';
beforeEach(() => { parent = mkdtempSync(path.join(tmpdir(), 'quorate-separate-')); });
afterEach(() => { rmSync(parent, { recursive: true, force: true }); });
const read = (built: BuiltFolder): Promise<CeremonyFolder> => readCeremonyFolder(writeFolder(parent, built));
const wordsOf = (page: string): string => page.replace(/<style>[\s\S]*?<\/style>/, '').replace(/<svg[\s\S]*?<\/svg>/g, '').replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

describe('receipts', () => {
  it('are one page a sealed share, twice the same but for whom it is', async () => {
    const sheet = receiptSheets(await read(buildFolder()))!, halves = sheet.html.split(/<div class="half (?:top|bottom)">/).slice(1).map((half) => wordsOf(half).replace(/For the (?:custodian|file)/, ''));
    expect(sheet.pages).toBe(5);
    expect(halves).toHaveLength(10);
    expect(halves[0]!.trim()).toBe(halves[1]!.trim());
    expect(wordsOf(sheet.html)).toMatch(/share 1 Received by Ada Okafor Set [A-Z]+-\d{4} , shares of a backup/);
  });
  it('name every carrier with its bag, of both sets', async () => {
    const sheet = receiptSheets(await read(generationByQuorum()))!, words = wordsOf(sheet.html);
    expect(sheet.pages).toBe(10);
    expect(words).toMatch(/Sheet, attempt \d; bag \S+ Card DECC0401237 ; bag \S+-C/);
    expect(words).toContain('Sheet, printed blind');
    expect(words).toContain('PIN shares');
  });
  it('hold no share, and are not made where none was sealed', async () => {
    expect(receiptSheets(await read(generationByQuorum()))!.html).not.toMatch(/KCS1:|KCB1:/);
    expect(receiptSheets(await read(buildFolder({ plan: foundingPlan(), number: 2 })))).toBeNull();
  });
});

describe('the key sheet', () => {
  it('has all 32 words in order with their hex, and the public key as a symbol', async () => {
    const folder = await read(buildFolder()), page = renderDocument(keySheetLayout(folder, AT), 1), words = wordsOf(page), spki = folder.state.key!.spkiSha256;
    const all = toWords(fromHex(spki)!);
    expect(words).toContain(`A ${all.slice(0, 4).join(' ')} ${spki.slice(0, 4)} ${spki.slice(4, 8)} ${all.slice(4, 8).join(' ')}`);
    for (const word of all) expect(words).toContain(word);
    expect(page).toContain('aria-label="Public key"');
    expect(words).toContain('SubjectPublicKeyInfo in hex');
  });
  it('has only the digest as a symbol where the key is long', async () => {
    const folder = await read(buildFolder({ plan: samplePlan({ key: { label: 'long', profile: 'rsa-3072', backup: { kind: 'split' } } }) }));
    expect(renderDocument(keySheetLayout(folder, AT), 1)).toContain('aria-label="SHA-256 of the public key"');
  });
  it('is made where a key came to an HSM, and nowhere else', async () => {
    expect(hasKeySheet(await read(buildFolder()))).toBe(true);
    expect(hasKeySheet(await read(custodyFolder('recovery')))).toBe(true);
    expect(hasKeySheet(await read(custodyFolder('share-check')))).toBe(false);
    expect(hasKeySheet(await read(buildFolder({ number: 3, abortAfter: '3.4' })))).toBe(false);
  });
});

describe('exception sheets', () => {
  it('are one page each: expected, happened, done, effect, who', async () => {
    const folder = await read(buildFolder()), words = wordsOf(renderDocument(exceptionsLayout(folder, AT), 0));
    expect(words).toContain('Exception E1');
    expect(words).toMatch(/By the script 3\.4 Check the written words\..*What happened The label printer was out of paper\..*Effect on the result None Noticed by Maria Lindqvist/);
  });
  it('say what was expected and who decided where the exception does', async () => {
    const folder = await read(buildFolder()), note = folder.state.exceptions[0]!, commitment = 'ab'.repeat(32);
    const entries = folder.entries.map((one) => (one.entry.type === 'exception' ? { ...one, entry: { ...one.entry, body: { ...one.entry.body, expected: { commitment } } } as typeof one.entry } : one));
    const changed = { ...folder, entries, textOf: (seq: number, field: string) => (field === 'expected' ? 'A full tray.' : folder.textOf(seq, field)), state: { ...folder.state, exceptions: [{ ...note, decidedBy: 'xenia' as PersonId }] } };
    const words = wordsOf(renderDocument(exceptionsLayout(changed, AT), 0));
    expect(words).toContain('Expected A full tray. What happened');
    expect(words).toMatch(/Decided by Xenia Petrou.*Xenia Petrou External auditor; date, time/);
  });
  it('say withheld where the words are not in the folder', async () => {
    const built = buildFolder();
    expect(wordsOf(renderDocument(exceptionsLayout(await readCeremonyFolder(writeFolder(parent, built, { 'openings.jsonl': null })), AT), 0))).toMatch(/Withheld in this copy.*Withheld in this copy/);
  });
});

describe('room cards', () => {
  it('are one page a person, with the role towards the room and how to stop towards the person', () => {
    const plan = samplePlan(), { pages, html } = roomCards(plan, 'ab'.repeat(32), '0007'), words = wordsOf(html);
    expect(pages).toBe(plan.people.length);
    expect(html.match(/<section class="sheet">/g)).toHaveLength(pages);
    for (const { name } of plan.people) expect(words).toContain(name);
    expect(words.match(/Anyone may stop the ceremony/g)).toHaveLength(pages);
    expect(words).toContain('Ceremony 0007');
  });
  it('escape what the plan says', () => {
    expect(roomCards(samplePlan({ people: samplePlan().people.map((person) => ({ ...person, name: `<b>${person.id}` })) }), 'ab'.repeat(32), null).html).not.toContain('<b>ada');
  });
  it('say something for every role, and speak of a share only where there is one', () => {
    for (const role of ROLES) for (const part of [dutiesOf(samplePlan(), role).during, dutiesOf(samplePlan(), role).after]) expect(part.length).toBeGreaterThan(0);
    expect(dutiesOf(samplePlan(), 'custodian').after.join(' ')).toContain('bag');
    expect(dutiesOf(foundingPlan(), 'custodian').after.join(' ')).not.toContain('bag');
  });
});

describe('the inventory', () => {
  const folders = () => { const first = generationByQuorum(); return [first, custodyFolder('re-share', { on: first })] as const; };
  const layout = () => { const told = folders(), last = told[1]; return inventoryLayout({ register: registerOf(told, AT), last: { number: 2, head: last.head, plan: last.teller.state.plan }, printedAt: AT }); };
  it('lies on its side and lists holders of the sets in force, with what to look for', () => {
    const page = renderDocument(layout(), 0), words = wordsOf(page);
    expect(page).toContain('@page{size:1123px 794px;margin:0}');
    expect(words).toContain('Farah Rahimi');
    expect(words).toContain('Card DECC0401298'.split(' ')[1]!);
    expect(words).toMatch(/Missing/);
    expect(words).not.toContain('no copy left');
  });
  it('says when the oldest share that counts was read, and when a check is due', () => {
    expect(wordsOf(renderDocument(layout(), 0))).toMatch(/2026-11-25 2027-11-25/);
  });
  it('names the register by its digest: the same archive gives the same one at any time', () => {
    const told = folders(), input = { register: registerOf(told, AT), last: { number: 2, head: told[1].head, plan: told[1].teller.state.plan } };
    expect(inventoryLayout({ ...input, printedAt: AT }).frame.digest).toBe(inventoryLayout({ ...input, printedAt: '2027-03-03T00:00:00.000Z' }).frame.digest);
  });
});
