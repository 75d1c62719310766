/** The cases of test/vectors/custody, built from fixed sets. A test proves that the committed files are exactly these. */
import { toHex } from '../../shared/bytes.ts';
import type { Details, ErrorCode } from '../../shared/errors.ts';
import { BASE32 } from '../../shared/custody/base32.ts';
import { crc32 } from '../../shared/custody/crc32.ts';
import { encodeShare, type Share } from '../../shared/custody/envelope.ts';
import { coreSymbols } from '../../shared/custody/lines.ts';
import { qrText } from '../../shared/custody/qr-text.ts';
import { fixedSet, stream, type FixedSet } from './custody-sets.ts';

export const superseded = fixedSet({ seed: 11 });
export const current = fixedSet({ seed: 12, epoch: 2, previous: { setId: superseded.parsed.setId, epoch: 1 } });
export const drill = fixedSet({ seed: 13, drill: true });
/** Someone else's set: the same people, names and numbers, a key of their own. */
export const forgedSet = fixedSet({ seed: 14, epoch: 2 });

const repaired = (bytes: Uint8Array): Uint8Array => { const out = bytes.slice(); out.set(crc32(out.subarray(0, -4)), out.length - 4); return out; };
const at = (bytes: Uint8Array, offset: number, value: number): Uint8Array => { const out = bytes.slice(); out[offset] = value; return out; };
/** A share that the right set key signs although the manifest has no such share: what an issuer could do with a kept key. */
const reissued = (set: FixedSet, index: number, changes: Partial<Share>): Uint8Array => encodeShare({ ...set.fields[index]!, ...changes }, set.sign);
const linesOf = (x: number, y: Uint8Array, setId: Uint8Array): string[] =>
  coreSymbols({ x, y, setPrefix: setId.slice(0, 8) }).map((line) => Array.from(line, (symbol) => BASE32[symbol]!).join(''));
export const shareLines = (set: FixedSet, index: number): string[] => linesOf(set.fields[index]!.x, set.fields[index]!.y, set.fields[index]!.setId);

export interface FaultCase {
  readonly name: string; readonly share?: string; readonly lines?: readonly string[];
  readonly wanted: { readonly by: 'manifest'; readonly set: 'current' | 'drill' | 'forged' } | { readonly by: 'fingerprint'; readonly typed: string };
  readonly drill: boolean; readonly presenter: string; readonly person: string | null;
  readonly taken: readonly { number: number; x: number; presenter: string }[];
  readonly expect: { readonly code: ErrorCode; readonly details: Details } | { readonly number: number; readonly person: string | null };
}

const CURRENT = { wanted: { by: 'manifest', set: 'current' }, drill: false, presenter: 'Bob Ng', person: 'bob', taken: [] } as const;
const claim = (set: FixedSet, index: number): Details => ({ claimsNumber: index + 1, claimsName: set.fields[index]!.name, claimsSet: set.parsed.setName, claimsEpoch: set.parsed.epoch });
const who = { presenter: 'Bob Ng' };
const refusal = (code: ErrorCode, details: Details = {}) => ({ expect: { code, details: { ...who, ...details } } });
const bob = current.shares[1]!, bobX = current.fields[1]!.x;

