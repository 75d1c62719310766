import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { verifyFolder } from '../../../electron/verify/verify-folder.ts';
import type { Finding } from '../../../shared/transcript/report.ts';
import { buildFolder } from '../../support/ceremony-folder.ts';

const built = buildFolder();
const lines = built.teller.lines;
const transcript = built.files.get('transcript.jsonl')!;
const starts = lines.reduce<number[]>((all, line) => [...all, all.at(-1)! + line.length], [0]);
const seqAt = (offset: number): number => starts.findLastIndex((start) => start <= offset);

const changed = (name: string, offset: number, value: number): ReadonlyMap<string, Uint8Array> => {
  const bytes = Uint8Array.from(built.files.get(name)!);
  bytes[offset] = value;
  return new Map([...built.files, [name, bytes]]);
};
const faultsOf = (files: ReadonlyMap<string, Uint8Array>, anchor: typeof built.head | null = built.head): readonly Finding[] => {
  const { findings, report } = verifyFolder({ name: built.name, files, findings: [] }, anchor);
  const own = findings.filter(({ level }) => level === 'fault');
  return anchor !== null && report.head !== anchor ? [...own, { level: 'fault', code: 'FOLDER_ANCHOR_MISMATCH', file: 'transcript.jsonl', seq: report.entries - 1, text: '' }] : own;
};
/** Any other byte at any place of a file. */
const change = (length: number) => fc.tuple(fc.nat(length - 1), fc.integer({ min: 1, max: 255 }));

test('the folder is sound before any change', () => {
  expect(faultsOf(built.files)).toEqual([]);
});

describe('one changed byte in transcript.jsonl', () => {
  const names = (offset: number, value: number, anchor: typeof built.head | null): void => {
    const faults = faultsOf(changed('transcript.jsonl', offset, value), anchor);
    expect(faults[0], `offset ${offset} = ${value}`).toMatchObject({ file: 'transcript.jsonl', seq: seqAt(offset) });
    expect(new Set(faults.map(({ file }) => file))).toEqual(new Set(['transcript.jsonl']));
  };
  test('is reported at the entry that was altered, with an anchor', { timeout: 60_000 }, () => {
    fc.assert(fc.property(change(transcript.length), ([offset, flip]) => { names(offset, transcript[offset]! ^ flip, built.head); }), { numRuns: 250 });
  });
  test('is reported at the entry that was altered, without an anchor too, since the record is signed', { timeout: 60_000 }, () => {
    fc.assert(fc.property(change(transcript.length), ([offset, flip]) => { names(offset, transcript[offset]! ^ flip, null); }), { numRuns: 100 });
  });
  test('is reported for every entry: first byte, a digit of prev, the newline', { timeout: 60_000 }, () => {
    for (const [seq, line] of lines.entries()) {
      const start = starts[seq]!;
      names(start, 0x5b, built.head);
      const digit = start + line.length - 10;
      names(digit, transcript[digit] === 0x61 ? 0x62 : 0x61, built.head);
      names(start + line.length - 1, 0x20, built.head);
    }
  });
  test('is reported for a newline in the middle of an entry', () => {
    for (const seq of [0, 10, lines.length - 1]) names(starts[seq]! + 30, 0x0a, built.head);
  });
});

describe.each([...built.files.keys()].filter((name) => name !== 'transcript.jsonl'))('one changed byte in %s', (name) => {
  test('is reported with the name of that file, and of no other', { timeout: 60_000 }, () => {
    const bytes = built.files.get(name)!;
    fc.assert(fc.property(change(bytes.length), ([offset, flip]) => {
      const faults = faultsOf(changed(name, offset, bytes[offset]! ^ flip));
      // root.pem is root.crt again, so a changed root.crt is told first and alone.
      expect(faults.length).toBeGreaterThan(0);
      expect(new Set(faults.map(({ file }) => file)), `offset ${offset}`).toEqual(new Set([name]));
    }), { numRuns: 40 });
  });
  test('a missing file is reported by its name', () => {
    const files = new Map(built.files);
    files.delete(name);
    if (name === 'openings.jsonl') expect(faultsOf(files)).toEqual([]); // may be withheld
    else expect(faultsOf(files)[0]).toMatchObject({ code: 'FOLDER_FILE_MISSING', file: name });
  });
});
