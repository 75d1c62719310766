/** What a remaining old quorum could still do, as a value and as sentences. */
import { describe, expect, it } from 'vitest';
import type { PersonId, Sha256Hex } from '../../../shared/brand.ts';
import type { SetRef } from '../../../shared/ceremony/plan-schema.ts';
import { aftermath, aftermathOf, type KnownCopy } from '../../../shared/register/aftermath.ts';
import type { CopyStatus } from '../../../shared/register/custody-types.ts';
import { aftermathSentences } from '../../../shared/text/aftermath.ts';
import { buildFolder, buildOn } from '../../support/ceremony-folder.ts';

const setId = 'ab'.repeat(32) as Sha256Hex;
const names = ['Ada Okafor', 'Bruno Keller', 'Chen Wei'];
const set = (holds: SetRef['holds'] = 'wrapping-key'): SetRef => ({
  setId, setName: 'OPAL-2210', setFingerprint: '2E6T', manifestSha256: setId, epoch: 1, threshold: 2, shares: 3, drill: false, holds, issuedBy: 1,
  holders: names.map((name, index) => ({ number: index + 1, person: name.slice(0, 3).toLowerCase() as PersonId, name })),
});
const sheet = (share: number, status: CopyStatus, bag: string | null = null): KnownCopy => ({ copy: { kind: 'sheet', setId, share, attempt: 1 }, status, bag });
const card = (share: number, status: CopyStatus): KnownCopy => ({ copy: { kind: 'card', setId, share, serial: `C${share}` }, status, bag: null });
const medium = (number: number, status: CopyStatus): KnownCopy => ({ copy: { kind: 'medium', setId, number }, status, bag: null });
const destroyed = [sheet(1, 'destroyed'), sheet(2, 'destroyed'), sheet(3, 'destroyed'), medium(1, 'destroyed')];

describe('what is left', () => {
  it.each([
    ['nothing', destroyed, false],
    ['remnants', [sheet(1, 'missing'), ...destroyed.slice(1)], false],
    // Two copies of one share are one share.
    ['remnants', [sheet(1, 'missing'), card(1, 'retained'), ...destroyed.slice(1)], false],
    ['wrapped-only', [sheet(1, 'retained'), sheet(2, 'destroyed'), medium(1, 'missing')], true],
    ['shares-only', [sheet(1, 'missing'), sheet(2, 'held'), medium(1, 'destroyed')], true],
    ['opens', [sheet(1, 'missing'), sheet(2, 'retained'), medium(1, 'retained')], true],
    // In witnessed bags for destruction they are left, and not at large.
    ['opens', [sheet(1, 'collected', 'X1'), sheet(2, 'collected', 'X2'), medium(1, 'collected')], false],
    ['shares-only', [sheet(1, 'collected', 'X1'), sheet(2, 'missing'), medium(1, 'destroyed')], false],
  ] as const)('reaches %s', (reach, copies, exposed) => {
    const what = aftermath(set(), copies);
    expect([what.reach, what.exposed]).toEqual([reach, exposed]);
  });
  it('names share, holder and bag of every copy, and leaves out other sets', () => {
    const other = { ...medium(9, 'missing'), copy: { kind: 'medium' as const, setId: 'cd'.repeat(32) as Sha256Hex, number: 9 } };
    expect(aftermath(set(), [sheet(1, 'collected', 'X1'), sheet(2, 'destroyed'), medium(1, 'missing'), other])).toMatchObject({ shares: [1], media: [1], left: [{ holder: 'Ada Okafor', bag: 'X1' }, { holder: null }], atLarge: [{ copy: { kind: 'medium' } }] });
  });
});

describe('the sentences', () => {
  const say = (copies: readonly KnownCopy[], holds: SetRef['holds'] = 'wrapping-key'): string => aftermathSentences(aftermath(set(holds), copies)).join(' ');
  it('say that a quorum with a wrapped key still rebuilds the private key, on any computer', () => {
    const text = say([sheet(1, 'missing'), card(2, 'retained'), medium(1, 'held')]);
    expect(text).toContain('2 old shares and 1 old wrapped key are left. Any 2 of these holders together with the wrapped key still rebuild the private key, on any computer');
    expect(text).toContain('Not destroyed: sheet 1.1 (Ada Okafor), missing, card C2 with share 2 (Bruno Keller), kept and medium 1, not called.');
    expect(text).toContain('Treat the root key as exposed to that group.');
    expect(text).toContain('useless with certainty only when the root key itself is replaced');
  });
  it('say what too few shares, or shares without a wrapped key, can do', () => {
    expect(say([sheet(1, 'missing'), ...destroyed.slice(1)])).toMatch(/^1 old share is left and no old wrapped key\. 2 shares and a wrapped key are needed; what is left opens nothing\./);
    expect(say([sheet(1, 'missing'), sheet(3, 'missing'), medium(1, 'destroyed')])).toContain('It opens nothing as long as no copy of the old wrapped key exists; none is known.');
    expect(say([...destroyed.slice(0, 3), medium(1, 'missing')])).toContain('Treat the root key as exposed to that group.');
  });
  it('never say more than is known when all is destroyed', () => {
    expect(say(destroyed)).toBe('Every copy of set OPAL-2210 and of the wrapped key under it is destroyed. A share or wrapped key that was copied unseen is in no count; only a new root key makes such a copy useless with certainty.');
  });
  it('speak of the PIN for a PIN set', () => {
    const text = say([sheet(1, 'missing'), sheet(2, 'missing'), sheet(3, 'destroyed')], 'pin');
    expect(text).toContain('2 PIN shares of set OPAL-2210 are left, and any 2 of them still give the old PIN.');
    expect(text).not.toContain('wrapped key');
  });
  it('are whole sentences in every case', () => {
    for (const holds of ['wrapping-key', 'pin'] as const) for (const copies of [destroyed, [sheet(1, 'missing')], [sheet(1, 'held'), sheet(2, 'held')], [medium(1, 'missing')], [sheet(1, 'held'), sheet(2, 'held'), medium(1, 'held')]])
      for (const sentence of aftermathSentences(aftermath(set(holds), copies))) expect(sentence).toMatch(/^[A-Z0-9].*\.$/);
  });
});

describe('of a ceremony', () => {
  const first = buildFolder();
  it('is that of its own set, with what was said so far', () => {
    const early = buildOn('share-destruction', [first], { abortAfter: '2.3' }).teller.state, done = buildOn('share-destruction', [first]).teller.state;
    expect(aftermathOf(early)).toMatchObject({ reach: 'opens', exposed: true });
    expect(aftermathOf(done)).toMatchObject({ reach: 'nothing', left: [] });
  });
  it('there is none in a ceremony that replaces or destroys nothing', () => {
    expect(aftermathOf(buildOn('share-check', [first]).teller.state)).toBeNull();
  });
});