const shareCases = (): readonly FaultCase[] => [
  { name: 'accepted', ...CURRENT, share: toHex(bob), expect: { number: 2, person: 'bob' } },
  { name: 'accepted by fingerprint: the set key vouches for number and name', ...CURRENT, wanted: { by: 'fingerprint', typed: current.parsed.setFingerprint.toLowerCase() }, share: toHex(bob), expect: { number: 2, person: null } },
  { name: 'empty', ...CURRENT, share: '', ...refusal('SHARE_DAMAGED') },
  { name: 'one byte of y changed', ...CURRENT, share: toHex(at(bob, 70, bob[70]! ^ 1)), ...refusal('SHARE_DAMAGED') },
  { name: 'last byte missing', ...CURRENT, share: toHex(bob.slice(0, -1)), ...refusal('SHARE_DAMAGED') },
  { name: 'version 2', ...CURRENT, share: toHex(repaired(at(bob, 0, 2))), ...refusal('SHARE_UNKNOWN_VERSION', { field: '2.10' }) },
  { name: 'suite 12', ...CURRENT, share: toHex(repaired(at(bob, 1, 0x12))), ...refusal('SHARE_UNKNOWN_VERSION', { field: '1.12' }) },
  { name: 'x = 0, CRC repaired', ...CURRENT, share: toHex(repaired(at(bob, 5, 0))), ...refusal('SHARE_ILLEGAL_FIELD', { field: 'x', ...claim(current, 1) }) },
  { name: 'threshold 1, CRC repaired', ...CURRENT, share: toHex(repaired(at(bob, 2, 1))), ...refusal('SHARE_ILLEGAL_FIELD', { field: 'threshold', ...claim(current, 1) }) },
  { name: 'number above the number of shares, CRC repaired', ...CURRENT, share: toHex(repaired(at(bob, 4, 6))), ...refusal('SHARE_ILLEGAL_FIELD', { field: 'number', ...claim(current, 1), claimsNumber: 6 }) },
  { name: 'surplus byte, CRC repaired', ...CURRENT, share: toHex(repaired(Uint8Array.from([...bob, 0]))), ...refusal('SHARE_ILLEGAL_FIELD', { field: 'length' }) },
  { name: 'y changed, CRC repaired', ...CURRENT, share: toHex(repaired(at(bob, 70, bob[70]! ^ 1))), ...refusal('SHARE_FORGED', claim(current, 1)) },
  { name: 'number changed, CRC repaired: the presenter is named, not the number it claims', ...CURRENT, share: toHex(repaired(at(bob, 4, 3))), ...refusal('SHARE_FORGED', { ...claim(current, 1), claimsNumber: 3 }) },
  { name: 'drill bit set on a production share, CRC repaired', ...CURRENT, share: toHex(repaired(at(bob, 1, 0x11))), ...refusal('SHARE_FORGED', claim(current, 1)) },
  { name: 'another set, forged whole, judged by the manifest', ...CURRENT, share: toHex(forgedSet.shares[1]!), ...refusal('SHARE_OTHER_SET', claim(forgedSet, 1)) },
  { name: 'another set, forged whole, judged by the fingerprint from paper', ...CURRENT, wanted: { by: 'fingerprint', typed: current.parsed.setFingerprint }, share: toHex(forgedSet.shares[1]!), ...refusal('SHARE_OTHER_SET', claim(forgedSet, 1)) },
  { name: 'only eight characters of the fingerprint are never enough', ...CURRENT, wanted: { by: 'fingerprint', typed: current.parsed.setFingerprint.slice(0, 9) }, share: toHex(bob), ...refusal('SHARE_OTHER_SET', claim(current, 1)) },
  { name: 'the superseded epoch', ...CURRENT, share: toHex(superseded.shares[1]!), ...refusal('SHARE_OLD_EPOCH', claim(superseded, 1)) },
  { name: 'a drill set in a real recovery, by its own manifest', ...CURRENT, wanted: { by: 'manifest', set: 'drill' }, share: toHex(drill.shares[1]!), ...refusal('SHARE_DRILL', { number: 2, name: 'Bob Ng' }) },
  { name: 'a real set in a drill', ...CURRENT, drill: true, share: toHex(bob), ...refusal('SHARE_NOT_DRILL', { number: 2, name: 'Bob Ng' }) },
  { name: 'signed by the set key, but not issued: other y', ...CURRENT, share: toHex(reissued(current, 1, { y: stream(99, 32) })), ...refusal('SHARE_NOT_IN_MANIFEST', { number: 2, name: 'Bob Ng' }) },
  { name: 'signed by the set key, but not issued: other name', ...CURRENT, share: toHex(reissued(current, 1, { name: 'Mallory' })), ...refusal('SHARE_NOT_IN_MANIFEST', { number: 2, name: 'Mallory' }) },
  { name: 'signed by the set key, but not issued: other check of the wrapping key', ...CURRENT, share: toHex(reissued(current, 1, { kekCheck: stream(98, 16) })), ...refusal('SHARE_NOT_IN_MANIFEST', { number: 2, name: 'Bob Ng' }) },
  { name: 'the same share again', ...CURRENT, taken: [{ number: 2, x: bobX, presenter: 'Ana Ilić' }], share: toHex(bob), ...refusal('SHARE_DUPLICATE', { number: 2, firstPresenter: 'Ana Ilić', firstNumber: 2 }) },
  { name: 'another person’s share', ...CURRENT, share: toHex(current.shares[0]!), ...refusal('SHARE_WRONG_PERSON', { number: 1, name: 'Ana Ilić', person: 'ana' }) },
];

