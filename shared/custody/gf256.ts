/**
 * GF(256) with the polynomial x⁸+x⁴+x³+x+1, computed without tables or branches on the values. The second implementation: it exists to
 * contradict the splitting library, and shares no code with it.
 */

/** Product of two bytes: shift and add, eight rounds always. */
export const multiply = (a: number, b: number): number => {
  let product = 0, left = a;
  for (let bit = 0; bit < 8; bit++) {
    product ^= left & -((b >> bit) & 1);
    left = (left << 1) ^ (0x11b & -(left >> 7));
  }
  return product & 255;
};

/** a^254, the inverse of a; 0 for 0. */
export const invert = (a: number): number => {
  let power = a, result = 1;
  for (let bit = 1; bit < 8; bit++) { power = multiply(power, power); result = multiply(result, power); }
  return result;
};

export interface Point { readonly x: number; readonly y: Uint8Array }

/**
 * The value at `at` of the polynomial of least degree through the points, byte by byte (Lagrange).
 * @param points at least one; different x; y of one length.
 */
export const interpolate = (points: readonly Point[], at: number): Uint8Array => {
  const out = new Uint8Array(points[0]!.y.length);
  points.forEach((point, i) => {
    let weight = 1;
    points.forEach((other, j) => { if (i !== j) weight = multiply(weight, multiply(at ^ other.x, invert(point.x ^ other.x))); });
    for (let k = 0; k < out.length; k++) out[k]! ^= multiply(weight, point.y[k]!);
  });
  return out;
};

/** True when all points lie on one polynomial of degree below `threshold`. @param points at least `threshold` of them. */
export const onePolynomial = (points: readonly Point[], threshold: number): boolean => {
  const base = points.slice(0, threshold);
  return points.slice(threshold).every((point) => {
    const expected = interpolate(base, point.x);
    let difference = 0;
    for (let k = 0; k < expected.length; k++) difference |= expected[k]! ^ point.y[k]!;
    expected.fill(0);
    return difference === 0;
  });
};
