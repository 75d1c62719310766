import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { composeSheet } from '../../../electron/vault/sheets/sheet.ts';
import { darkRuns, inkSide, MODULE_MM, shareSymbol } from '../../../electron/vault/sheets/symbol.ts';
import { utf8 } from '../../../shared/bytes.ts';
import { unblindCore, unblindShare } from '../../../shared/custody/blind.ts';
import { parseLines } from '../../../shared/custody/lines.ts';
import { parseShareSymbol, qrText } from '../../../shared/custody/qr-text.ts';
import type { SheetFacts } from '../../../shared/vault/contract.ts';
import { fixedSet } from '../../support/custody-sets.ts';
import { pdfText, sheetLines, sheetSymbols } from '../../support/sheet-text.ts';

const dir = mkdtempSync(path.join(tmpdir(), 'quorate-sheets-'));
afterAll(() => { rmSync(dir, { recursive: true }); });
const real = fixedSet({ seed: 41 }), drill = fixedSet({ seed: 42, drill: true });
const FACTS: SheetFacts = { organisation: 'Example Trust', ceremonyNumber: 7, ceremonyTitle: 'The Root of Everything', date: '2027-03-02', paper: 'A4', mode: 'production', software: false, attempt: 1, toolVersion: '0.1.0', printedAt: '2027-03-02T15:23:00.000Z', variant: 'standard', holds: 'wrapping-key' };
/** 60 throws. */
const CODE = utf8('415263326154613524425136613254145236325416251436463125214365');
let files = 0;
const sheet = async (set: typeof real, index: number, facts: Partial<SheetFacts> = {}, custodian = set.parsed.custodians[index]!.name): Promise<string> => {
  const file = path.join(dir, `${files++}.pdf`);
  writeFileSync(file, await composeSheet({ share: set.fields[index]!, envelope: set.shares[index]!, custodian, person: set.parsed.custodians[index]!.person, facts: { ...FACTS, ...facts }, code: facts.variant === 'blind' ? CODE : null }));
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
      expect(info).toMatch(/Tagged: +yes/);
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

/** What zxing reads of the page at 150 dpi, with the top and bottom of each symbol in mm. */
const zxing = async (file: string): Promise<readonly { text: string; top: number; bottom: number }[]> => {
  const pgm = execFileSync('pdftoppm', ['-r', '150', '-gray', '-singlefile', file], { maxBuffer: 2 ** 26, stdio: ['ignore', 'pipe', 'ignore'] });
  const [header, width, height] = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(pgm.toString('latin1', 0, 40))!, gray = pgm.subarray(header.length), data = new Uint8ClampedArray(gray.length * 4);
  gray.forEach((level, i) => { data.fill(level, 4 * i, 4 * i + 3); data[4 * i + 3] = 255; });
  const found = await readBarcodes({ data, width: Number(width), height: Number(height), colorSpace: 'srgb' } as ImageData, { formats: ['QRCode'], tryHarder: true });
  return found.map(({ text, position: { topLeft, topRight, bottomLeft, bottomRight } }) => {
    const rows = [topLeft, topRight, bottomLeft, bottomRight].map(({ y }) => (y / 150) * 25.4);
    return { text, top: Math.min(...rows), bottom: Math.max(...rows) };
  }).toSorted((a, b) => a.top - b.top);
};
beforeAll(async () => { await prepareZXingModule({ overrides: { wasmBinary: Uint8Array.from(readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'))).buffer }, fireImmediately: true }); });

/** Left, top, right and bottom of every word in mm. */
const words = (file: string): readonly (readonly [number, number, number, number])[] =>
  [...tool('pdftotext', '-bbox', file, '-').matchAll(/<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">/g)].map((match) => match.slice(1, 5).map((one) => (Number(one) / 72) * 25.4) as [number, number, number, number]);

describe.each(['standard', 'large', 'blind'] as const)('the %s variant', (variant) => {
  it.each(['A4', 'Letter'] as const)('on %s: one page, whose two symbols zxing and zbar read at 150 dpi, clear of the folds', async (paper) => {
    const height = paper === 'A4' ? 297 : 279.4, quiet = 4 * MODULE_MM;
    for (const [set, facts] of [[real, {}], [drill, { mode: 'rehearsal', software: true, holds: 'pin' }]] as const) {
      const file = await sheet(set, 2, { paper, variant, ...facts }), seen = await zxing(file);
      expect(tool('pdfinfo', file)).toMatch(/Pages: +1\n/);
      expect(seen).toHaveLength(2);
      expect(sheetSymbols(file, 150)).toEqual(seen.map(({ text }) => text));
      for (const { top, bottom } of seen) for (const fold of [height / 3, 2 * height / 3]) expect(top - quiet > fold || bottom + quiet < fold).toBe(true);
    }
  });
  it.each(['A4', 'Letter'] as const)('on %s: keeps every word within the live area of 180 by 249 mm, also with the longest names', async (paper) => {
    const [width, height] = paper === 'A4' ? [210, 297] : [215.9, 279.4], long = 'Friedrich-Maximilian Vandenberghe-Schwarzenbach von und zu Immenhausen'.slice(0, 64);
    for (const file of [await sheet(real, 2, { paper, variant }), await sheet(real, 0, { paper, variant, organisation: long, software: true, date: '2027-09-22' }, long)]) {
      for (const [left, top, right, bottom] of words(file)) {
        expect(left).toBeGreaterThan((width - 180) / 2 - 0.5);
        expect(right).toBeLessThan((width + 180) / 2 + 0.5);
        // The line box of the large number begins above its ink.
        expect(top).toBeGreaterThan(13);
        expect(bottom).toBeLessThan(height - 14.5);
      }
    }
  });
  it('says which kind of share it is, and what mode it was made in', async () => {
    const key = pdfText(await sheet(real, 1, { variant })), pin = pdfText(await sheet(drill, 1, { variant, holds: 'pin', mode: 'rehearsal' })), exercise = pdfText(await sheet(drill, 1, { variant }));
    expect(key).toContain('Key share');
    expect(key).not.toMatch(/PIN|REHEARSAL|DRILL/);
    expect(pin).toContain('PIN share');
    expect(pin.match(/REHEARSAL/g)!.length).toBeGreaterThanOrEqual(3);
    expect(exercise.match(/DRILL/g)!.length).toBeGreaterThanOrEqual(3);
    expect(exercise).not.toContain('REHEARSAL');
  });
  it('prints four lines that can be typed, whatever letters they have', async () => {
    for (const set of [real, drill]) for (const [index, share] of set.fields.entries()) {
      const read = parseLines(sheetLines(await sheet(set, index, { variant, mode: set === drill ? 'rehearsal' : 'production' })).map(utf8));
      const core = read.ok && variant === 'blind' ? unblindCore(read.value, set.parsed, CODE) : read;
      expect(core).toMatchObject({ ok: true, value: { x: share.x, y: share.y } });
    }
  });
});

describe('a blind sheet', () => {
  it('carries in symbols and lines only what the dice code opens, and says so', async () => {
    const file = await sheet(real, 1, { variant: 'blind' }), text = pdfText(file);
    for (const said of ['Printed blind: needs its holder’s dice code', 'Code kept apart', 'KCS1 blind, suite 10']) expect(text).toContain(said);
    const symbols = sheetSymbols(file, 150), read = parseShareSymbol(symbols[0]!);
    expect(symbols[1]).toBe(symbols[0]);
    expect(read!.kind).toBe('blind');
    expect(unblindShare(read!.bytes, CODE)).toEqual({ ok: true, value: real.shares[1] });
  });
  it('holds neither the true lines nor the code', async () => {
    const plain = await sheet(real, 1), blind = await sheet(real, 1, { variant: 'blind' });
    for (const line of sheetLines(plain)) {
      expect(pdfText(plain)).toContain(line.slice(0, 22));
      expect(pdfText(blind)).not.toContain(line.slice(0, 22));
    }
    expect(pdfText(blind).replaceAll(/\s/g, '')).not.toMatch(/[1-6]{12}/);
  });
});

describe('a sheet in large print', () => {
  it('has no letter below 18 points and no typed line below 20', async () => {
    for (const paper of ['A4', 'Letter'] as const) {
      const xml = tool('pdftohtml', '-xml', '-stdout', '-i', '-zoom', '1', await sheet(drill, 3, { paper, variant: 'large', mode: 'rehearsal', software: true }));
      const sizes = new Map([...xml.matchAll(/<fontspec id="(\d+)" size="(\d+)"/g)].map(([, id, size]) => [id!, Number(size)]));
      expect(Math.min(...sizes.values())).toBeGreaterThanOrEqual(18);
      const lines = [...xml.matchAll(/font="(\d+)">(?:<b>)?([0-9A-Z]{4} [0-9A-Z]{4} [0-9A-Z]{4} [0-9A-Z]{4} [0-9A-Z]{2})(?: [0-9A-Z]{2})?</g)].map(([, id]) => sizes.get(id!)!);
      expect(lines).toHaveLength(4);
      for (const size of lines) expect(size).toBeGreaterThanOrEqual(20);
    }
  });
  it('says a name that is too wide as the share says it, with the person’s id', async () => {
    const text = pdfText(await sheet(real, 2, { variant: 'large' }, 'Chiamaka Oluwaseun Nwachukwu-Featherstonehaugh of Immenhausen'));
    expect(text).toContain(`${real.fields[2]!.name} (${real.parsed.custodians[2]!.person})`);
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
