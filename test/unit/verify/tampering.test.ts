/**
 * With the head on paper no change of an archive passes: each is told, by the file and the entry. In process; of every byte of a transcript a
 * sample is changed here, and all of them with QUORATE_EVERY_BYTE=1.
 */
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { nodePorts } from '../../../electron/verify/node-ports.ts';
import { concatBytes, toBase64, utf8, fromUtf8 } from '../../../shared/bytes.ts';
import type { Sha256Hex } from '../../../shared/brand.ts';
import { splitLines } from '../../../shared/transcript/chain.ts';
import type { Finding, VerifyReport } from '../../../shared/transcript/report.ts';
import type { VerifyPorts } from '../../../shared/verify/ports.ts';
import { treeOf } from '../../../shared/verify/tree.ts';
import { judgeArchive, judgeFolder, takeArchive } from '../../../shared/verify/verify-archive.ts';
import type { FolderVerdict } from '../../../shared/verify/verify-folder.ts';
import { buildFolder, buildOn, signedRecord } from '../../support/ceremony-folder.ts';
import type { BuiltFolder } from '../../support/ceremony-folder.ts';

type Files = ReadonlyMap<string, Uint8Array>;
/** Signature checks are asked many thousand times for the same bytes. */
const remembering = (): VerifyPorts => {
  const known = new Map<string, boolean>();
  const remember = (kind: string, spki: Uint8Array, message: Uint8Array, signature: Uint8Array, check: () => boolean): boolean => {
    const place = createHash('sha256').update(kind).update(spki).update(String(message.length)).update(message).update(signature).digest('hex'), before = known.get(place), answer = before ?? check();
    known.set(place, answer);
    return answer;
  };
  return {
    ...nodePorts,
    checkSignature: (kind, ...given) => remember(kind, ...given, () => nodePorts.checkSignature(kind, ...given)),
    checkKeySignature: (kind, ...given) => remember(kind, ...given, () => nodePorts.checkKeySignature(kind, ...given)),
    secondReading: (der, spki) => remember('certificate', spki, der, der, () => nodePorts.secondReading!(der, spki)),
  };
};
const ports = remembering();

const first = buildFolder(), check = buildOn('share-check', [first]), last = buildOn('re-share', [first, check]);
const folders: readonly BuiltFolder[] = [first, check, last];
const archive: Files = new Map(folders.flatMap(({ name, files }) => [...files].map(([file, bytes]) => [`${name}/${file}`, bytes] as const)));
const transcriptOf = ({ name }: Pick<BuiltFolder, 'name'>): string => `${name}/transcript.jsonl`;

const kept = new Map<string, FolderVerdict | null>();
/** Judges the archive; folders in which every file is the one that it was are not judged again. */
const verify = (files: Files, anchor: Sha256Hex | null): VerifyReport => {
  const taken = takeArchive(treeOf([...files].map(([path, bytes]) => ({ path, bytes }))));
  const judged = taken.folders.map((folder) => {
    const before = folders.find(({ name }) => name === folder.name)?.files;
    const isSame = before !== undefined && folder.findings.length === 0 && before.size === folder.files.size && [...before].every(([name, bytes]) => folder.files.get(name) === bytes);
    if (!isSame) return judgeFolder(folder, ports);
    if (!kept.has(folder.name)) kept.set(folder.name, judgeFolder(folder, ports));
    return kept.get(folder.name)!;
  });
  return judgeArchive(taken, judged, anchor);
};
const faultsOf = (files: Files, anchor: Sha256Hex | null = last.head): readonly Finding[] => verify(files, anchor).findings.filter(({ level }) => level === 'fault');
const changed = (changes: Readonly<Record<string, Uint8Array | null>>): Files => {
  const files = new Map(archive);
  for (const [name, bytes] of Object.entries(changes)) if (bytes === null) files.delete(name); else files.set(name, bytes);
  return files;
};
const linesOf = (folder: BuiltFolder): Uint8Array[] => [...folder.teller.lines];
const relined = (folder: BuiltFolder, lines: readonly Uint8Array[]): Files => changed({ [transcriptOf(folder)]: concatBytes(...lines) });
/** The first fault is in this transcript, at this entry or the next: a line that is gone or added shows at its neighbour. */
const namesEntry = (files: Files, folder: BuiltFolder, seq: number): void => {
  const [fault] = faultsOf(files);
  expect(fault, `entry ${seq}`).toMatchObject({ file: transcriptOf(folder) });
  expect(Math.abs((fault!.seq ?? Number.POSITIVE_INFINITY) - seq), `entry ${seq}, told ${fault!.seq}`).toBeLessThanOrEqual(1);
};