const changedLine = (line: string): string => `${line.slice(0, 4)}${line[4] === 'A' ? 'B' : 'A'}${line.slice(5)}`;
const lineCases = (): readonly FaultCase[] => {
  const right = shareLines(current, 1), { x, y, setId } = current.fields[1]!;
  return [
    { name: 'lines accepted', ...CURRENT, lines: right, expect: { number: 2, person: 'bob' } },
    { name: 'lines accepted in lower case with gaps and look-alikes', ...CURRENT, lines: right.map((line) => line.toLowerCase().replaceAll('1', 'l').replaceAll('0', 'o').match(/.{1,4}/g)!.join(' ')), expect: { number: 2, person: 'bob' } },
    { name: 'one character of line 3 mistyped', ...CURRENT, lines: right.map((line, i) => (i === 2 ? changedLine(line) : line)), expect: { code: 'SHARE_LINE_MISTYPED', details: { line: 3 } } },
    { name: 'lines 1 and 2 swapped', ...CURRENT, lines: [right[1]!, right[0]!, right[2]!, right[3]!], expect: { code: 'SHARE_LINE_MISTYPED', details: { line: 1 } } },
    { name: 'line 4 of another sheet', ...CURRENT, lines: [...right.slice(0, 3), shareLines(current, 2)[3]!], expect: { code: 'SHARE_DAMAGED', details: {} } },
    { name: 'lines with x = 0, all checks right', ...CURRENT, lines: linesOf(0, y, setId), expect: { code: 'SHARE_ILLEGAL_FIELD', details: { field: 'x' } } },
    { name: 'lines of another set', ...CURRENT, lines: shareLines(forgedSet, 1), ...refusal('SHARE_OTHER_SET', { claimsPrefix: forgedSet.parsed.setId.slice(0, 16) }) },
    { name: 'lines of the superseded epoch', ...CURRENT, lines: shareLines(superseded, 1), ...refusal('SHARE_OLD_EPOCH', { claimsPrefix: superseded.parsed.setId.slice(0, 16) }) },
    { name: 'lines of a drill set in a real recovery', ...CURRENT, wanted: { by: 'manifest', set: 'drill' }, lines: shareLines(drill, 1), ...refusal('SHARE_DRILL') },
    { name: 'lines with an x that was never issued', ...CURRENT, lines: linesOf(255, y, setId), ...refusal('SHARE_NOT_IN_MANIFEST') },
    { name: 'lines with another y, all checks right', ...CURRENT, lines: linesOf(x, stream(97, 32), setId), ...refusal('SHARE_FORGED', { claimsNumber: 2, claimsName: 'Bob Ng' }) },
    { name: 'the same lines again', ...CURRENT, taken: [{ number: 2, x, presenter: 'Ana Ilić' }], lines: right, ...refusal('SHARE_DUPLICATE', { number: 2, firstPresenter: 'Ana Ilić', firstNumber: 2 }) },
    { name: 'another person’s lines', ...CURRENT, lines: shareLines(current, 0), ...refusal('SHARE_WRONG_PERSON', { number: 1, name: 'Ana Ilić', person: 'ana' }) },
  ];
};

const setVector = (name: string, set: FixedSet) => ({
  name, threshold: set.parsed.threshold, wrappingKey: toHex(set.kek), setId: set.parsed.setId, setName: set.parsed.setName, setFingerprint: set.parsed.setFingerprint, kekCheck: set.parsed.kekCheck, manifest: set.manifest,
  shares: set.shares.map((share, i) => ({ number: i + 1, x: set.fields[i]!.x, y: toHex(set.fields[i]!.y), share: toHex(share), qr: qrText(share), lines: shareLines(set, i) })),
});

/** File name → content. */
export const vectorFiles = (): Record<string, string> => ({
  'sets.json': `${JSON.stringify([setVector('superseded', superseded), setVector('current', current), setVector('drill', drill), setVector('forged', forgedSet)], null, 1)}\n`,
  'faults.json': `${JSON.stringify([...shareCases(), ...lineCases()], null, 1)}\n`,
});
