/** Forgers who hold keys: what the head on paper, the links between ceremonies and the keys they lack still tell. By command line and page alike. */
import { describe, expect, test } from 'vitest';
import { nodePorts } from '../../../electron/verify/node-ports.ts';
import { fromUtf8, utf8 } from '../../../shared/bytes.ts';
import { checkpointOf } from '../../../shared/ceremony/checkpoint-of.ts';
import { administratorOf } from '../../../shared/ceremony/people.ts';
import type { Step } from '../../../shared/ceremony/script-types.ts';
import { CHECKPOINT_TYPE } from '../../../shared/transcript/checkpoint.ts';
import { encodeEnvelope, pae } from '../../../shared/transcript/dsse.ts';
import type { VerifyReport } from '../../../shared/transcript/report.ts';
import { purePorts } from '../../../shared/verify/pure-ports.ts';
import { treeOf } from '../../../shared/verify/tree.ts';
import { verifyFound } from '../../../shared/verify/verify-archive.ts';
import { buildFolder, buildOn, signedRecord } from '../../support/ceremony-folder.ts';
import type { BuiltFolder } from '../../support/ceremony-folder.ts';
import { remembering } from '../../support/remembering-ports.ts';
import { sampleKeyId, signAs } from '../../support/sample-people.ts';
import type { Teller } from '../../support/story.ts';

type Files = ReadonlyMap<string, Uint8Array>;
const command = remembering(nodePorts), page = remembering(purePorts);
const first = buildFolder(), check = buildOn('share-check', [first]), last = buildOn('re-share', [first, check]);
/** Another course of the same ceremony, with good signatures of everyone. */
const forged = buildFolder({ exception: false });
const transcriptOf = ({ name }: BuiltFolder): string => `${name}/transcript.jsonl`;
const archiveOf = (...built: readonly BuiltFolder[]): Files => new Map(built.flatMap(({ name, files }) => [...files].map(([file, bytes]) => [`${name}/${file}`, bytes] as const)));

const verify = (files: Files, anchor: string | null, name = 'archive'): VerifyReport => {
  const [report, other] = [command, page].map((ports) => verifyFound({ name, path: name }, treeOf([...files].map(([path, bytes]) => ({ path, bytes }))), anchor, ports)) as [VerifyReport, VerifyReport];
  expect(other).toEqual(report);
  return report;
};
const told = (files: Files, anchor: string | null = last.head, name?: string): readonly (readonly [string, string | null, number | null])[] =>
  verify(files, anchor, name).findings.filter(({ level }) => level === 'fault').map(({ code, file, seq }) => [code, file, seq]);
const withFile = (name: string, bytes: Uint8Array): Files => new Map([...archiveOf(first, check, last), [name, bytes]]);

test('the archive is sound before any forgery', () => { expect(verify(archiveOf(first, check, last), last.head)).toMatchObject({ exitStatus: 0, anchored: true }); });

describe('a forger with the keys of everyone', () => {
  test('cannot rewrite a whole suffix of the newest ceremony, signed anew: the head on paper is another', () => {
    const other = buildOn('re-share', [first, check], { abortAfter: '2.1' });
    expect(told(archiveOf(first, check, other))).toEqual([['FOLDER_ANCHOR_MISMATCH', 'transcript.jsonl', null]]);
    expect(told(other.files, last.head, other.name)).toEqual([['FOLDER_ANCHOR_MISMATCH', 'transcript.jsonl', other.teller.lines.length - 1]]);
  });
  test('cannot rewrite a suffix of an earlier one: the ceremony after it names the head that was', () => {
    const other = buildOn('share-check', [first], { abortAfter: '2.1' });
    expect(told(archiveOf(first, other, last)).filter(([code]) => code !== 'FOLDER_SOURCE')).toEqual([['FOLDER_PREVIOUS', transcriptOf(last), 0]]);
  });
  test('cannot exchange the first ceremony under the newest head', () => {
    expect(told(archiveOf(forged, check, last))).toContainEqual(['FOLDER_PREVIOUS', transcriptOf(check), 0]);
  });
  test('cannot leave out the newest ceremony, nor put another after it', () => {
    expect(told(archiveOf(first, check))).toEqual([['FOLDER_ANCHOR_MISMATCH', 'transcript.jsonl', null]]);
    const report = verify(archiveOf(first, check, last, buildOn('share-check', [first, check, last])), last.head);
    // The anchor covers what was there when it was written, and not what came after: never called anchored.
    expect(report).toMatchObject({ exitStatus: 3, anchored: false, headline: 'Consistent, but not anchored.' });
  });
  test('makes a whole archive that is consistent without an anchor, and never more', () => {
    const whole = archiveOf(forged, buildOn('share-check', [forged]));
    expect(verify(whole, null)).toMatchObject({ exitStatus: 3, holds: true, anchored: false, headline: 'Consistent, but not anchored.' });
    expect(told(whole)).toEqual([['FOLDER_ANCHOR_MISMATCH', 'transcript.jsonl', null]]);
  });
});

describe('a forger with the keys of two custodians where three sign', () => {
  /** Ada and Bruno sign; what Chen would have to sign is signed by Ada under Chen's name and key id. */
  const signed: number[] = [];
  const play = (teller: Teller, step: Step): boolean => {
    if (step.kind !== 'sign') return false;
    for (const person of step.actors.slice(0, step.threshold)) {
      const payload = checkpointOf(teller.state, person)!, by = person === 'chen' ? 'ada' : person;
      if (by !== person) signed.push(teller.state.count);
      teller.tell({ type: 'signoff', actor: person, body: { step: step.id, person, method: 'file', envelope: encodeEnvelope({ payloadType: CHECKPOINT_TYPE, payload, signatures: [{ keyid: sampleKeyId(person), sig: signAs(by, pae(CHECKPOINT_TYPE, payload)) }] }) } });
    }
    teller.complete(administratorOf(teller.state.plan));
    return true;
  };
  const folder = buildFolder({ play });
  test('is told at each sign-off of the third, with and without an anchor', () => {
    expect(signed.length).toBe(2);
    for (const anchor of [folder.head, null]) expect(told(archiveOf(folder), anchor)).toEqual(signed.map((seq) => ['SIGNATURE_INVALID', transcriptOf(folder), seq]));
  });
});

describe('signers cannot be exchanged', () => {
  const record = fromUtf8(last.files.get('record.dsse.json')!)!, recordFile = `${last.name}/record.dsse.json`;
  test('on the record: its signatures, and who signed', () => {
    const sigs = [...record.matchAll(/"sig":"([^"]*)"/g)].map((match) => match[1]!);
    const swapped = utf8(record.replace(sigs[0]!, 'FIRST').replace(sigs[1]!, sigs[0]!).replace('FIRST', sigs[1]!));
    expect(told(withFile(recordFile, swapped))).toEqual([['SIGNATURE_INVALID', recordFile, null], ['SIGNATURE_INVALID', recordFile, null]]);
    // Two people do sign it: for another closing entry than the one that is there.
    const other = signedRecord(forged.teller, ['maria', 'walter']), end = first.teller.lines.length - 1;
    expect(told(withFile(`${first.name}/record.dsse.json`, other))[0]).toEqual(['TRANSCRIPT_PREV_MISMATCH', transcriptOf(first), end]);
  });
  test('on the roster: the key of one person in the file of another', () => {
    const file = `${first.name}/people/ada.pem`;
    expect(told(withFile(file, first.files.get('people/bruno.pem')!))[0]).toEqual(['FOLDER_FILE_INVALID', file, null]);
  });
});
