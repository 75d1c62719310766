/**
 * SHA-256 and SHA-512 (FIPS 180-4), HMAC (RFC 2104) and HKDF (RFC 5869), without the browser's crypto: a page that is opened from a
 * file has it in some browsers and not in others. Slow and plain; what is hashed here is small.
 */
import { join, utf8, wipe } from './bytes.ts';

type Sum = readonly [bigint, bigint, bigint];
interface Kind { readonly word: bigint; readonly rounds: number; readonly big0: Sum; readonly big1: Sum; readonly small0: Sum; readonly small1: Sum }
const SHA256: Kind = { word: 32n, rounds: 64, big0: [2n, 13n, 22n], big1: [6n, 11n, 25n], small0: [7n, 18n, 3n], small1: [17n, 19n, 10n] };
const SHA512: Kind = { word: 64n, rounds: 80, big0: [28n, 34n, 39n], big1: [14n, 18n, 41n], small0: [1n, 8n, 7n], small1: [19n, 61n, 6n] };

const primes = (count: number): bigint[] => {
  const found: bigint[] = [];
  for (let n = 2n; found.length < count; n++) if (found.every((prime) => n % prime !== 0n)) found.push(n);
  return found;
};
/** The first 64 bits after the point of a prime's square or cube root: where all constants of SHA-2 come from. */
const fraction = (prime: bigint, power: bigint): bigint => {
  const goal = prime << (64n * power);
  let low = 0n, high = 1n << 80n;
  while (high - low > 1n) {
    const middle = (low + high) >> 1n;
    if (middle ** power <= goal) low = middle; else high = middle;
  }
  return low & ((1n << 64n) - 1n);
};
const FIRST_80 = primes(80);
const START = FIRST_80.slice(0, 8).map((prime) => fraction(prime, 2n)), ROUND = FIRST_80.map((prime) => fraction(prime, 3n));

/** Message, one bit, zeros, and the length in bits at the end of the last block. */
const padded = (message: Uint8Array, block: number): Uint8Array => {
  const tail = block / 8, out = new Uint8Array(Math.ceil((message.length + 1 + tail) / block) * block);
  out.set(message);
  out[message.length] = 0x80;
  new DataView(out.buffer).setBigUint64(out.length - 8, BigInt(message.length) * 8n);
  return out;
};

const sha2 = (message: Uint8Array, kind: Kind): Uint8Array => {
  const { word, rounds } = kind, mask = (1n << word) - 1n, bytes = Number(word) / 8, block = bytes * 16;
  const turn = (value: bigint, by: bigint): bigint => (value >> by) | ((value << (word - by)) & mask);
  const big = (value: bigint, [a, b, c]: Sum): bigint => turn(value, a) ^ turn(value, b) ^ turn(value, c);
  const small = (value: bigint, [a, b, c]: Sum): bigint => turn(value, a) ^ turn(value, b) ^ (value >> c);
  const input = padded(message, block), view = new DataView(input.buffer), shift = 64n - word;
  const state = START.map((value) => value >> shift), schedule = Array.from({ length: rounds }, () => 0n);
  for (let at = 0; at < input.length; at += block) {
    for (let t = 0; t < rounds; t++) {
      schedule[t] = t < 16
        ? (bytes === 4 ? BigInt(view.getUint32(at + t * 4)) : view.getBigUint64(at + t * 8))
        : (small(schedule[t - 2]!, kind.small1) + schedule[t - 7]! + small(schedule[t - 15]!, kind.small0) + schedule[t - 16]!) & mask;
    }
    let [a, b, c, d, e, f, g, h] = state as [bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint];
    for (let t = 0; t < rounds; t++) {
      const one = h + big(e, kind.big1) + ((e & f) ^ (~e & mask & g)) + (ROUND[t]! >> shift) + schedule[t]!;
      const two = big(a, kind.big0) + ((a & b) ^ (a & c) ^ (b & c));
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) & mask, c, b, a, (one + two) & mask];
    }
    for (const [i, value] of [a, b, c, d, e, f, g, h].entries()) state[i] = (state[i]! + value) & mask;
  }
  wipe(input);
  const out = new Uint8Array(8 * bytes), written = new DataView(out.buffer);
  for (const [i, value] of state.entries()) if (bytes === 4) written.setUint32(i * 4, Number(value)); else written.setBigUint64(i * 8, value);
  return out;
};

export const sha256 = (...parts: readonly Uint8Array[]): Uint8Array => { const whole = join(...parts); try { return sha2(whole, SHA256); } finally { wipe(whole); } };
export const sha512 = (...parts: readonly Uint8Array[]): Uint8Array => { const whole = join(...parts); try { return sha2(whole, SHA512); } finally { wipe(whole); } };

/** SHA-256 over a label, a zero byte and the parts: the form of every digest of a share set. */
export const labelledDigest = (label: string, ...parts: readonly Uint8Array[]): Uint8Array => sha256(utf8(label), Uint8Array.of(0), ...parts);

/** HMAC-SHA-256. */
export const hmac = (key: Uint8Array, message: Uint8Array): Uint8Array => {
  const block = new Uint8Array(64), short = key.length > 64 ? sha256(key) : key;
  block.set(short);
  const inner = block.map((byte) => byte ^ 0x36), outer = block.map((byte) => byte ^ 0x5c), middle = sha256(inner, message);
  try { return sha256(outer, middle); } finally { wipe(block, inner, outer, middle); }
};

/** HKDF-SHA-256 with an output of 32 bytes: one block, so that expanding is one HMAC. */
export const hkdf = (input: Uint8Array, salt: Uint8Array, info: Uint8Array): Uint8Array => {
  const key = hmac(salt, input), message = join(info, Uint8Array.of(1));
  try { return hmac(key, message); } finally { wipe(key, message); }
};
