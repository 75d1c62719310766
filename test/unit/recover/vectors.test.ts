/** Every vector of custody, by the application and by the recovery page: two implementations of one document. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { fromHex as pageFromHex, toHex as pageToHex } from '../../../build/recover/bytes.ts';
import { judgeLines, judgeShare as pageJudgeShare, rebuild, type Taken, type Wanted } from '../../../build/recover/judge.ts';
import { readFingerprint, readManifest } from '../../../build/recover/manifest.ts';
import { openKey } from '../../../build/recover/pkcs8.ts';
import { blindPad, readDiceCode, readLines, readShare, readSymbol, type Core } from '../../../build/recover/share.ts';
import { fault, isFault, type Fault } from '../../../build/recover/text.ts';
import { unwrap } from '../../../build/recover/unwrap.ts';
import { trimPkcs8, publicKeyIn } from '../../../electron/vault/backup/pkcs8.ts';
import { openRfc5649 } from '../../../electron/vault/backup/rfc5649.ts';
import { fromHex, toHex, utf8 } from '../../../shared/bytes.ts';
import { unblindShare } from '../../../shared/custody/blind.ts';
import { decodeShare } from '../../../shared/custody/envelope.ts';
import { parseManifest } from '../../../shared/custody/manifest.ts';
import { parseShareSymbol } from '../../../shared/custody/qr-text.ts';
import { refusalsFile, type Refusals } from '../../support/custody-refusals.ts';
import type { FaultCase } from '../../support/custody-vectors.ts';

const dir = path.join(import.meta.dirname, '../../vectors/custody');
// Only for a deliberate change of the format: QUORATE_WRITE_VECTORS=1 npx vitest run test/unit/recover/vectors.test.ts
if (process.env['QUORATE_WRITE_VECTORS'] === '1') writeFileSync(path.join(dir, 'refusals.json'), refusalsFile());
const read = <T>(name: string): T => JSON.parse(readFileSync(path.join(dir, name), 'utf8')) as T;
interface SetVector { name: string; threshold: number; wrappingKey: string; setId: string; setName: string; setFingerprint: string; manifest: string; shares: { number: number; x: number; y: string; share: string; qr: string; lines: string[] }[] }
const sets = read<SetVector[]>('sets.json'), faults = read<FaultCase[]>('faults.json'), refused = read<Refusals>('refusals.json');
const setOf = (name: string): SetVector => sets.find((set) => set.name === name)!;
const manifestOf = (name: string) => readManifest(utf8(setOf(name).manifest))!;
const wantedOf = (name: string, isDrill: boolean): Wanted => ({ by: 'manifest', manifest: manifestOf(name), drill: isDrill });

it('the committed refusals are those that the code makes', () => { expect(readFileSync(path.join(dir, 'refusals.json'), 'utf8')).toBe(refusalsFile()); });

/** A symbol as the page reads it. */
const bySymbol = (text: string, code: string | null, wanted: Wanted, taken: readonly Taken[]): Taken | Fault => {
  const symbol = readSymbol(text);
  if (symbol === null) return fault('SHARE_NOT_A_SHARE');
  const share = readShare(symbol.bytes, code === null ? null : readDiceCode(code));
  return isFault(share) ? share : pageJudgeShare(share, wanted, taken);
};
const byLines = (lines: readonly string[], wanted: Wanted, taken: readonly Taken[]): Taken | Fault => {
  const core = readLines(lines);
  return isFault(core) ? core : judgeLines(core, null, wanted, taken);
};
const answerOf = (answer: Taken | Fault): string => (isFault(answer) ? answer.code : `share ${answer.number}`);

describe.each(sets)('the page reads set $name', (set) => {
  const drill = set.name === 'drill', wanted = (): Wanted => wantedOf(set.name, drill);
  it('with the same name, fingerprint and rows', () => {
    const manifest = manifestOf(set.name);
    expect({ id: manifest.setId, name: manifest.setName, fingerprint: manifest.setFingerprint }).toEqual({ id: set.setId, name: set.setName, fingerprint: set.setFingerprint });
    expect(manifest.custodians.map(({ x }) => x)).toEqual(set.shares.map(({ x }) => x));
  });
  it('by symbol and by lines, and rebuilds its wrapping key from any three shares', () => {
    for (const [a, b, c] of [[0, 1, 2], [4, 2, 0], [1, 3, 4]] as const) {
      const taken: Taken[] = [];
      for (const index of [a, b, c]) {
        const vector = set.shares[index]!, bySign = bySymbol(vector.qr, null, wanted(), taken), typed = byLines(vector.lines, wanted(), taken);
        if (isFault(bySign) || isFault(typed)) throw new Error(answerOf(isFault(bySign) ? bySign : typed));
        expect(pageToHex(typed.y)).toBe(vector.y);
        expect(pageToHex(bySign.y)).toBe(vector.y);
        taken.push(bySign);
      }
      const key = rebuild(wanted(), taken);
      expect(isFault(key) ? key.code : pageToHex(key)).toBe(set.wrappingKey);
    }
  });
});

