import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { composeSheet } from '../../../electron/vault/sheets/sheet.ts';
import { darkRuns, inkSide, MODULE_MM, shareSymbol } from '../../../electron/vault/sheets/symbol.ts';
import { utf8 } from '../../../shared/bytes.ts';
import { parseLines } from '../../../shared/custody/lines.ts';
import { qrText } from '../../../shared/custody/qr-text.ts';
import type { SheetFacts } from '../../../shared/vault/contract.ts';
import { fixedSet } from '../../support/custody-sets.ts';
import { pdfText, sheetLines, sheetSymbols } from '../../support/sheet-text.ts';

const dir = mkdtempSync(path.join(tmpdir(), 'quorate-sheets-'));
afterAll(() => { rmSync(dir, { recursive: true }); });
const real = fixedSet({ seed: 41 }), drill = fixedSet({ seed: 42, drill: true });
const FACTS: SheetFacts = { organisation: 'Example Trust', ceremonyNumber: 7, ceremonyTitle: 'The Root of Everything', date: '2027-03-02', paper: 'A4', mode: 'production', software: false, attempt: 1, toolVersion: '0.1.0', printedAt: '2027-03-02T15:23:00.000Z' };
let files = 0;
const sheet = async (set: typeof real, index: number, facts: Partial<SheetFacts> = {}, custodian = set.parsed.custodians[index]!.name): Promise<string> => {
  const file = path.join(dir, `${files++}.pdf`);
  writeFileSync(file, await composeSheet({ share: set.fields[index]!, envelope: set.shares[index]!, custodian, person: set.parsed.custodians[index]!.person, facts: { ...FACTS, ...facts } }));
  return file;
};
const tool = (name: string, ...args: readonly string[]): string => execFileSync(name, [...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });

describe.each(['A4', 'Letter'] as const)('a share sheet on %s', (paper) => {
  it('is one page of that size whose two symbols and four lines carry the share', async () => {
    for (const index of [1, 2]) {
      const file = await sheet(real, index, { paper });
      const info = tool('pdfinfo', file);
      expect(info).toMatch(/Pages: +1\n/);
      expect(info).toMatch(paper === 'A4' ? /Page size: +595\.\d+ x 841\.\d+ pts \(A4\)/ : /Page size: +61[12]\.?\d* x 79[12]\.?\d* pts \(letter\)/);
      expect(info).toMatch(/JavaScript: +no/);
      expect(sheetSymbols(file, 150)).toEqual([qrText(real.shares[index]!), qrText(real.shares[index]!)]);
      expect(parseLines(sheetLines(file).map(utf8))).toMatchObject({ ok: true, value: { x: real.fields[index]!.x, y: real.fields[index]!.y } });
    }
  });
  it('says who, which set and which ceremony, and nothing of what the key protects or of others', async () => {
    const text = pdfText(await sheet(real, 1, { paper }));
    for (const word of ['Bob Ng', real.parsed.setName, real.parsed.setFingerprint, 'Example Trust', '0007, 2 March 2027', 'November 2028', 'suite 10', 'attempt 1', '2027-03-02 15:23 UTC', '100 mm. Measure it.']) expect(text).toContain(word);
    for (const word of ['Root of Everything', 'Ana', 'Dee', '3 of 5', 'REHEARSAL', 'Software token', 'http']) expect(text).not.toContain(word);
  });
  it('marks a rehearsal four times and a software token once, and stays readable', async () => {
    const file = await sheet(drill, 4, { paper, software: true, mode: 'rehearsal' }), text = pdfText(file);
    expect(text.match(/REHEARSAL/g)).toHaveLength(4);
    expect(text).toContain('suite 11 (rehearsal)');
    expect(text).toContain('Software token');
    expect(sheetSymbols(file, 150)).toEqual([qrText(drill.shares[4]!), qrText(drill.shares[4]!)]);
    expect(sheetLines(file)).toHaveLength(4);
  });
});

describe('the sheet’s type and symbols', () => {
  it('embeds every font', async () => {
    const rows = tool('pdffonts', await sheet(real, 0)).split('\n').slice(2).filter((row) => row !== '');
    expect(rows.length).toBe(5);
    for (const row of rows) expect(row).toMatch(/AtkinsonHyperlegible(Next|Mono)-\w+ .* yes yes yes/);
  });
  it('prints names of Latin scripts as they are, and says the id where letters are missing', async () => {
    expect(pdfText(await sheet(real, 4))).toContain('Eve Łuczak');
    const text = pdfText(await sheet(real, 0, {}, '王小明'));
    expect(text).toContain('??? (ana)');
  });
  it('keeps long names and organisations on their line', async () => {
    const long = 'Friedrich-Maximilian Vandenberghe-Schwarzenbach von und zu Immenhausen'.slice(0, 64);
    const file = await sheet(drill, 0, { organisation: long, paper: 'Letter', software: true, mode: 'rehearsal' }, long), text = pdfText(file).replaceAll(/\s+/g, ' ');
    for (const word of ['Schwarzenbach', 'Immen']) expect(text).toContain(word);
    expect(sheetSymbols(file, 150)).toHaveLength(2);
  });
  it('draws 43 to 46 mm with the quiet zone, at seven dots of 300 dpi a module', () => {
    for (const set of [real, drill]) for (const share of set.shares) {
      const symbol = shareSymbol(share), side = inkSide(symbol) + 8 * MODULE_MM;
      expect(side).toBeGreaterThan(42.9);
      expect(side).toBeLessThan(46);
      const area = [...darkRuns(symbol, 0, 0, false)].reduce((sum, [, , width, height]) => sum + width * height, 0);
      expect(area / MODULE_MM ** 2).toBeCloseTo(symbol.dark.reduce((sum, one) => sum + one, 0), 6);
    }
  });
  it('turns symbol B by 180 degrees', () => {
    const symbol = shareSymbol(real.shares[0]!), side = inkSide(symbol);
    const cells = (upsideDown: boolean): Set<string> => new Set([...darkRuns(symbol, 0, 0, upsideDown)].flatMap(([x, y, width]) => Array.from({ length: Math.round(width / MODULE_MM) }, (_, i) => `${Math.round(x / MODULE_MM) + i},${Math.round(y / MODULE_MM)}`)));
    const turned = new Set([...cells(true)].map((cell) => { const [x, y] = cell.split(',').map(Number) as [number, number]; const last = Math.round(side / MODULE_MM) - 1; return `${last - x},${last - y}`; }));
    expect(turned).toEqual(cells(false));
  });
});
