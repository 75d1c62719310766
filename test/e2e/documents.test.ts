/** The printed documents through the real application: Chromium, the print window, the files that result. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { KeyPlan } from '../../shared/ceremony/plan-schema.ts';
import { buildFolder, buildOn, writeFolder } from '../support/ceremony-folder.ts';
import { foundingPlan } from '../support/sample-charter.ts';
import { samplePlan } from '../support/sample-plan.ts';
import { openStage, type Stage } from '../support/window.ts';

const run = (program: string, ...args: readonly string[]): string => execFileSync(program, [...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 64_000_000 });
const textOf = (pdf: string, page?: number): string => run('pdftotext', ...(page === undefined ? [] : ['-f', String(page), '-l', String(page)]), '-layout', pdf, '-');
const symbolsOf = (pdf: string, page: number, dir: string): string => {
  const image = path.join(dir, `page-${page}`);
  run('pdftoppm', '-r', '150', '-f', String(page), '-l', String(page), '-singlefile', '-png', pdf, image);
  return run('zbarimg', '-q', '--raw', `${image}.png`);
};

const letter: Partial<KeyPlan> = { sheets: { paper: 'Letter', printer: { kind: 'folder' } } };
const first = buildFolder();
/** With the longest title, since the folder is named after it. */
const LONG = 'Destruction of every share of the former root of the Harbour Co.';
const destroyed = buildOn('share-destruction', [first, buildFolder({ number: 2 })], { change: (plan) => ({ ...plan, ceremony: { ...plan.ceremony, title: LONG }, sheets: { paper: 'Letter', printer: { kind: 'folder' } } }) });
const founded = buildFolder({ plan: foundingPlan(), number: 4, previous: destroyed.link });
const folders = [first, buildFolder({ plan: samplePlan(letter), number: 2 }), destroyed, founded] as const;
let dir = '';
let stage: Stage;
beforeAll(async () => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'quorate-documents-'));
  for (const folder of folders) writeFolder(path.join(dir, 'workspace', 'archive'), folder);
  stage = await openStage({ sandbox: false, workspace: path.join(dir, 'workspace') });
});
afterAll(async () => { await stage.close(); rmSync(dir, { recursive: true, force: true }); });

const pagesWithout = (made: { path: string; pages: number }, words: string): readonly number[] => Array.from({ length: made.pages }, (_, index) => index + 1).filter((page) => !textOf(made.path, page).includes(words));
const SOFTWARE = 'Software token: no hardware protects this key.';
const printedDir = (): string => path.join(dir, 'workspace', 'printed');
const make = async (call: 'record.make' | 'script.print' | 'certificate.print', number: number): Promise<{ path: string; pages: number }> => {
  const answer = await stage.window.page.evaluate(async ([name, of]) => await window.quorate[name]({ mode: 'rehearsal', number: of }), [call, number] as const);
  if (!answer.ok) throw new Error(JSON.stringify(answer));
  return answer.value;
};
/** How far down each page its number stands, points. Something wider than a page makes Chromium shrink it all, and the marks wander. */
const heightsOfNumbers = (pdf: string): readonly number[] =>
  [...run('pdftotext', '-bbox', pdf, '-').matchAll(/<page [\s\S]*?<\/page>/g)].map(([page]) => Math.round(Number(/yMin="([\d.]+)"[^>]*>Page<\/word>\s*<word[^>]*>\d+<\/word>\s*<word[^>]*>of</.exec(page)?.[1])));
/** Of a PDF: tagged, without scripts, its typefaces ours and inside. Symbols of other families would mean a letter that ours lack. */
const checkFile = (pdf: string): void => {
  const facts = run('pdfinfo', pdf);
  expect(facts).toMatch(/^Tagged: +yes$/m);
  expect(facts).toMatch(/^JavaScript: +no$/m);
  const fonts = run('pdffonts', pdf).trimEnd().split('\n').slice(2);
  expect(fonts.length).toBeGreaterThan(0);
  // Columns from the right: object and its generation, unicode, subset, embedded.
  for (const font of fonts) {
    // The outlined REHEARSAL across the page is drawn as shapes, a font without a name.
    expect(font).toMatch(/AtkinsonHyperlegible|^\[none\] +Type 3 /);
    expect(font.trim().split(/\s+/).at(-5), font).toBe('yes');
  }
};
const checkPages = (made: { path: string; pages: number }, size: string): void => {
  const facts = run('pdfinfo', made.path);
  checkFile(made.path);
  expect(facts).toMatch(new RegExp(`^Pages: +${made.pages}$`, 'm'));
  expect(facts).toContain(size);
  expect(new Set(heightsOfNumbers(made.path)).size).toBe(1);
  for (let page = 1; page <= made.pages; page++) expect(textOf(made.path, page)).toContain(`Page ${page} of ${made.pages}`);
};

