/**
 * The one place that uses shamir-secret-sharing. The library promises neither integrity nor that its result is checked, so nothing
 * leaves here that a second implementation (shared/custody/gf256.ts) has not confirmed. Says nothing of who a share belongs to.
 */
import { timingSafeEqual } from 'node:crypto';
import { combine, split } from 'shamir-secret-sharing';
import { AppError } from '../../../shared/errors.ts';
import { SECRET_BYTES } from '../../../shared/custody/envelope.ts';
import { interpolate, onePolynomial, type Point } from '../../../shared/custody/gf256.ts';
import { selfTest } from './self-test.ts';
import { subsetsToProve } from './subsets.ts';

const inRange = (value: number, min: number, max: number): boolean => Number.isInteger(value) && value >= min && value <= max;
const bad = (reason: string): AppError => new AppError('SHARE_ILLEGAL_FIELD', { field: reason });

/** True when every subset gives the secret, one polynomial goes through all points, and none of lower degree does. */
const proves = (points: readonly Point[], threshold: number, secret: Uint8Array): boolean => {
  if (!onePolynomial(points, threshold) || onePolynomial(points, threshold - 1)) return false;
  return subsetsToProve(points.length, threshold).every((subset) => {
    const again = interpolate(subset.map((index) => points[index]!), 0);
    const same = timingSafeEqual(again, secret);
    again.fill(0);
    return same;
  });
};

const assertPoints = (points: readonly Point[]): void => {
  if (!points.every(({ x }) => inRange(x, 1, 255))) throw bad('x');
  if (new Set(points.map(({ x }) => x)).size !== points.length) throw bad('duplicate x');
  if (!points.every(({ y }) => y.length === SECRET_BYTES)) throw bad('y');
};

/**
 * Splits 32 fresh random bytes; never the same bytes twice. The first use in a process runs the self-test.
 * @param secret 32 bytes; stays the caller's, who wipes it. @param threshold 2 to `shares`. @param shares 2 to 16.
 * @returns points in the library's order; the caller wipes each y. The coordinate is not the share number.
 * @throws SHARE_ILLEGAL_FIELD for parameters, SHARE_KEK_CHECK_FAILED (`stage`: split) when the second implementation disagrees, INTERNAL when the self-test fails
 */
export const splitSecret = async (secret: Uint8Array, threshold: number, shares: number): Promise<readonly Point[]> => {
  if (secret.length !== SECRET_BYTES) throw bad('secret');
  if (!inRange(shares, 2, 16)) throw bad('shares');
  if (!inRange(threshold, 2, shares)) throw bad('threshold');
  await selfTest();
  // The library takes plain Uint8Arrays only.
  const plain = Uint8Array.from(secret);
  const raw = await split(plain, shares, threshold).finally(() => { plain.fill(0); });
  const points = raw.map((share) => ({ x: share.at(-1)!, y: share.slice(0, -1) }));
  for (const share of raw) share.fill(0);
  try {
    if (points.length !== shares) throw bad('shares');
    assertPoints(points);
    if (!proves(points, threshold, secret)) throw new AppError('SHARE_KEK_CHECK_FAILED', { stage: 'split' });
    return points;
  } catch (error) {
    for (const { y } of points) y.fill(0);
    throw error;
  }
};

/**
 * Combines exactly `threshold` points. Says nothing of whether the result is the right secret: the caller compares its check.
 * @returns 32 bytes; the caller wipes them. @throws SHARE_ILLEGAL_FIELD, SHARE_NEED_MORE, SHARE_KEK_CHECK_FAILED (`stage`: combine)
 */
export const combinePoints = async (points: readonly Point[], threshold: number): Promise<Buffer> => {
  if (points.length !== threshold) throw new AppError('SHARE_NEED_MORE', { have: points.length, need: threshold });
  // SECURITY: CUST-2 — the library takes x = 0 and returns that share's bytes as the secret.
  assertPoints(points);
  const raw = points.map(({ x, y }) => Uint8Array.from([...y, x]));
  const one = await combine(raw).finally(() => { for (const share of raw) share.fill(0); });
  const other = interpolate(points, 0);
  try {
    if (!timingSafeEqual(one, other)) throw new AppError('SHARE_KEK_CHECK_FAILED', { stage: 'combine' });
    const out = Buffer.allocUnsafeSlow(SECRET_BYTES);
    out.set(one);
    return out;
  } finally { one.fill(0); other.fill(0); }
};
