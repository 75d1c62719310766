/**
 * With the head on paper no change of an archive passes: each is told, by the file and the entry. In process, on the real archive of a 3-of-5
 * quorum in test/vectors; by the ports of the command line, and a part of it by those of verify.html as well, with the same report.
 */
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { concatBytes, fromUtf8, toBase64, utf8 } from '../../../shared/bytes.ts';
import { splitLines } from '../../../shared/transcript/chain.ts';
import type { Finding } from '../../../shared/transcript/report.ts';
import { applyEdits } from '../../support/archive-edits.ts';
import { archive, byCommand, byPage, changed, CHECK, faultsOf, FIRST, LAST, linesOf, namesEntry, relined, transcriptOf } from '../../support/tampered-archive.ts';
import type { Files } from '../../support/tampered-archive.ts';

test('the archive is sound before any change', () => {
  expect(byCommand(archive)).toMatchObject({ exitStatus: 0, anchored: true });
  expect(byPage(archive)).toEqual(byCommand(archive));
  expect(linesOf(FIRST).length).toBeGreaterThan(90);
});

describe('in the transcript of a real 3-of-5 ceremony, every', () => {
  const name = transcriptOf(FIRST), lines = linesOf(FIRST), others = [...linesOf(CHECK), ...linesOf(LAST)];
  test('length, truncated after a line', () => { for (let seq = 1; seq < lines.length; seq++) namesEntry(relined(FIRST, lines.slice(0, seq)), FIRST, seq - 1, true); });
  test('line, deleted', () => { for (const seq of lines.keys()) namesEntry(relined(FIRST, lines.toSpliced(seq, 1)), FIRST, seq, true); });
  test('line, inserted twice, and one of another ceremony before or instead of it', { timeout: 60_000 }, () => {
    for (const [seq, line] of lines.entries()) {
      namesEntry(relined(FIRST, lines.toSpliced(seq, 0, line)), FIRST, seq, true);
      namesEntry(relined(FIRST, lines.toSpliced(seq, 0, others[(seq * 7) % others.length]!)), FIRST, seq, seq % 4 === 0);
      namesEntry(relined(FIRST, lines.with(seq, linesOf(LAST)[seq]!)), FIRST, seq, seq % 4 === 1);
    }
  });
  test('pair, reordered: neighbours, and lines that are far apart', { timeout: 60_000 }, () => {
    for (let seq = 0; seq + 1 < lines.length; seq++) {
      const far = seq + 1 + ((seq * 13) % (lines.length - seq - 1));
      for (const other of [seq + 1, far]) namesEntry(relined(FIRST, lines.with(seq, lines[other]!).with(other, lines[seq]!)), FIRST, seq, other === seq + 1);
    }
  });
  test('suffix, chained anew by somebody without keys: at a later signature over the head before it, or at the end by the signed record', { timeout: 60_000 }, () => {
    const signatures = lines.flatMap((line, seq) => (/"type":"signoff"|"intent":\{"kind":"sign-pop"/.test(fromUtf8(line)!) ? [seq] : []));
    for (let seq = 1; seq + 1 < lines.length; seq++) {
      const salt = /"salt":"([0-9a-f]{32})"/.exec(fromUtf8(lines[seq]!)!)![1]!;
      const rewritten = applyEdits(archive, [{ op: 'replace', file: name, line: seq, from: salt, to: salt.replaceAll(/./g, (digit) => (15 - Number.parseInt(digit, 16)).toString(16)) }, { op: 'rechain', file: name, line: seq }]);
      const next = signatures.find((one) => one > seq), last = lines.length - 1;
      expect(faultsOf(rewritten, seq % 9 === 0)[0], `entry ${seq}`).toMatchObject({ file: name, seq: last });
      rewritten.delete(`${FIRST}/record.dsse.json`);
      const faults = faultsOf(rewritten);
      if (next !== undefined) expect(faults[0], `entry ${seq}`).toMatchObject({ code: 'TRANSCRIPT_REPLAY', file: name, seq: next });
      // The ceremony after it names another head, in any case.
      expect(faults).toContainEqual(expect.objectContaining({ code: 'FOLDER_PREVIOUS', file: transcriptOf(CHECK), seq: 0 }));
    }
  });
});

describe('other spellings of the same thing are told', () => {
  test('a key twice, in every line, also with the chain written anew', { timeout: 60_000 }, () => {
    const name = transcriptOf(FIRST);
    for (const seq of linesOf(FIRST).keys()) {
      const edit = { op: 'replace', file: name, line: seq, from: '"type":', to: '"type":"closing","type":' } as const;
      namesEntry(applyEdits(archive, [edit]), FIRST, seq);
      expect(faultsOf(applyEdits(archive, [edit, { op: 'rechain', file: name, line: seq }]), seq % 5 === 0)[0], `entry ${seq}`).toMatchObject({ code: 'TRANSCRIPT_LINE', file: name, seq });
    }
  });
  test('base64 with other last bits, without its padding, in the other alphabet', () => {
    const name = `${FIRST}/record.dsse.json`, text = fromUtf8(archive.get(name)!)!;
    const spellings = [text.replace(/([A-Za-z0-9+/])==/, (_, letter: string) => `${String.fromCodePoint(letter.codePointAt(0)! + 1)}==`), text.replace('==', ''), text.replace('+', '-'), text.replace('/', '_')].filter((one) => one !== text);
    expect(spellings.length).toBeGreaterThan(2);
    for (const spelling of spellings) expect(faultsOf(changed({ [name]: utf8(spelling) }), true)[0]).toMatchObject({ file: name });
  });
  test('files that nobody knows, wherever they lie', () => {
    for (const name of ['x', 'plan.json.bak', '.hidden', 'people/x.txt', 'people/../x', 'PLAN.JSON', 'torn-1.bin', 'transcript.jsonl ']) expect(faultsOf(changed({ [`${CHECK}/${name}`]: utf8('x') }), true)[0], name).toMatchObject({ code: 'FOLDER_FILE_UNKNOWN' });
  });
});

describe('ten thousand random edits from a seed', () => {
  const EDITS = 10_000;
  /** Numbers from a seed: the same edits each time. */
  const numbers = (seed: string): ((below: number) => number) => {
    let block = createHash('sha256').update(seed).digest(), at = 0;
    return (below) => {
      if (at + 4 > block.length) { block = createHash('sha256').update(block).digest(); at = 0; }
      at += 4;
      return block.readUInt32BE(at - 4) % below;
    };
  };
  const names = [...archive.keys()];
  const editBytes = (bytes: Uint8Array, random: (below: number) => number): Uint8Array => {
    const at = random(bytes.length), copy = Uint8Array.from(bytes);
    switch (random(6)) {
      case 0: copy[at]! ^= 1 << random(8); return copy;
      case 1: return concatBytes(bytes.subarray(0, at), bytes.subarray(at + 1 + random(8)));
      case 2: return concatBytes(bytes.subarray(0, at), utf8(toBase64(Uint8Array.of(random(256), random(256)))), bytes.subarray(at));
      case 3: return bytes.subarray(0, at);
      case 4: { const { lines, rest } = splitLines(bytes), a = random(lines.length + 1), b = random(lines.length + 1); return concatBytes(...lines.toSpliced(a, 1).toSpliced(b, 0, ...lines.slice(a, a + 1)), rest); }
      default: copy.set(bytes.subarray(0, Math.min(8, bytes.length - at)), at); return copy;
    }
  };
  const same = (a: Files, b: Files): boolean => a.size === b.size && [...a].every(([name, bytes]) => { const other = b.get(name); return other !== undefined && Buffer.compare(bytes, other) === 0; });
  /** Texts of people may be withheld: an archive in which only whole lines of openings are gone is sound, and says so. */
  const isWithheld = (files: Files): boolean => same(new Map([...files].filter(([name]) => !name.endsWith('openings.jsonl'))), new Map([...archive].filter(([name]) => !name.endsWith('openings.jsonl'))));
  /** The first entry that is not what it was; null where the transcript is gone or ends before it says anything else. */
  const firstChanged = (folder: string, files: Files): number | null => {
    const now = linesOf(folder, files), at = linesOf(folder).findIndex((line, seq) => now[seq] === undefined || Buffer.compare(line, now[seq]) !== 0);
    return at < 0 ? now.length : at === 0 && now.length === 0 ? null : at;
  };
  /** A whole transcript of another ceremony is sound in itself, but for the plan and the record beside it. */
  const isReplayed = (folder: string, files: Files): boolean => [FIRST, CHECK, LAST].some((other) => other !== folder && Buffer.compare(linesOf(other)[0]!, linesOf(folder, files)[0] ?? new Uint8Array()) === 0);
  const describeAll = (faults: readonly Finding[]): string => faults.map(({ code, file, seq }) => `${code} ${file} ${seq}`).join('; ');

  test('each is told, in a file that was changed; and of a transcript, at the first entry that was changed', { timeout: 600_000 }, () => {
    const random = numbers('quorate tampering 1');
    let told = 0;
    for (let round = 0; round < EDITS; round++) {
      const files = new Map(archive), touched = new Set<string>();
      for (let count = 1 + random(3); count > 0; count--) {
        // Half of all edits go into transcripts.
        const name = random(2) === 0 ? transcriptOf([FIRST, CHECK, LAST][random(3)]!) : names[random(names.length)]!, bytes = files.get(name);
        if (bytes === undefined || bytes.length === 0) continue;
        touched.add(name);
        const kind = random(20);
        if (kind === 0) files.delete(name);
        else if (kind === 1) { const other = names[random(names.length)]!; files.set(name, files.get(other) ?? bytes); } else files.set(name, editBytes(bytes, random));
      }
      if (same(files, archive)) continue;
      const faults = faultsOf(files, round % 25 === 0), about = (): string => `round ${round}: ${[...touched].join(', ')}; told: ${describeAll(faults)}`;
      if (faults.length === 0) { expect(isWithheld(files), about()).toBe(true); continue; }
      told++;
      expect(faults.some(({ file }) => file !== null && touched.has(file)), about()).toBe(true);
      for (const folder of [FIRST, CHECK, LAST]) {
        const name = transcriptOf(folder), bytes = files.get(name), first = bytes === undefined || Buffer.compare(bytes, archive.get(name)!) === 0 || isReplayed(folder, files) ? null : firstChanged(folder, files), seq = faults.find(({ file }) => file === name)?.seq ?? null;
        if (first !== null && seq !== null && Math.abs(seq - first) > 1) expect.unreachable(`entry ${first}, ${about()}`);
      }
    }
    expect(told).toBeGreaterThan(EDITS * 0.9);
  });
});
