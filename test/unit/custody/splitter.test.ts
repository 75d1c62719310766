import { split } from 'shamir-secret-sharing';
import { describe, expect, it } from 'vitest';
import { combinePoints, splitSecret } from '../../../electron/vault/custody/splitter.ts';
import { subsetsToProve } from '../../../electron/vault/custody/subsets.ts';
import { assertUniform, chiSquare, type Splitter } from '../../../electron/vault/custody/splitter-self-test.ts';
import { interpolate, multiply } from '../../../shared/custody/gf256.ts';
import { stream } from '../../support/custody-sets.ts';

const SECRET = stream(42, 32);
const codeOf = async (work: Promise<unknown>): Promise<unknown> => work.then(() => 'no fault', (error: { code: unknown; details: unknown }) => ({ code: error.code, details: error.details }));

describe('splitting', () => {
  it.each([[2, 2], [2, 3], [3, 5], [5, 5], [7, 9], [16, 16]])('%i of %i: both implementations rebuild it, either way round', async (threshold, shares) => {
    const points = await splitSecret(SECRET, threshold, shares);
    expect(points).toHaveLength(shares);
    expect(Uint8Array.from(await combinePoints(points.slice(-threshold), threshold))).toEqual(SECRET);
    expect(interpolate(points.slice(0, threshold), 0)).toEqual(SECRET);
    if (threshold > 2) expect(interpolate(points.slice(0, threshold - 1), 0)).not.toEqual(SECRET);
  });
  it('keeps secrets with zeros at either end whole', async () => {
    for (const secret of [new Uint8Array(32), Uint8Array.from([0, ...stream(1, 30), 0])]) expect(Uint8Array.from(await combinePoints((await splitSecret(secret, 2, 3)).slice(1), 2))).toEqual(secret);
  });
  it('takes Buffers and leaves the secret as it was', async () => { const secret = Buffer.from(SECRET); await splitSecret(secret, 2, 2); expect(secret).toEqual(Buffer.from(SECRET)); });
  it('refuses wrong lengths and thresholds', async () => {
    expect(await codeOf(splitSecret(new Uint8Array(31), 2, 3))).toMatchObject({ code: 'SHARE_ILLEGAL_FIELD' });
    for (const [threshold, shares] of [[1, 3], [4, 3], [2, 17], [2.5, 3], [2, 1], [NaN, 3]] as const) expect(await codeOf(splitSecret(SECRET, threshold, shares)), `${threshold}/${shares}`).toMatchObject({ code: 'SHARE_ILLEGAL_FIELD' });
  });
  it('proves every subset where they are few, and each share in consecutive ones where they are many', () => {
    expect(subsetsToProve(5, 3)).toHaveLength(10);
    expect(subsetsToProve(9, 5)).toHaveLength(126);
    const many = subsetsToProve(16, 8);
    expect(many).toHaveLength(16);
    expect(many.every((subset) => new Set(subset).size === 8)).toBe(true);
  });
});

describe('combining', () => {
  it('refuses x = 0, which the library itself accepts and lets dictate the secret', async () => {
    const points = await splitSecret(SECRET, 3, 5), forged = { x: 0, y: new Uint8Array(32).fill(0xaa) };
    const raw = [points[0]!, points[1]!, forged].map(({ x, y }) => Uint8Array.from([...y, x]));
    const { combine } = await import('shamir-secret-sharing');
    expect(await combine(raw)).toEqual(forged.y);
    expect(await codeOf(combinePoints([points[0]!, points[1]!, forged], 3))).toEqual({ code: 'SHARE_ILLEGAL_FIELD', details: { field: 'x' } });
  });
  it('refuses duplicates, other lengths, too few and too many', async () => {
    const points = await splitSecret(SECRET, 3, 5);
    expect(await codeOf(combinePoints([points[0]!, points[1]!, points[0]!], 3))).toMatchObject({ code: 'SHARE_ILLEGAL_FIELD', details: { field: 'duplicate x' } });
    expect(await codeOf(combinePoints([points[0]!, points[1]!, { x: points[2]!.x, y: points[2]!.y.slice(1) }], 3))).toMatchObject({ code: 'SHARE_ILLEGAL_FIELD', details: { field: 'y' } });
    expect(await codeOf(combinePoints(points.slice(0, 2), 3))).toEqual({ code: 'SHARE_NEED_MORE', details: { have: 2, need: 3 } });
    expect(await codeOf(combinePoints(points.slice(0, 4), 3))).toMatchObject({ code: 'SHARE_NEED_MORE' });
  });
});

describe('the splitter’s self-test', () => {
  /** A splitter whose coefficients come from `coefficient`. */
  const withCoefficients = (coefficient: () => number): Splitter => async (secret, shares, threshold) => {
    const rows = Array.from(secret, (byte) => [byte, ...Array.from({ length: threshold - 1 }, coefficient)]);
    return Array.from({ length: shares }, (_, index) => Uint8Array.from([...rows.map((row) => row.reduceRight((sum, value) => multiply(sum, index + 1) ^ value, 0)), index + 1]));
  };
  let state = 1;
  const byte = (): number => { state = (Math.imul(state, 1664525) + 1013904223) >>> 0; return state >>> 24; };
  it('passes the pinned library', async () => { await assertUniform(split); });
  it('passes a fair source and refuses odd-only, never-zero and constant coefficients', async () => {
    await assertUniform(withCoefficients(byte));
    for (const biased of [() => (byte() & 0xfe) + 1, () => byte() || byte() || byte() || 1, () => 7, () => byte() & 0x7f]) expect(await codeOf(assertUniform(withCoefficients(biased)))).toMatchObject({ code: 'INTERNAL', details: { reason: 'splitter-not-uniform' } });
  });
  it('chi-square of a flat sample is 0', () => { expect(chiSquare(Array.from({ length: 2560 }, (_, i) => i % 256))).toBe(0); });
});
