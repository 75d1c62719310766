/**
 * Checks of a public key just made, each with a name that goes on the record. They find a broken generator, a wrong size and the
 * known families of weak keys; they cannot show that the private key is unpredictable.
 */
import { ed25519 } from '@noble/curves/ed25519.js';
import { p256, p384, p521 } from '@noble/curves/nist.js';
import { equalBytes, toHex } from '../bytes.ts';
import type { KeyProfile } from '../ceremony/plan-schema.ts';
import { PROFILES, PUBLIC_EXPONENT, type EcProfile, type RsaProfile } from './profiles.ts';
import { parseSpki, type PublicKeyParts } from './spki.ts';

export interface KeyCheck { readonly name: string; readonly ok: boolean }
type Rsa = Extract<PublicKeyParts, { kind: 'rsa' }>;
type Ec = Extract<PublicKeyParts, { kind: 'ec' }>;
type Ed = Extract<PublicKeyParts, { kind: 'ed25519' }>;

const toBigInt = (bytes: Uint8Array): bigint => BigInt(`0x0${toHex(bytes)}`);

/** Odd primes up to `limit`, by sieve. */
const oddPrimes = (limit: number): readonly number[] => {
  const composite = new Uint8Array(limit + 1);
  const primes: number[] = [];
  for (let n = 3; n <= limit; n += 2) {
    if (composite[n] === 1) continue;
    primes.push(n);
    for (let m = n * n; m <= limit; m += 2 * n) composite[m] = 1;
  }
  return primes;
};

const SMALL_FACTOR_LIMIT = 65_535;
export const hasSmallFactor = (modulus: bigint): boolean => oddPrimes(SMALL_FACTOR_LIMIT).some((prime) => modulus % BigInt(prime) === 0n);

const integerSqrt = (value: bigint): bigint => {
  let root = 1n << BigInt((value.toString(2).length + 1) >> 1);
  for (;;) {
    const next = (root + value / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
};

const FERMAT_ROUNDS = 100;
/** Fermat's method: finds the factors when they are close together (a generator that takes the next prime twice). */
export const hasCloseFactors = (modulus: bigint): boolean => {
  let a = integerSqrt(modulus);
  if (a * a < modulus) a += 1n;
  for (let round = 0; round < FERMAT_ROUNDS; round++, a += 1n) {
    const rest = a * a - modulus;
    const root = integerSqrt(rest === 0n ? 1n : rest);
    if (rest === 0n || root * root === rest) return true;
  }
  return false;
};

/**
 * The primes whose product is the modulus M of the generator behind CVE-2017-15361 ("The Return of Coppersmith's Attack", Nemec,
 * Sys, Svenda, Klinec, Matyas, CCS 2017): all primes up to 167 divide M for every key size.
 */
const ROCA_LIMIT = 167;
/** Primes of such keys are k·M + 65537^a mod M, so the modulus is a power of 65537 modulo every small prime. By chance: less than 2^-27. */
export const hasRocaFingerprint = (modulus: bigint): boolean =>
  oddPrimes(ROCA_LIMIT).every((prime) => {
    const residue = Number(modulus % BigInt(prime));
    for (let power = 1, i = 0; i < prime; i++, power = (power * (65_537 % prime)) % prime) if (power === residue) return true;
    return false;
  });

const rsaChecks = (key: Rsa, profile: RsaProfile): readonly KeyCheck[] => {
  const modulus = toBigInt(key.modulus);
  return [
    { name: 'rsa-modulus-size', ok: modulus.toString(2).length === profile.modulusBits },
    { name: 'rsa-exponent-65537', ok: equalBytes(key.exponent, PUBLIC_EXPONENT) },
    { name: 'rsa-modulus-odd', ok: (modulus & 1n) === 1n },
    { name: 'rsa-no-small-factor', ok: !hasSmallFactor(modulus) },
    { name: 'rsa-factors-not-close', ok: !hasCloseFactors(modulus) },
    { name: 'rsa-not-roca', ok: !hasRocaFingerprint(modulus) },
  ];
};

const CURVES = { p256, p384, p521 } as const;

/** Curve equation and range of both coordinates; the point at infinity has no such encoding. */
const isOnCurve = (point: Uint8Array, profile: EcProfile): boolean => {
  try { CURVES[profile.curve].Point.fromBytes(point).assertValidity(); return true; } catch { return false; }
};

const ecChecks = (key: Ec, profile: EcProfile): readonly KeyCheck[] => [
  { name: 'ec-named-curve', ok: key.curveOid === profile.curveOid },
  { name: 'ec-point-uncompressed', ok: key.point.length === 1 + 2 * profile.fieldBytes && key.point[0] === 4 },
  { name: 'ec-point-on-curve', ok: isOnCurve(key.point, profile) },
];

const edPoint = (bytes: Uint8Array): InstanceType<typeof ed25519.Point> | null => {
  try { const point = ed25519.Point.fromBytes(bytes); point.assertValidity(); return point; } catch { return null; }
};

const edChecks = (key: Ed): readonly KeyCheck[] => {
  const point = key.point.length === 32 ? edPoint(key.point) : null;
  return [
    { name: 'ed25519-point', ok: point !== null },
    { name: 'ed25519-not-small-order', ok: point !== null && !point.isSmallOrder() },
    { name: 'ed25519-prime-order', ok: point?.isTorsionFree() ?? false },
  ];
};

/**
 * All checks of the profile, passed or not. A key of another kind, or bytes that are not a canonical SubjectPublicKeyInfo, fail
 * `spki-profile` and nothing else is looked at.
 */
export const checkPublicKey = (spki: Uint8Array, profile: KeyProfile): readonly KeyCheck[] => {
  const facts = PROFILES[profile];
  const key = parseSpki(spki);
  const head = (ok: boolean): KeyCheck => ({ name: 'spki-profile', ok });
  if (key?.kind === 'rsa' && facts.kind === 'rsa') return [head(true), ...rsaChecks(key, facts)];
  if (key?.kind === 'ec' && facts.kind === 'ec') return [head(true), ...ecChecks(key, facts)];
  if (key?.kind === 'ed25519' && facts.kind === 'ed25519') return [head(true), ...edChecks(key)];
  return [head(false)];
};
