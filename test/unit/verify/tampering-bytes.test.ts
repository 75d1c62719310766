/**
 * Every byte of a transcript of a real 3-of-5 archive: changed, deleted, with another before it, and the end cut off there. Each is told at the
 * entry that the byte is in. Of the longer transcripts a part of the bytes; all of them with QUORATE_EVERY_BYTE=1.
 */
import { describe, expect, test } from 'vitest';
import { concatBytes } from '../../../shared/bytes.ts';
import { archive, changed, CHECK, faultsAlone, faultsOf, FIRST, LAST, linesOf, transcriptOf } from '../../support/tampered-archive.ts';

/** At every so many bytes the whole archive is judged, and by the page too; at the others the ceremony alone. */
const WHOLE = 31;
const isFull = process.env['QUORATE_EVERY_BYTE'] === '1';

describe.each([[FIRST, isFull ? 1 : 13, isFull ? 1 : 41], [CHECK, 1, isFull ? 1 : 11], [LAST, isFull ? 1 : 13, isFull ? 1 : 41]])('in the transcript of %s, every', (folder, changeStride, cutStride) => {
  const name = transcriptOf(folder), whole = archive.get(name)!, starts = linesOf(folder).reduce<number[]>((all, line) => [...all, all.at(-1)! + line.length], [0]);
  /** Each byte in turn, with the entry it is in. */
  const eachByte = (stride: number, change: (at: number, seq: number) => void): void => {
    for (let at = 0, seq = 0; at < whole.length; at += stride) {
      while (at >= starts[seq + 1]!) seq++;
      change(at, seq);
    }
  };
  const tells = (at: number, bytes: Uint8Array, seq: number): void => {
    const [fault] = faultsAlone(folder, bytes), [inArchive] = at % WHOLE === 0 ? faultsOf(changed({ [name]: bytes }), true) : [{ ...fault, file: name }];
    if (fault?.file !== 'transcript.jsonl' || fault.seq !== seq || inArchive?.file !== name || inArchive.seq !== seq) expect.unreachable(`byte ${at} of entry ${seq}: ${fault?.code} ${fault?.file} ${fault?.seq}`);
  };
  const nth = (stride: number): string => (stride === 1 ? '' : `${stride}th `);
  test(`${nth(changeStride)}byte, changed`, { timeout: 600_000 }, () => {
    eachByte(changeStride, (at, seq) => {
      const bytes = Uint8Array.from(whole);
      bytes[at]! ^= 1 + (at * 37) % 255;
      tells(at, bytes, seq);
    });
  });
  test(`${nth(cutStride)}byte, deleted, with another before it, and the end cut off there`, { timeout: 600_000 }, () => {
    eachByte(cutStride, (at, seq) => {
      tells(at, concatBytes(whole.subarray(0, at), whole.subarray(at + 1)), seq);
      tells(at, concatBytes(whole.subarray(0, at), Uint8Array.of(0x20 + (at % 95)), whole.subarray(at)), seq);
      if (at > starts[seq]!) tells(at, whole.subarray(0, at), seq);
    });
  });
});
