/** RSA signatures, verified with whole numbers: PKCS #1 v1.5 and PSS (RFC 8017, sections 8.1.2, 8.2.2, 9). Public values only; not constant in time. */
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { concatBytes, equalBytes, fromHex, toHex } from '../bytes.ts';
import type { HashName } from '../keys/profiles.ts';
import { derNull, objectIdentifier, octetString, sequence } from '../x509/der.ts';

export interface RsaKey { readonly modulus: Uint8Array; readonly exponent: Uint8Array }
const HASHES = { sha256, sha384, sha512 } as const;
const HASH_OIDS: Readonly<Record<HashName, string>> = { sha256: '2.16.840.1.101.3.4.2.1', sha384: '2.16.840.1.101.3.4.2.2', sha512: '2.16.840.1.101.3.4.2.3' };
const MIN_BITS = 2048, MAX_BITS = 16_384, MAX_EXPONENT_BYTES = 8;

const toNumber = (bytes: Uint8Array): bigint => BigInt(`0x0${toHex(bytes)}`);
const toBytes = (value: bigint, length: number): Uint8Array | null => {
  const hex = value.toString(16).padStart(length * 2, '0');
  return hex.length > length * 2 ? null : fromHex(hex);
};
const power = (base: bigint, exponent: bigint, modulus: bigint): bigint => {
  let result = 1n;
  for (let square = base % modulus, left = exponent; left > 0n; left >>= 1n, square = (square * square) % modulus) if ((left & 1n) === 1n) result = (result * square) % modulus;
  return result;
};

/** The encoded message in `length` bytes; null when key or signature are out of range. */
const open = ({ modulus, exponent }: RsaKey, signature: Uint8Array, length: number): Uint8Array | null => {
  const n = toNumber(modulus), s = toNumber(signature);
  return signature.length !== modulus.length || s >= n || exponent.length > MAX_EXPONENT_BYTES ? null : toBytes(power(s, toNumber(exponent), n), length);
};
const bitsOf = ({ modulus }: RsaKey): number => toNumber(modulus).toString(2).length;
const isOfSize = (bits: number): boolean => bits >= MIN_BITS && bits <= MAX_BITS;

export const verifyPkcs1 = (key: RsaKey, hash: HashName, message: Uint8Array, signature: Uint8Array): boolean => {
  const length = key.modulus.length;
  const encoded = isOfSize(bitsOf(key)) ? open(key, signature, length) : null;
  const info = sequence(sequence(objectIdentifier(HASH_OIDS[hash]), derNull()), octetString(HASHES[hash](message)));
  return encoded !== null && equalBytes(encoded, concatBytes(Uint8Array.of(0, 1), new Uint8Array(length - info.length - 3).fill(0xff), Uint8Array.of(0), info));
};

const mgf1 = (hash: HashName, seed: Uint8Array, length: number): Uint8Array => {
  const parts: Uint8Array[] = [];
  for (let counter = 0, made = 0; made < length; counter++, made += parts[0]!.length) parts.push(HASHES[hash](concatBytes(seed, Uint8Array.of(counter >>> 24, counter >>> 16, counter >>> 8, counter))));
  return concatBytes(...parts).subarray(0, length);
};

/** MGF1 with the same hash, and a salt as long as the hash. */
export const verifyPss = (key: RsaKey, hash: HashName, message: Uint8Array, signature: Uint8Array): boolean => {
  const bits = bitsOf(key) - 1, length = Math.ceil(bits / 8), digest = HASHES[hash](message), size = digest.length;
  const encoded = isOfSize(bits + 1) ? open(key, signature, length) : null;
  if (encoded === null || encoded[length - 1] !== 0xbc) return false;
  const masked = encoded.subarray(0, length - size - 1), h = encoded.subarray(length - size - 1, -1), spare = 8 * length - bits;
  if (masked[0]! >> (8 - spare) !== 0) return false;
  const mask = mgf1(hash, h, masked.length), block = masked.map((byte, at) => byte ^ mask[at]!);
  block[0]! &= 0xff >> spare;
  const zeros = block.length - size - 1;
  if (zeros < 0 || block[zeros] !== 1 || block.subarray(0, zeros).some((byte) => byte !== 0)) return false;
  return equalBytes(h, HASHES[hash](concatBytes(new Uint8Array(8), digest, block.subarray(zeros + 1))));
};
