/** A transcript that goes by in one pass gives what reading it line by line gives; and nothing that has a fault goes by. */
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Sha256Hex } from '../../../shared/brand.ts';
import { concatBytes, fromUtf8, utf8 } from '../../../shared/bytes.ts';
import { frozenPlan } from '../../../shared/ceremony/parse-plan.ts';
import { readChain, splitLines, walkChain } from '../../../shared/transcript/chain.ts';
import { sha256Of } from '../../../shared/transcript/digest.ts';
import { readOpenings } from '../../../shared/verify/check-openings.ts';
import { replay, startReplay } from '../../../shared/verify/replay.ts';
import { CORPUS, headsOf } from '../../support/archive-corpus.ts';
import { readFiles } from '../../support/archive-edits.ts';
import { buildFolder, buildOn } from '../../support/ceremony-folder.ts';

type Files = ReadonlyMap<string, Uint8Array>;
const first = buildFolder();
const folders: readonly (readonly [string, Files])[] = [
  ...Object.entries(headsOf()).flatMap(([archive, heads]) => Object.keys(heads).map((folder) => [`${archive}/${folder}`, readFiles(path.join(CORPUS, archive, folder))] as const)),
  ['a key generation', first.files], ['a recovery', buildOn('recovery', [first]).files], ['a share destruction', buildOn('share-destruction', [first]).files],
];
const transcriptOf = (files: Files): Uint8Array => files.get('transcript.jsonl')!;

describe.each(folders)('%s', (_, files) => {
  const bytes = transcriptOf(files), plan = frozenPlan(fromUtf8(files.get('plan.json')!)!), { seqs } = readOpenings({ name: 'x', files, findings: [] });
  test('goes by with the state, the entries and the texts that it has line by line', () => {
    const replaying = startReplay(plan, seqs), walked = walkChain(bytes, replaying.see), { lines, ...read } = readChain(bytes);
    expect(walked).toEqual(read);
    const quick = replaying.done(), slow = replay(plan, lines, seqs);
    expect(quick.state).toEqual(slow.state);
    expect(quick.entries).toEqual(slow.entries);
    expect([quick.refused, quick.commitments.count]).toEqual([null, slow.commitments.count]);
    for (const seq of seqs) expect(quick.commitments.entryOf(seq)).toEqual(lines[seq]!.entry);
    expect(quick.commitments.entryOf(0)).toBeUndefined();
  });
  test('stops where an entry is refused, as it does line by line', () => {
    const { lines } = splitLines(bytes), at = lines.length >> 1;
    // Left out, numbered and chained anew: sound as a chain, and no ceremony.
    let before: Sha256Hex | null = null;
    const shorter = concatBytes(...lines.toSpliced(at, 1).map((line, seq) => {
      const text: string = fromUtf8(line)!.replace(/^\{"seq":\d+/, `{"seq":${seq}`), again: Uint8Array = utf8(before === null ? text : text.replace(/"prev":"[0-9a-f]{64}"\}\n$/, `"prev":"${before}"}\n`));
      before = sha256Of(again);
      return again;
    }));
    expect(readChain(shorter).faults).toEqual([]);
    const replaying = startReplay(plan, seqs), walked = walkChain(shorter, replaying.see), slow = replay(plan, readChain(shorter).lines, seqs);
    expect(slow.refused).not.toBeNull();
    expect(walked).toBeNull();
    expect(replaying.done().refused).toEqual(slow.refused);
  });
});

test('a changed transcript goes by only where reading it finds no fault', { timeout: 60_000 }, () => {
  const bytes = transcriptOf(folders[0]![1]), { lines } = splitLines(bytes), { length } = lines;
  const cut = fc.tuple(fc.nat(bytes.length - 1), fc.integer({ min: 0, max: 12 }), fc.uint8Array({ maxLength: 12 })).map(([at, gone, put]) => concatBytes(bytes.subarray(0, at), put, bytes.subarray(at + gone)));
  const moved = fc.tuple(fc.nat(length - 1), fc.nat(length), fc.boolean()).map(([from, to, isKept]) => concatBytes(...(isKept ? lines : lines.toSpliced(from, 1)).toSpliced(to, 0, lines[from]!)));
  const short = fc.nat(length).map((count) => concatBytes(...lines.slice(0, count)));
  fc.assert(fc.property(fc.oneof(cut, moved, short), (changed) => {
    const walked = walkChain(changed, () => true), { lines: _, ...read } = readChain(changed);
    if (walked === null) { expect(read.faults.length > 0 || read.count === 0).toBe(true); return; }
    expect(walked).toEqual(read);
  }), { numRuns: 1000 });
});
test('a salt that occurs before does not go by, and a clock that goes back does and is told', () => {
  const { lines } = splitLines(transcriptOf(folders[0]![1]));
  const chained = (change: (text: string, seq: number) => string): Uint8Array => {
    let before: Sha256Hex | null = null;
    return concatBytes(...lines.map((line, seq) => {
      const text = change(fromUtf8(line)!, seq), again: Uint8Array = utf8(before === null ? text : text.replace(/"prev":"[0-9a-f]{64}"\}\n$/, `"prev":"${before}"}\n`));
      before = sha256Of(again);
      return again;
    }));
  };
  const saltOf = (text: string): string => /"salt":"([0-9a-f]{32})"/.exec(text)![1]!;
  const repeated = chained((text, seq) => (seq === 9 ? text.replace(saltOf(text), saltOf(fromUtf8(lines[4]!)!)) : text));
  expect(readChain(repeated).faults).toEqual([{ kind: 'salt', seq: 9, earlier: 4 }]);
  expect(walkChain(repeated, () => true)).toBeNull();
  const back = chained((text, seq) => (seq === 9 ? text.replace(/"at":"\d{4}/, '"at":"2001') : text));
  expect(walkChain(back, () => true)).toMatchObject({ backwards: [9], faults: [] });
});