describe('the page judges as the application does', () => {
  it.each(faults.filter((one) => !('code' in one.expect && one.expect.code === 'SHARE_WRONG_PERSON')))('$name', (one) => {
    const typed = one.wanted.by === 'fingerprint' ? readFingerprint(one.wanted.typed) : null;
    if (one.wanted.by === 'fingerprint' && typed === null) { expect('code' in one.expect).toBe(true); return; }
    const wanted: Wanted = one.wanted.by === 'manifest' ? wantedOf(one.wanted.set, one.drill) : { by: 'fingerprint', fingerprint: typed!, drill: one.drill };
    const taken = one.taken.map(({ number, x }): Taken => ({ number, x, y: new Uint8Array(32), name: '', setId: new Uint8Array(32), policy: { threshold: 3, shares: 5, epoch: 2, check: '' } }));
    const share = one.share === undefined ? null : readShare(pageFromHex(one.share)!, null);
    const answer = share === null ? byLines(one.lines!, wanted, taken) : isFault(share) ? share : pageJudgeShare(share, wanted, taken);
    expect(answerOf(answer)).toBe('code' in one.expect ? one.expect.code : `share ${one.expect.number}`);
  });
});

const wanted = wantedOf('current', false);
describe('symbols', () => {
  it.each(refused.symbols)('$name', ({ text, code, expect: expected }) => {
    expect(answerOf(bySymbol(text, code, wanted, []))).toBe(expected === 'accepted' ? 'share 2' : expected);
    const symbol = parseShareSymbol(text);
    const open = symbol === null ? 'SHARE_NOT_A_SHARE' : symbol.kind === 'plain' ? (decodeShare(symbol.bytes).ok ? 'accepted' : 'refused') : ((answer) => (answer.ok ? 'accepted' : answer.fault.code))(unblindShare(symbol.bytes, utf8(code!)));
    expect(open).toBe(expected);
  });
});
describe('manifests', () => {
  it.each(refused.manifests)('$name', ({ manifest, accepted }) => {
    expect(readManifest(utf8(manifest)) !== null).toBe(accepted);
    expect(parseManifest(manifest).ok).toBe(accepted);
  });
});
describe('wrapped keys', () => {
  it.each(refused.wrapped)('$name', ({ algorithm, wrappingKey, wrapped, opened }) => {
    const plain = unwrap(pageFromHex(wrappingKey)!, pageFromHex(wrapped)!, algorithm), key = plain === null ? null : openKey(plain);
    expect(key === null ? null : pageToHex(key.pkcs8)).toBe(opened);
    if (algorithm !== 'RFC5649') return;
    const own = openRfc5649(Buffer.from(fromHex(wrappingKey)!), Buffer.from(fromHex(wrapped)!)), trimmed = own === null || publicKeyIn(own) === null ? null : trimPkcs8(own);
    expect(trimmed === null ? null : toHex(trimmed)).toBe(opened);
  });
});
describe('combining', () => {
  it.each(refused.combine)('$name', ({ set, shares, expect: expected }) => {
    const of = wantedOf(set, set === 'drill'), taken: Taken[] = [];
    for (const number of shares) taken.push(bySymbol(setOf(set).shares[number - 1]!.qr, null, of, taken) as Taken);
    const key = rebuild(of, taken);
    expect(isFault(key) ? key.code : pageToHex(key)).toBe(expected === 'wrappingKey' ? setOf(set).wrappingKey : expected);
  });
});

interface BlindVector { readonly name: string; readonly manifest: string; readonly share: string; readonly code: string; readonly pad: string; readonly qr: string; readonly lines: readonly string[] }
describe('blind sheets', () => {
  it.each(read<BlindVector[]>('blind.json'))('$name: symbol and lines, with the code and with another', (vector) => {
    const manifest = readManifest(utf8(vector.manifest))!, of: Wanted = { by: 'manifest', manifest, drill: manifest.drill }, wrong = vector.code.replace(/.$/, (last) => (last === '6' ? '5' : '6'));
    const share = pageFromHex(vector.share)!, core = () => readLines(vector.lines) as Core;
    expect(pageToHex(blindPad(utf8(vector.code), share.subarray(14, 46), share[4]!, share[5]!))).toBe(vector.pad);
    const answers = [bySymbol(vector.qr, vector.code, of, []), judgeLines(core(), readDiceCode(vector.code), of, [])];
    for (const answer of answers) expect(isFault(answer) ? answer.code : pageToHex(answer.y)).toBe(pageToHex(share.subarray(62, 94)));
    expect(answerOf(bySymbol(vector.qr, wrong, of, []))).toBe('SHARE_BLIND_CODE');
    expect(answerOf(judgeLines(core(), readDiceCode(wrong), of, []))).toBe('SHARE_BLIND_CODE');
    expect(answerOf(judgeLines(core(), null, of, []))).toBe('SHARE_FORGED');
  });
});

describe('the vector of the wrapped key', () => {
  it('opens, and its public key is computed', () => {
    const vector = read<Record<'wrappingKey' | 'wrapped' | 'content' | 'pkcs8' | 'publicKeySpki', string>>('wrapped-key.json');
    const plain = unwrap(pageFromHex(vector.wrappingKey)!, pageFromHex(vector.wrapped)!, 'RFC5649')!, key = openKey(plain)!;
    expect([plain, key.pkcs8, key.spki].map(pageToHex)).toEqual([vector.content, vector.pkcs8, vector.publicKeySpki]);
  });
});
