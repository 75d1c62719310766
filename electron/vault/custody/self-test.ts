/**
 * The test that a vault passes before it touches a secret: the library's coefficients are uniform, and the library and our own arithmetic
 * agree both ways. Splits values that are worth nothing. Run once in a process.
 */
import { randomFillSync, timingSafeEqual } from 'node:crypto';
import { combine, split } from 'shamir-secret-sharing';
import { AppError } from '../../../shared/errors.ts';
import { interpolate, multiply, type Point } from '../../../shared/custody/gf256.ts';
import type { VaultResponse } from '../../../shared/vault/contract.ts';
import { assertUniform, type Splitter } from './splitter-self-test.ts';
import { subsetsToProve } from './subsets.ts';

export type SelfTest = VaultResponse<'vault.self-test'>;
export type Combiner = (shares: Uint8Array[]) => Promise<Uint8Array>;
/** The library by default. */
export interface Sharing { readonly split: Splitter; readonly combine: Combiner }

const BYTES = 32;
/** Thresholds and numbers of shares: the smallest, the usual, all needed, and a wide one. */
const CASES = [[2, 2], [2, 3], [3, 5], [5, 5], [4, 7]] as const;

const random = (): Uint8Array => randomFillSync(new Uint8Array(BYTES));

/** Our own splitter: a polynomial of random coefficients for each byte, by Horner's rule, at x = 1, 2, 3 … times an odd step. */
const ownSplit = (secret: Uint8Array, threshold: number, shares: number): readonly Point[] => {
  const coefficients = Array.from({ length: threshold - 1 }, random);
  const at = (x: number): Uint8Array => secret.map((byte, k) => [byte, ...coefficients.map((row) => row[k]!)].reduceRight((sum, value) => multiply(sum, x) ^ value, 0));
  return Array.from({ length: shares }, (_, index) => ({ x: 1 + index * 37, y: at(1 + index * 37) }));
};

const disagree = (direction: string, threshold: number, shares: number): AppError => new AppError('INTERNAL', { reason: 'splitter-disagrees', direction, threshold, shares });

/** Every subset, both ways round. @returns how many subsets were combined. @throws INTERNAL (`reason`: splitter-disagrees) */
const crossCombine = async ({ split: splitter, combine: combiner }: Sharing, threshold: number, shares: number): Promise<number> => {
  const subsets = subsetsToProve(shares, threshold), secret = random();
  const theirs = (await splitter(secret, shares, threshold)).map((share): Point => ({ x: share.at(-1)!, y: share.slice(0, -1) })), ours = ownSplit(secret, threshold, shares);
  for (const subset of subsets) {
    if (!timingSafeEqual(interpolate(subset.map((index) => theirs[index]!), 0), secret)) throw disagree('library-to-own', threshold, shares);
    const raw = subset.map((index) => Uint8Array.from([...ours[index]!.y, ours[index]!.x]));
    if (!timingSafeEqual(await combiner(raw), secret)) throw disagree('own-to-library', threshold, shares);
  }
  return 2 * subsets.length;
};

/** @throws INTERNAL (`reason`: splitter-not-uniform, splitter-disagrees) */
export const testSharing = async (sharing: Sharing): Promise<SelfTest> => {
  const { rounds, chiSquare } = await assertUniform(sharing.split);
  let subsets = 0;
  for (const [threshold, shares] of CASES) subsets += await crossCombine(sharing, threshold, shares);
  return { rounds, chiSquare, subsets };
};

let tested: Promise<SelfTest> | null = null;

/** The test of this process, run at its first use. Every later use gets the same answer, also when it is a refusal. @throws as {@link testSharing} */
export const selfTest = (): Promise<SelfTest> => (tested ??= testSharing({ split, combine }));
