/** Copies at a level: what is withheld, what is not, and that the verifier says the same of them but for the texts. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { verifyPath } from '../../../electron/verify/verify.ts';
import { fromUtf8, utf8 } from '../../../shared/bytes.ts';
import { discloseFolder } from '../../../shared/disclosure/disclose.ts';
import type { Disclosure } from '../../../shared/disclosure/disclose.ts';
import { LEVELS } from '../../../shared/disclosure/levels.ts';
import type { Level } from '../../../shared/disclosure/levels.ts';
import type { VerifyReport } from '../../../shared/transcript/report.ts';
import { buildFolder, buildOn, writeFolder } from '../../support/ceremony-folder.ts';
import { TOLD_TEXTS, toldFolder } from '../../support/told-folder.ts';

const told = toldFolder();
const copies = Object.fromEntries(LEVELS.map((level) => [level, discloseFolder(told.files, level)])) as unknown as Record<Level, Disclosure>;
const everything = ({ files }: Disclosure): string => [...files.values()].map((bytes) => Buffer.from(bytes).toString('latin1')).join('\n');
const shows = (copy: Disclosure, text: string): boolean => everything(copy).includes(Buffer.from(JSON.stringify(text).slice(1, -1)).toString('latin1'));
const reportOn = (files: ReadonlyMap<string, Uint8Array>): VerifyReport => verifyPath(writeFolder(mkdtempSync(join(tmpdir(), 'quorate-copy-')), { name: told.name, files }), { anchor: told.head });

describe('a copy at a level', () => {
  it.each<[Level, readonly (keyof typeof TOLD_TEXTS)[]]>([
    ['public', []], ['restricted', ['exception.what', 'exception.done', 'objection.words']], ['confidential', ['exception.what', 'exception.done', 'paused.text', 'objection.words']],
  ])('%s shows exactly the texts of its level, in any file', (level, shown) => {
    const seen = (Object.keys(TOLD_TEXTS) as (keyof typeof TOLD_TEXTS)[]).filter((field) => shows(copies[level], TOLD_TEXTS[field]));
    expect(seen).toEqual((Object.keys(TOLD_TEXTS) as (keyof typeof TOLD_TEXTS)[]).filter((field) => shown.includes(field)));
  });
  it('leaves out what shows texts, and openings.jsonl when nothing is left of it', () => {
    expect(copies.public.leftOut).toEqual(['openings.jsonl', 'record.pdf']);
    expect(copies.restricted.leftOut).toEqual(['record.pdf']);
    expect(copies.confidential.leftOut).toEqual([]);
    for (const level of LEVELS) expect(copies[level].files.has('VERIFY.md')).toBe(false);
  });
  it('keeps every other file, and every line that it keeps, byte for byte', () => {
    for (const level of LEVELS) for (const [name, bytes] of copies[level].files) if (name !== 'openings.jsonl') expect(bytes).toBe(told.files.get(name));
    const all = fromUtf8(told.files.get('openings.jsonl')!)!.split('\n');
    expect(fromUtf8(copies.restricted.files.get('openings.jsonl')!)!.split('\n')).toEqual(all.filter((line) => !line.includes('"field":"text"')));
    expect([...copies.confidential.files.get('openings.jsonl')!]).toEqual([...told.files.get('openings.jsonl')!]);
  });
  it('says which texts are withheld, by entry, field and level', () => {
    expect(copies.confidential.withheld).toEqual([]);
    expect(copies.restricted.withheld.map(({ type, field, level }) => [type, field, level])).toEqual([['paused', 'text', 'confidential'], ['paused', 'text', 'confidential']]);
    expect(copies.public.withheld).toHaveLength(5);
    for (const { seq, type } of copies.public.withheld) expect(told.teller.told[seq]!.entry.type).toBe(type);
  });
  it('says which fields above its level are in clear and cannot be withheld', () => {
    expect(copies.public.inClear).toEqual(expect.arrayContaining(['plan people[].name', 'plan hsm.serial', 'sealed bag', 'inventory tokens[].serial', 'intent intent.serial', 'preflight rows[].observed']));
    expect(copies.public.inClear).not.toContain('plan people[].id');
    expect(copies.restricted.inClear).toEqual([]);
  });
});

describe('the verifier on a copy', () => {
  const original = reportOn(told.files);
  it.each(LEVELS)('finds the same head, signatures and rules at level %s, and says what is withheld', (level) => {
    const report = reportOn(copies[level].files), withheld = copies[level].withheld.length;
    expect(report).toMatchObject({ exitStatus: 0, holds: true, anchored: true, headline: original.headline });
    expect(report.folders.map(({ head, signoffs, signedThrough, outcome, entries }) => ({ head, signoffs, signedThrough, outcome, entries }))).toEqual(original.folders.map(({ head, signoffs, signedThrough, outcome, entries }) => ({ head, signoffs, signedThrough, outcome, entries })));
    expect(report.folders[0]!.checks.map(({ name, result }) => [name, result])).toEqual(original.folders[0]!.checks.map(({ name, result }) => [name, result]));
    expect(report.findings.filter(({ code }) => code === 'LIMIT_TEXT_WITHHELD').map(({ text }) => text.split(' ')[0])).toEqual(withheld === 0 ? [] : [String(withheld)]);
  });
  it('still refuses a text that was changed in a restricted copy', () => {
    const files = new Map(copies.restricted.files);
    files.set('openings.jsonl', utf8(fromUtf8(files.get('openings.jsonl')!)!.replace('second token', 'first token')));
    expect(reportOn(files).findings.filter(({ level }) => level === 'fault').map(({ code }) => code)).toEqual(['TRANSCRIPT_COMMITMENT']);
  });
});

describe('a copy of what is not sound', () => {
  it('withholds every line that it cannot place, unless everything is shown', () => {
    const lines = ['{"seq":99999,"field":"what","text":"No such entry."}\n', 'not an opening\n', '{"seq":1,"field":"what","text":"torn'];
    const files = new Map([...told.files, ['openings.jsonl', utf8(lines.join(''))]]);
    for (const level of ['public', 'restricted'] as const) {
      const copy = discloseFolder(files, level);
      expect(copy.withheld.map(({ level: own }) => own)).toEqual(['confidential', 'confidential', 'confidential']);
      expect(copy.files.has('openings.jsonl')).toBe(false);
    }
    expect([...discloseFolder(files, 'confidential').files.get('openings.jsonl')!]).toEqual([...utf8(lines.join(''))]);
  });
  it('withholds the texts of entries that cannot be read', () => {
    const transcript = new Uint8Array(told.files.get('transcript.jsonl')!.map((byte) => (byte === 0x7b ? 0x5b : byte)));
    expect(discloseFolder(new Map([...told.files, ['transcript.jsonl', transcript]]), 'restricted').withheld).toHaveLength(5);
  });
  it('does not fail for any bytes in place of any file', () => {
    fc.assert(fc.property(fc.constantFrom('plan.json', 'transcript.jsonl', 'openings.jsonl'), fc.uint8Array({ maxLength: 200 }), fc.constantFrom(...LEVELS), (name, bytes, level) => {
      const copy = discloseFolder(new Map([...told.files, [name, bytes]]), level);
      expect(copy.files.has('record.dsse.json')).toBe(true);
    }), { numRuns: 40 });
  });
  it('copies a folder that has not begun', () => {
    const plan = told.files.get('plan.json')!;
    expect([...discloseFolder(new Map([['plan.json', plan]]), 'public').files.keys()]).toEqual(['plan.json']);
  });
});

describe('copies of later ceremonies', () => {
  let later: ReturnType<typeof buildOn>[];
  const first = buildFolder({ exception: false });
  beforeAll(() => { later = [buildOn('share-check', [first]), buildOn('recovery', [first], { abortAfter: '3.2' })]; });
  it('know a level for every field that they have', () => {
    for (const { files } of later) {
      expect(discloseFolder(files, 'confidential').inClear).toEqual([]);
      expect(discloseFolder(files, 'public').inClear).toEqual(expect.arrayContaining(['plan source.purpose', 'plan source.set.holders[].name']));
    }
  });
  it('withhold why a ceremony was given up from a public copy', () => {
    expect(discloseFolder(later[1]!.files, 'public').withheld.map(({ type, field }) => [type, field])).toEqual([['aborted', 'reason']]);
    expect(discloseFolder(later[1]!.files, 'restricted').withheld).toEqual([]);
  });
});
