import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createDocuments } from '../../../electron/documents/documents.ts';
import { html, joined, trusted } from '../../../electron/documents/html.ts';
import { countPages } from '../../../electron/documents/print.ts';
import type { Printer } from '../../../electron/documents/print.ts';
import { qrSvg } from '../../../electron/documents/qr.ts';
import { buildFolder, writeFolder } from '../../support/ceremony-folder.ts';
import { foundingPlan } from '../../support/sample-charter.ts';

let parent = '';
beforeEach(() => { parent = mkdtempSync(path.join(tmpdir(), 'quorate-print-')); });
afterEach(() => { rmSync(parent, { recursive: true, force: true }); });

const pdf = (pages: number): Uint8Array => new TextEncoder().encode(`%PDF-1.4\n<</Type /Pages /Count ${pages}>>\n${'<</Type /Page /Parent 1>>\n'.repeat(pages)}`);
/** A printer that gives PDFs of the pages it is told, one a call. */
const fakePrinter = (pages: readonly number[]): Printer & { readonly printed: string[] } => {
  const printed: string[] = [];
  return { printed, htmlToPdf: (markup) => { printed.push(markup); return Promise.resolve(pdf(pages[printed.length - 1] ?? 1)); } };
};
const now = (): Date => new Date('2026-11-24T17:41:00.000Z');

test('the record and VERIFY.md are made in the folder, and nothing else; what is handed out goes beside the archive', async () => {
  const folder = buildFolder(), dir = writeFolder(parent, folder), before = readdirSync(dir), printed = path.join(parent, 'printed'), printer = fakePrinter([7, 7, 5, 1, 1, 1, 1]);
  expect(await createDocuments(printer, { now }).makeRecord(dir, printed)).toEqual({ pages: 7 });
  expect(readdirSync(dir).sort()).toEqual([...before, 'VERIFY.md', 'record.pdf'].sort());
  expect(readdirSync(printed).sort()).toEqual(['exceptions', 'key-sheet', 'receipts'].map((name) => `${folder.name}-${name}.pdf`));
  expect(printer.printed[0]).not.toContain('Page 1 of');
  expect(printer.printed[1]).toContain('Page 7 of 7');
  expect(readFileSync(path.join(dir, 'VERIFY.md'), 'utf8')).toContain(folder.head);
});

test('a ceremony without shares, key and exceptions has nothing to hand out', async () => {
  const folder = buildFolder({ plan: foundingPlan(), exception: false }), printed = path.join(parent, 'printed');
  await createDocuments(fakePrinter([7, 7]), { now }).makeRecord(writeFolder(parent, folder), printed);
  expect(readdirSync(parent)).not.toContain('printed');
});

test('making the record again replaces it', async () => {
  const dir = writeFolder(parent, buildFolder()), printed = path.join(parent, 'printed'), documents = createDocuments(fakePrinter([3, 3, 5, 1, 1, 1, 1, 4, 4, 5, 1, 1, 1, 1]), { now });
  await documents.makeRecord(dir, printed);
  expect(await documents.makeRecord(dir, printed)).toEqual({ pages: 4 });
  expect(countPages(readFileSync(path.join(dir, 'record.pdf')))).toBe(4);
});

test('refuses a sheet that runs over its page (PRINT_JOB_FAILED)', async () => {
  await expect(createDocuments(fakePrinter([7, 7, 6]), { now }).makeRecord(writeFolder(parent, buildFolder()), path.join(parent, 'printed'))).rejects.toMatchObject({ code: 'PRINT_JOB_FAILED', details: { reason: 'overflow' } });
});

test('the inventory prints the closed ceremonies of an archive, and an empty archive has none (INVENTORY_EMPTY)', async () => {
  const archive = path.join(parent, 'archive'), out = path.join(parent, 'inventory.pdf'), documents = createDocuments(fakePrinter([2, 2]), { now });
  mkdirSync(archive);
  await expect(documents.makeInventory(archive, out)).rejects.toMatchObject({ code: 'INVENTORY_EMPTY' });
  writeFolder(archive, buildFolder());
  expect(await documents.makeInventory(archive, out)).toEqual({ pages: 2 });
  expect(countPages(readFileSync(out))).toBe(2);
});

test('the script prints from plan.json alone', async () => {
  const folder = buildFolder(), dir = writeFolder(parent, { name: folder.name, files: new Map([['plan.json', folder.files.get('plan.json')!]]) });
  const out = path.join(parent, '0001-x-script.pdf'), printer = fakePrinter([18, 18, 8]);
  expect(await createDocuments(printer, { now }).makeScript(dir, out)).toEqual({ pages: 18 });
  expect(printer.printed[1]).toContain('Ceremony 0001');
  expect(countPages(readFileSync(path.join(parent, '0001-x-room-cards.pdf')))).toBe(8);
  expect(readdirSync(dir)).toEqual(['plan.json']);
});

test('refuses when numbering changes the number of pages, and writes nothing (PRINT_JOB_FAILED)', async () => {
  const dir = writeFolder(parent, buildFolder());
  await expect(createDocuments(fakePrinter([7, 8]), { now }).makeRecord(dir, path.join(parent, 'printed'))).rejects.toMatchObject({ code: 'PRINT_JOB_FAILED' });
  expect(readdirSync(dir)).not.toContain('record.pdf');
});

test('refuses what is no PDF (PRINT_JOB_FAILED)', () => {
  expect(() => countPages(new TextEncoder().encode('hello /Type /Page'))).toThrowError(expect.objectContaining({ code: 'PRINT_JOB_FAILED' }));
  expect(countPages(pdf(12))).toBe(12);
});

test('a plan that is not complete is not printed (PLAN_INCOMPLETE)', async () => {
  const folder = buildFolder(), text = Buffer.from(folder.files.get('plan.json')!).toString('utf8').replace('"serial": "8f2c41d09be3a776"', '"serial": null');
  const dir = writeFolder(parent, folder, { 'plan.json': new TextEncoder().encode(text) });
  await expect(createDocuments(fakePrinter([1, 1]), { now }).makeScript(dir, path.join(parent, 's.pdf'))).rejects.toMatchObject({ code: 'PLAN_INCOMPLETE' });
});

test('markup escapes every inserted string, keeps pieces of markup, and joins lists', () => {
  expect(html`<b title="${'"><i>'}">${'<&\''}${html`<u>${1}</u>`}${null}${['a', '<']}</b>`.markup).toBe('<b title="&quot;&gt;&lt;i&gt;">&lt;&amp;&#39;<u>1</u>a&lt;</b>');
  expect(html`${joined(['a', 'b', 'c'], trusted('<br>'))}`.markup).toBe('a<br>b<br>c');
});

test('a symbol has its quiet zone and the size asked for', () => {
  expect(qrSvg('R 0001 1/9 00112233445566778899AABBCCDDEEFF', 0.8, 'x').markup).toMatch(/width="29\.60mm" height="29\.60mm" viewBox="0 0 37 37".*d="M4 4h7/);
});