test('the archive is sound before any change', () => { expect(verify(archive, last.head)).toMatchObject({ exitStatus: 0, anchored: true }); });

describe('in a transcript, every', () => {
  const whole = archive.get(transcriptOf(check))!, starts = check.teller.lines.reduce<number[]>((all, line) => [...all, all.at(-1)! + line.length], [0]);
  const stride = process.env['QUORATE_EVERY_BYTE'] === '1' ? 1 : 13;
  test(stride === 1 ? 'byte, changed' : 'thirteenth byte, changed', { timeout: 600_000 }, () => {
    for (let at = 0, seq = 0; at < whole.length; at += stride) {
      while (at >= starts[seq + 1]!) seq++;
      const bytes = Uint8Array.from(whole);
      bytes[at]! ^= 1 + (at * 37) % 255;
      const [fault] = faultsOf(changed({ [transcriptOf(check)]: bytes }));
      expect(fault, `byte ${at}`).toMatchObject({ file: transcriptOf(check), seq });
    }
  });
  test('line, deleted', () => { for (const [seq] of linesOf(first).entries()) namesEntry(relined(first, linesOf(first).toSpliced(seq, 1)), first, seq); });
  test('line, inserted twice or from another ceremony', () => {
    for (const [seq, line] of linesOf(first).entries()) {
      namesEntry(relined(first, linesOf(first).toSpliced(seq, 0, line)), first, seq);
      namesEntry(relined(first, linesOf(first).toSpliced(seq, 0, last.teller.lines[seq % last.teller.lines.length]!)), first, seq);
    }
  });
  test('pair of neighbours, reordered', () => {
    for (let seq = 0; seq + 1 < first.teller.lines.length; seq++) namesEntry(relined(first, linesOf(first).with(seq, first.teller.lines[seq + 1]!).with(seq + 1, first.teller.lines[seq]!)), first, seq);
  });
  test('length, truncated: after a line, and within one', () => {
    for (const [seq, line] of linesOf(first).entries()) {
      if (seq === 0) continue;
      namesEntry(relined(first, linesOf(first).slice(0, seq)), first, seq - 1);
      namesEntry(relined(first, [...linesOf(first).slice(0, seq), line.subarray(0, line.length >> 1)]), first, seq);
    }
  });
  test('line, replayed from the ceremony after it', () => {
    for (const [seq] of linesOf(check).entries()) namesEntry(relined(check, linesOf(check).with(seq, last.teller.lines[seq]!)), check, seq);
  });
});

describe('a forger with the keys of some', () => {
  /** Another course of the same ceremony, with good signatures of everyone. */
  const forged = buildFolder({ exception: false, number: 1 });
  const asArchive = (...built: readonly BuiltFolder[]): Files => new Map(built.flatMap(({ name, files }) => [...files].map(([file, bytes]) => [`${name}/${file}`, bytes] as const)));

  test('cannot rewrite a whole suffix of the newest ceremony, signed anew', () => {
    const other = buildOn('re-share', [first, check], { abortAfter: '2.1' });
    const report = verify(asArchive(first, check, other), last.head);
    expect(report.exitStatus).toBe(1);
    expect(report.findings.filter(({ level }) => level === 'fault')).toMatchObject([{ code: 'FOLDER_ANCHOR_MISMATCH' }]);
  });
  test('cannot exchange an earlier ceremony under the newest head', () => {
    expect(faultsOf(asArchive(forged, check, last)).map(({ code, file, seq }) => [code, file, seq])).toContainEqual(['FOLDER_PREVIOUS', transcriptOf(check), 0]);
  });
  test('makes a whole archive that is consistent without an anchor, and never more', () => {
    const second = buildOn('share-check', [forged]);
    const report = verify(asArchive(forged, second), null);
    expect(report).toMatchObject({ exitStatus: 3, holds: true, anchored: false, headline: 'Consistent, but not anchored.' });
    expect(verify(asArchive(forged, second), last.head).exitStatus).toBe(1);
  });
  test('cannot swap signers: of a sign-off, of the record, and a key on the roster', () => {
    const text = fromUtf8(archive.get(transcriptOf(first))!)!;
    const seq = first.teller.told.findIndex(({ entry }) => entry.type === 'signoff');
    const swapped = splitLines(utf8(text)).lines.with(seq, utf8(fromUtf8(first.teller.lines[seq]!)!.replaceAll('"person":"ada"', '"person":"bruno"')));
    namesEntry(relined(first, swapped), first, seq);
    const other = signedRecord(forged.teller, ['maria', 'walter']);
    expect(faultsOf(changed({ [`${first.name}/record.dsse.json`]: other })).length).toBeGreaterThan(0);
    expect(faultsOf(changed({ [`${first.name}/people/ada.pem`]: archive.get(`${first.name}/people/bruno.pem`)! }))[0]).toMatchObject({ file: `${first.name}/people/ada.pem` });
  });
  test('cannot exchange the signatures of two people on the record', () => {
    const record = fromUtf8(archive.get(`${last.name}/record.dsse.json`)!)!, sigs = [...record.matchAll(/"sig":"([^"]*)"/g)].map((match) => match[1]!);
    const bytes = utf8(record.replace(sigs[0]!, 'FIRST').replace(sigs[1]!, sigs[0]!).replace('FIRST', sigs[1]!));
    expect(faultsOf(changed({ [`${last.name}/record.dsse.json`]: bytes })).map(({ code, file }) => [code, file])).toEqual([['SIGNATURE_INVALID', `${last.name}/record.dsse.json`], ['SIGNATURE_INVALID', `${last.name}/record.dsse.json`]]);
  });
});