describe('documents printed by the application', () => {
  it('prints the record of a folder on A4: numbered pages, our typefaces, symbols that read', async () => {
    const made = await make('record.make', 1);
    checkPages(made, '(A4)');
    const fonts = run('pdffonts', made.path);
    expect(fonts).toMatch(/AtkinsonHyperlegibleNext/);
    expect(fonts).toMatch(/AtkinsonHyperlegibleMono/);
    expect(fonts).not.toMatch(/DejaVu|Noto|Liberation/);
    const text = textOf(made.path);
    expect(text).toContain('Completed with 1 exception.');
    expect(text).toContain('16 How to verify, without this program');
    expect(pagesWithout(made, SOFTWARE)).toEqual([]);
    expect(pagesWithout(made, 'Initials of this page')).toEqual([]);
    expect(textOf(made.path, 1)).toContain('never only against this page');
    // In reading order: side by side layout would put a neighbour's words between the groups.
    expect(run('pdftotext', made.path, '-').replace(/\s/g, '')).toContain(folders[0].head);
    const last = made.pages;
    expect(symbolsOf(made.path, last, dir)).toMatch(new RegExp(`^R 0001 ${last}/${last} [0-9A-F]{32}$`, 'm'));
    expect(readFileSync(path.join(path.dirname(made.path), 'VERIFY.md'), 'utf8')).toContain(folders[0].head);
  });

  it('prints the script of a folder on Letter', async () => {
    const made = await make('script.print', 2);
    checkPages(made, '(letter)');
    const text = textOf(made.path);
    expect(pagesWithout(made, SOFTWARE)).toEqual([]);
    expect(textOf(made.path, 1)).toContain('Compare it in full');
    expect(text).toContain('IRREVERSIBLE');
    expect(text).toContain('Handwriting sample');
    expect(symbolsOf(made.path, 1, dir)).toMatch(/^S 0002 1\/\d+ [0-9A-F]{32}$/m);
  });

  it('prints record and certificate of a destruction on Letter, with purpose and page symbol on the first page and the last', async () => {
    const record = await make('record.make', 3), certificate = await make('certificate.print', 3);
    for (const [made, letterOf] of [[record, 'R'], [certificate, 'D']] as const) {
      checkPages(made, '(letter)');
      for (const page of [1, made.pages]) {
        expect(textOf(made.path, page)).toContain('Purpose: The shares are not needed any more');
        expect(symbolsOf(made.path, page, dir)).toMatch(new RegExp(`^${letterOf} 0003 ${page}/${made.pages} [0-9A-F]{32}$`, 'm'));
      }
    }
    expect(textOf(certificate.path, 1)).toMatch(/Share set [A-Z]+-\d{4} is destroyed\./);
    expect(path.dirname(certificate.path)).not.toContain(`${path.sep}archive${path.sep}`);
  });

  it('prints script and record of a founding, with roster and policy', async () => {
    const script = await make('script.print', 4), record = await make('record.make', 4);
    for (const made of [script, record]) {
      checkPages(made, '(A4)');
      expect(textOf(made.path)).toContain('Custodians it takes to change');
    }
    expect(textOf(record.path)).toContain('Who showed their keys, and who approved');
  });

  it('prints receipts, key sheet, exception sheets and room cards beside the archive, on A4 and Letter', async () => {
    await make('script.print', 1);
    for (const [number, size] of [[1, '(A4)'], [2, '(letter)']] as const) {
      await make('record.make', number);
      const at = (name: string): string => path.join(printedDir(), `${folders[number - 1]!.name}-${name}.pdf`);
      for (const [name, pages] of [['receipts', 5], ['key-sheet', 1], ['exceptions', 1], ['room-cards', 8]] as const) {
        checkFile(at(name));
        expect(run('pdfinfo', at(name)), name).toMatch(new RegExp(`^Pages: +${pages}$`, 'm'));
        expect(run('pdfinfo', at(name))).toContain(size);
      }
      expect(textOf(at('receipts'), 1).match(/Share receipt/g)).toHaveLength(2);
      expect(symbolsOf(at('key-sheet'), 1, dir)).toMatch(/^QUORATE SPKI [0-9A-F]+$/m);
      expect(textOf(at('room-cards'), 4)).toContain('Custodian 1');
    }
    expect(readdirSync(path.dirname((await make('record.make', 1)).path)).filter((name) => /receipts|cards|sheet/.test(name))).toEqual([]);
  });

  it('prints the inventory from the key register, lying on its side', async () => {
    await stage.window.page.reload();
    await stage.window.page.getByTestId('inventory-print').click();
    const file = await stage.window.page.getByTestId('inventory-path').textContent({ timeout: 60_000 });
    expect(path.dirname(file!)).toBe(printedDir());
    checkFile(file!);
    expect(run('pdfinfo', file!)).toMatch(/^Page size: +84\d\.\d+ x 59\d\.\d+ pts \(A4\)/m);
    const text = textOf(file!);
    expect(text).toContain('Inventory of keys, shares and media');
    expect(text).toContain('Ada Okafor');
    expect(symbolsOf(file!, 1, dir)).toMatch(/^I 0004 1\/\d+ [0-9A-F]{32}$/m);
  });
});
