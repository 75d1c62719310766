/**
 * A statistical test of the splitting library, run once in a process before it touches a secret: published splitters have had biased
 * coefficients, which give a secret away to fewer people than the threshold. Splits a fixed value that is worth nothing.
 */
import { split } from 'shamir-secret-sharing';
import { AppError } from '../../../shared/errors.ts';
import { invert, multiply } from '../../../shared/custody/gf256.ts';

const ROUNDS = 200, BYTES = 32;
/** Chi-square with 255 degrees of freedom: mean 255, deviation 22.6. Outside these a fair source falls less than once in 10⁶ runs. */
const MEAN = 255, LOW = 150, HIGH = 390;

/** The highest coefficient of every byte's polynomial, by divided differences over all points. */
const topCoefficients = (shares: readonly Uint8Array[]): number[] => Array.from({ length: BYTES }, (_, k) => {
  let row = shares.map((share) => share[k]!);
  for (let order = 1; order < shares.length; order++) row = row.slice(1).map((value, i) => multiply(value ^ row[i]!, invert(shares[i + order]![BYTES]! ^ shares[i]![BYTES]!)));
  return row[0]!;
});

const countsOf = (values: readonly number[]): Uint32Array => {
  const seen = new Uint32Array(256);
  for (const value of values) seen[value]!++;
  return seen;
};
export const chiSquare = (values: readonly number[]): number => {
  const expected = values.length / 256;
  return countsOf(values).reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
};
/** A value left out (zero as highest coefficient, in published bugs) is too little for chi-square; by chance it happens once in 10⁸ runs. */
const leavesOut = (values: readonly number[]): boolean => countsOf(values).includes(0);

export type Splitter = (secret: Uint8Array, shares: number, threshold: number) => Promise<Uint8Array[]>;

/** @returns the number of splits, and the chi-square that was farthest from its mean. @throws INTERNAL (`reason`: splitter-not-uniform) */
export const assertUniform = async (splitter: Splitter = split): Promise<{ readonly rounds: number; readonly chiSquare: number }> => {
  const values: number[] = [];
  for (const threshold of [2, 3]) {
    const coefficients: number[] = [];
    for (let round = 0; round < ROUNDS; round++) coefficients.push(...topCoefficients(await splitter(new Uint8Array(BYTES), threshold, threshold)));
    const value = chiSquare(coefficients);
    if (value < LOW || value > HIGH || leavesOut(coefficients)) throw new AppError('INTERNAL', { reason: 'splitter-not-uniform', threshold, chiSquare: Math.round(value) });
    values.push(value);
  }
  const farthest = values.reduce((a, b) => (Math.abs(b - MEAN) > Math.abs(a - MEAN) ? b : a));
  return { rounds: 2 * ROUNDS, chiSquare: Math.round(farthest) };
};