describe('other spellings of the same thing are told', () => {
  test('a key twice, in every line', () => {
    for (const [seq, line] of linesOf(check).entries()) namesEntry(relined(check, linesOf(check).with(seq, utf8(fromUtf8(line)!.replace('"type":', '"type":"closing","type":')))), check, seq);
  });
  test('base64 with other last bits, without its padding, in the other alphabet', () => {
    const name = `${first.name}/record.dsse.json`, text = fromUtf8(archive.get(name)!)!;
    const spellings = [text.replace(/([A-Za-z0-9+/])==/, (_, letter: string) => `${String.fromCodePoint(letter.codePointAt(0)! + 1)}==`), text.replace('==', ''), text.replace('+', '-'), text.replace('/', '_')].filter((one) => one !== text);
    expect(spellings.length).toBeGreaterThan(2);
    for (const spelling of spellings) expect(faultsOf(changed({ [name]: utf8(spelling) }))[0]).toMatchObject({ file: name });
  });
  test('files that nobody knows, wherever they lie', () => {
    for (const name of ['x', 'plan.json.bak', '.hidden', 'people/x.txt', 'people/../x', 'PLAN.JSON', 'torn-1.bin', 'transcript.jsonl ']) expect(faultsOf(changed({ [`${check.name}/${name}`]: utf8('x') }))[0], name).toMatchObject({ code: 'FOLDER_FILE_UNKNOWN' });
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

  test('each is told, in a file that was changed or at an entry of it', { timeout: 600_000 }, () => {
    const random = numbers('quorate tampering 1');
    let told = 0;
    for (let round = 0; round < EDITS; round++) {
      const files = new Map(archive), touched = new Set<string>();
      for (let count = 1 + random(3); count > 0; count--) {
        // Half of all edits go into transcripts.
        const name = random(2) === 0 ? transcriptOf(folders[random(folders.length)]!) : names[random(names.length)]!, bytes = files.get(name);
        if (bytes === undefined || bytes.length === 0) continue;
        touched.add(name);
        const kind = random(20);
        if (kind === 0) files.delete(name);
        else if (kind === 1) { const other = names[random(names.length)]!; files.set(name, files.get(other) ?? bytes); } else files.set(name, editBytes(bytes, random));
      }
      if (same(files, archive)) continue;
      const faults = faultsOf(files);
      if (faults.length === 0) { expect(isWithheld(files), `round ${round}: ${[...touched].join(', ')}`).toBe(true); continue; }
      told++;
      expect(faults.some(({ file }) => file !== null && touched.has(file)), `round ${round}: ${[...touched].join(', ')}; told: ${faults.map(({ code, file, seq }) => `${code} ${file} ${seq}`).join('; ')}`).toBe(true);
    }
    expect(told).toBeGreaterThan(EDITS * 0.9);
  });
});
