/**
 * Ed25519 (RFC 8032): verifying, and the public key of a seed; and the public keys of the NIST curves. Plain arithmetic on whole
 * numbers; not constant in time, for a computer that does nothing else.
 */
import { fromHex, toHex } from './bytes.ts';
import { sha512 } from './sha2.ts';

const remainder = (value: bigint, p: bigint): bigint => { const rest = value % p; return rest < 0n ? rest + p : rest; };
const inverse = (value: bigint, p: bigint): bigint => {
  let [a, b, x, y] = [remainder(value, p), p, 1n, 0n];
  while (a > 1n) { const times = b / a; [a, b, x, y] = [b % a, a, y - times * x, x]; }
  return remainder(x, p);
};
const power = (base: bigint, exponent: bigint, p: bigint): bigint => {
  let result = 1n;
  for (let [square, left] = [base, exponent]; left > 0n; left >>= 1n, square = (square * square) % p) if (left & 1n) result = (result * square) % p;
  return result;
};

const P = 2n ** 255n - 19n, ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;
const D = remainder(-121665n * inverse(121666n, P), P), ROOT = power(2n, (P - 1n) / 4n, P);
/** Extended coordinates: x = X/Z, y = Y/Z, T = XY/Z. */
type Point = readonly [bigint, bigint, bigint, bigint];
const NEUTRAL: Point = [0n, 1n, 1n, 0n];

const add = ([x1, y1, z1, t1]: Point, [x2, y2, z2, t2]: Point): Point => {
  const a = (y1 - x1) * (y2 - x2) % P, b = (y1 + x1) * (y2 + x2) % P, c = 2n * t1 * t2 % P * D % P, d = 2n * z1 * z2 % P;
  const e = b - a, f = d - c, g = d + c, h = b + a;
  return [remainder(e * f, P), remainder(g * h, P), remainder(f * g, P), remainder(e * h, P)];
};
const times = (scalar: bigint, point: Point): Point => {
  let result = NEUTRAL;
  for (let [doubled, left] = [point, scalar]; left > 0n; left >>= 1n, doubled = add(doubled, doubled)) if (left & 1n) result = add(result, doubled);
  return result;
};
const isNeutral = ([x, y, z]: Point): boolean => x === 0n && y === z;
const eightTimes = (point: Point): Point => times(8n, point);

const littleEndian = (bytes: Uint8Array): bigint => BigInt(`0x${toHex(bytes.slice().reverse())}`);
/** The point of 32 bytes, or null: y at least p, no such point, or the negative of x = 0. */
const pointOf = (bytes: Uint8Array): Point | null => {
  const whole = littleEndian(bytes), odd = whole >> 255n, y = whole & ((1n << 255n) - 1n);
  if (y >= P) return null;
  const u = remainder(y * y - 1n, P), v = remainder(D * y * y + 1n, P);
  let x = u * power(v, 3n, P) % P * power(u * power(v, 7n, P) % P, (P - 5n) / 8n, P) % P;
  if (v * x % P * x % P !== u) x = x * ROOT % P;
  if (v * x % P * x % P !== u || (x === 0n && odd === 1n)) return null;
  if ((x & 1n) !== odd) x = P - x;
  return [x, y, 1n, x * y % P];
};
const BASE = pointOf(fromHex(`58${'66'.repeat(31)}`)!)!;

/**
 * Strict verification: canonical points, S below the order, a key that is not of small order, and the equation with the cofactor.
 * @param signature 64 bytes. @param key 32 bytes. False for anything else.
 */
export const verifyEd25519 = (signature: Uint8Array, message: Uint8Array, key: Uint8Array): boolean => {
  if (signature.length !== 64 || key.length !== 32) return false;
  const r = pointOf(signature.subarray(0, 32)), a = pointOf(key), s = littleEndian(signature.subarray(32));
  if (r === null || a === null || s >= ORDER || isNeutral(eightTimes(a))) return false;
  const k = littleEndian(sha512(signature.subarray(0, 32), key, message)) % ORDER;
  const left = times(s, BASE), right = add(r, times(k, a));
  const negative: Point = [P - right[0], right[1], right[2], P - right[3]];
  return isNeutral(eightTimes(add(left, negative)));
};

/** The public key of an Ed25519 seed of 32 bytes. */
export const ed25519PublicKey = (seed: Uint8Array): Uint8Array => {
  const half = sha512(seed).subarray(0, 32);
  half[0]! &= 248;
  half[31] = (half[31]! & 63) | 64;
  const [x, y, z] = times(littleEndian(half), BASE), over = inverse(z, P);
  half.fill(0);
  const whole = (y * over % P) | ((x * over % P & 1n) << 255n);
  return fromHex(whole.toString(16).padStart(64, '0'))!.reverse();
};

/** A NIST curve y² = x³ − 3x + b (FIPS 186-4, D.1.2): prime, order, generator, bytes of a coordinate. b is not needed to add points. */
interface Curve { readonly p: bigint; readonly n: bigint; readonly x: bigint; readonly y: bigint; readonly bytes: number }
export const CURVES = {
  p256: {
    p: 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n, n: 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n, bytes: 32,
    x: 0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296n, y: 0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5n,
  },
  p384: {
    p: 2n ** 384n - 2n ** 128n - 2n ** 96n + 2n ** 32n - 1n, n: 0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n, bytes: 48,
    x: 0xaa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b9859f741e082542a385502f25dbf55296c3a545e3872760ab7n, y: 0x3617de4a96262c6f5d9e98bf9292dc29f8f41dbd289a147ce9da3113b5f0b8c00a60b1ce1d7e819d7a431d7c90ea0e5fn,
  },
  p521: {
    p: 2n ** 521n - 1n, n: 0x1fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409n, bytes: 66,
    x: 0xc6858e06b70404e9cd9e3ecb662395b4429c648139053fb521f828af606b4d3dbaa14b5e77efe75928fe1dc127a2ffa8de3348b3c1856a429bf97e7e31c2e5bd66n,
    y: 0x11839296a789a3bc0045c8a5fb42c7d1bd998f54449579b446817afbd17273e662c97ee72995ef42640c550b9013fad0761353c7086a272c24088be94769fd16650n,
  },
} as const satisfies Record<string, Curve>;
export type CurveName = keyof typeof CURVES;

type Affine = readonly [bigint, bigint] | null;
const addAffine = (a: Affine, b: Affine, p: bigint): Affine => {
  if (a === null) return b;
  if (b === null) return a;
  if (a[0] === b[0] && remainder(a[1] + b[1], p) === 0n) return null;
  const slope = a[0] === b[0] ? (3n * a[0] * a[0] - 3n) * inverse(2n * a[1], p) : (b[1] - a[1]) * inverse(b[0] - a[0], p);
  const x = remainder(slope * slope - a[0] - b[0], p);
  return [x, remainder(slope * (a[0] - x) - a[1], p)];
};

/** The uncompressed point of a private scalar; null when the scalar is not from 1 to n − 1. */
export const ecPublicPoint = (name: CurveName, scalar: Uint8Array): Uint8Array | null => {
  const { p, n, x, y, bytes } = CURVES[name];
  let left = scalar.length === 0 ? 0n : BigInt(`0x${toHex(scalar)}`), doubled: Affine = [x, y], result: Affine = null;
  if (left === 0n || left >= n) return null;
  for (; left > 0n; left >>= 1n, doubled = addAffine(doubled, doubled, p)) if (left & 1n) result = addAffine(result, doubled, p);
  return result === null ? null : fromHex(`04${result.map((value) => value.toString(16).padStart(bytes * 2, '0')).join('')}`);
};
