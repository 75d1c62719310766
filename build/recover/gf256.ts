/** GF(256) with x⁸+x⁴+x³+x+1, and the value at 0 of the polynomial through some points. */
import type { Point } from './share.ts';

export const multiply = (a: number, b: number): number => {
  let product = 0;
  for (let [left, factor] = [a, b]; factor > 0; factor >>= 1, left = ((left << 1) ^ ((left & 0x80) === 0 ? 0 : 0x11b)) & 255) if (factor & 1) product ^= left;
  return product;
};
/** a / b, where b^254 is the inverse of b. @throws RangeError for b = 0: nothing may be divided by it. */
export const divide = (a: number, b: number): number => {
  if (b === 0) throw new RangeError('division by zero');
  let inverse = 1;
  for (let i = 0; i < 254; i++) inverse = multiply(inverse, b);
  return multiply(a, inverse);
};

/** Sum over i of y_i · ∏ x_j / (x_i + x_j), j ≠ i. The caller has seen to it that every x differs and none is 0. */
export const combine = (points: readonly Point[]): Uint8Array => {
  const secret = new Uint8Array(32);
  for (const { x, y } of points) {
    const factor = points.reduce((product, other) => (other.x === x ? product : multiply(product, divide(other.x, x ^ other.x))), 1);
    for (let i = 0; i < 32; i++) secret[i]! ^= multiply(y[i]!, factor);
  }
  return secret;
};
