import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { combine, split } from 'shamir-secret-sharing';
import { Gather } from '../../../electron/vault/custody/gather.ts';
import { judgeWhole } from '../../../electron/vault/custody/presented.ts';
import { testSharing, type Combiner } from '../../../electron/vault/custody/self-test.ts';
import type { Splitter } from '../../../electron/vault/custody/splitter-self-test.ts';
import { decodeBase32Ascii, encodeBase32, encodeBase32Ascii } from '../../../shared/custody/base32.ts';
import { encodeShare } from '../../../shared/custody/envelope.ts';
import type { Wanted } from '../../../shared/custody/judge.ts';
import { parseShareSymbol, qrText, readShareSymbol } from '../../../shared/custody/qr-text.ts';
import { utf8 } from '../../../shared/bytes.ts';
import type { Sha256Hex } from '../../../shared/brand.ts';
import { fixedSet, PEOPLE, stream, type FixedSet } from '../../support/custody-sets.ts';
import { current, forgedSet } from '../../support/custody-vectors.ts';

const faultOf = (work: () => unknown): Promise<unknown> => (async () => work())().then(() => 'no fault', ({ code, details }: { code: unknown; details: unknown }) => ({ code, details }));
const byManifest = (set: FixedSet): Wanted => ({ by: 'manifest', manifest: set.parsed, drill: false });
const byPaper = (set: FixedSet): Wanted => ({ by: 'fingerprint', typed: set.parsed.setFingerprint, drill: false });
const bring = (gather: Gather, bytes: Uint8Array, share: number) => gather.read({ presenter: PEOPLE[share - 1]![1], person: gather.wanted.by === 'manifest' ? PEOPLE[share - 1]![0] : null }, judgeWhole(bytes));
const bringAll = (gather: Gather, set: FixedSet, shares: readonly number[]): void => { for (const share of shares) bring(gather, set.shares[share - 1]!, share); };

describe('a gather', () => {
  it('rebuilds the secret of the set from any threshold of its shares', async () => {
    await fc.assert(fc.asyncProperty(fc.integer({ min: 2, max: 5 }), fc.shuffledSubarray([1, 2, 3, 4, 5], { minLength: 5 }), fc.boolean(), async (threshold, order, paper) => {
      const set = fixedSet({ seed: 60 + threshold, threshold }), gather = new Gather(paper ? byPaper(set) : byManifest(set));
      bringAll(gather, set, order);
      await gather.combine(order.slice(0, threshold));
      expect(Uint8Array.from(gather.secret())).toEqual(set.kek);
      expect(gather.numbers).toEqual([]);
    }), { numRuns: 25 });
  });
  it('by fingerprint names number and name by the set key alone, and refuses another set', async () => {
    const gather = new Gather(byPaper(current));
    expect(await faultOf(() => bring(gather, forgedSet.shares[1]!, 2))).toMatchObject({ code: 'SHARE_OTHER_SET' });
    expect(bring(gather, current.shares[1]!, 2)).toMatchObject({ number: 2, person: null, name: 'Bob Ng' });
    expect(await faultOf(() => gather.combine([2]))).toEqual({ code: 'SHARE_NEED_MORE', details: { have: 1, need: 3 } });
  });
  it('by fingerprint refuses shares whose set key signed two thresholds or two checks', async () => {
    for (const changes of [{ threshold: 2 }, { kekCheck: stream(5, 16) }]) {
      const gather = new Gather(byPaper(current));
      bring(gather, current.shares[0]!, 1);
      expect(await faultOf(() => bring(gather, encodeShare({ ...current.fields[1]!, ...changes }, current.sign), 2))).toEqual({ code: 'SHARE_NOT_IN_MANIFEST', details: { presenter: 'Bob Ng', number: 2, name: 'Bob Ng' } });
      expect(gather.numbers).toEqual([1]);
    }
  });
  it('keeps nothing when the result is not that of the set, although every share passed', async () => {
    const manifest = { ...current.parsed, kekCheck: `${current.parsed.kekCheck.slice(0, 32)}${'0'.repeat(32)}` as Sha256Hex };
    const gather = new Gather({ by: 'manifest', manifest, drill: false });
    bringAll(gather, current, [1, 2, 3]);
    expect(await faultOf(() => gather.combine([1, 2, 3]))).toEqual({ code: 'SHARE_KEK_CHECK_FAILED', details: { stage: 'gather', subset: [1, 2, 3] } });
    expect(await faultOf(() => gather.secret())).toEqual({ code: 'VAULT_STATE', details: { reason: 'not-combined' } });
    expect(gather.numbers).toEqual([]);
  });
  it('keeps nothing when a share beyond the threshold gives another secret', async () => {
    // A share that a kept set key could sign: right in every check of its own, off the polynomial.
    const gather = new Gather(byPaper(current));
    bringAll(gather, current, [1, 2, 3]);
    bring(gather, encodeShare({ ...current.fields[3]!, y: stream(77, 32) }, current.sign), 4);
    expect(await faultOf(() => gather.combine([1, 2, 3]))).toEqual({ code: 'SHARE_KEK_CHECK_FAILED', details: { stage: 'cross-check', subset: [4, 2, 3] } });
    expect(await faultOf(() => gather.secret())).toMatchObject({ code: 'VAULT_STATE' });
  });
  it('that is wiped while it combines keeps no secret', async () => {
    const gather = new Gather(byManifest(current));
    bringAll(gather, current, [1, 2, 3]);
    const combined = faultOf(() => gather.combine([1, 2, 3]));
    gather.wipe();
    expect(await combined).not.toBe('no fault');
    expect(await faultOf(() => gather.secret())).toMatchObject({ code: 'VAULT_STATE' });
  });
});

describe('the cross-test of two implementations', () => {
  it('finds a splitter or a combiner that disagrees with our own arithmetic', async () => {
    const wrongSplit: Splitter = async (secret, shares, threshold) => (await split(secret, shares, threshold)).map((share) => (secret.every((byte) => byte === 0) ? share : share.map((byte, i) => (i === 3 ? byte ^ 1 : byte))));
    const wrongCombine: Combiner = async (shares) => (await combine(shares)).map((byte, i) => (i === 31 ? byte ^ 1 : byte));
    expect(await faultOf(() => testSharing({ split: wrongSplit, combine }))).toMatchObject({ code: 'INTERNAL', details: { reason: 'splitter-disagrees', direction: 'library-to-own' } });
    expect(await faultOf(() => testSharing({ split, combine: wrongCombine }))).toMatchObject({ code: 'INTERNAL', details: { reason: 'splitter-disagrees', direction: 'own-to-library' } });
  });
});

describe('base32 and symbols as bytes', () => {
  it('are read and written as their texts are', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 40 }), fc.string({ maxLength: 12 }), (bytes, text) => {
      expect(encodeBase32Ascii(bytes)).toEqual(utf8(encodeBase32(bytes)));
      expect(decodeBase32Ascii(encodeBase32Ascii(bytes))).toEqual(bytes);
      for (const one of [text, `KCS1:${text}`, `KCB1:${text}`, qrText(bytes)]) expect(readShareSymbol(utf8(one))).toEqual(parseShareSymbol(one));
    }));
    expect(readShareSymbol(utf8(`KCS1:${'0'.repeat(396)}`))).toBeNull();
  });
});
