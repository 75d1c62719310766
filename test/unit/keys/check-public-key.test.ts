/** Each check of a public key passes a sound key and names a key that is made to fail it. */
import { generateKeyPairSync } from 'node:crypto';
import { ed25519 } from '@noble/curves/ed25519.js';
import { describe, expect, it } from 'vitest';
import type { KeyProfile } from '../../../shared/ceremony/plan-schema.ts';
import { checkPublicKey, hasCloseFactors, hasRocaFingerprint, hasSmallFactor } from '../../../shared/keys/check-public-key.ts';
import { encodeSpki, parseSpki } from '../../../shared/keys/spki.ts';
import { OID } from '../../../shared/x509/oids.ts';

const failed = (spki: Uint8Array, profile: KeyProfile): readonly string[] => checkPublicKey(spki, profile).filter(({ ok }) => !ok).map(({ name }) => name);
const spkiOf = (pair: { publicKey: import('node:crypto').KeyObject }): Buffer => pair.publicKey.export({ type: 'spki', format: 'der' });
const bytesOf = (number: bigint): Uint8Array => { const hex = number.toString(16); return Uint8Array.from(Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex')); };
const numberOf = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).toString('hex')}`);

const rsaSpki = spkiOf(generateKeyPairSync('rsa', { modulusLength: 3072 }));
const rsaParts = parseSpki(rsaSpki);
if (rsaParts?.kind !== 'rsa') throw new Error('not RSA');
const modulus = numberOf(rsaParts.modulus);
const rsa = (n: bigint, exponent = Uint8Array.of(1, 0, 1)): Uint8Array => encodeSpki({ kind: 'rsa', modulus: bytesOf(n), exponent });

describe('RSA', () => {
  it('passes a sound key, and fails a key of another size, kind or exponent', () => {
    expect(failed(rsaSpki, 'rsa-3072')).toEqual([]);
    expect(failed(rsaSpki, 'rsa-4096')).toEqual(['rsa-modulus-size']);
    expect(failed(rsaSpki, 'ec-p256')).toEqual(['spki-profile']);
    expect(failed(rsa(modulus, Uint8Array.of(3)), 'rsa-3072')).toEqual(['rsa-exponent-65537']);
    expect(failed(rsa(modulus >> 1n), 'rsa-3072')).toContain('rsa-modulus-size');
  });

  it('fails an even modulus and one with a small factor', () => {
    expect(failed(rsa(modulus - 1n), 'rsa-3072')).toContain('rsa-modulus-odd');
    const withFactor = modulus - (modulus % 65_521n);
    expect(failed(rsa(withFactor % 2n === 0n ? withFactor + 65_521n : withFactor), 'rsa-3072')).toEqual(['rsa-no-small-factor']);
    expect(hasSmallFactor(65_537n * 65_539n)).toBe(false);
    expect(hasSmallFactor(3n * 65_539n)).toBe(true);
  });

  it('fails factors that are close together, also the same one twice', () => {
    // 2^521 − 1 and 2^607 − 1 are primes, far apart; neighbours of 2^300 are not.
    expect(hasCloseFactors((2n ** 521n - 1n) * (2n ** 607n - 1n))).toBe(false);
    expect(hasCloseFactors((2n ** 300n + 157n) * (2n ** 300n + 985n))).toBe(true);
    expect(hasCloseFactors((2n ** 521n - 1n) ** 2n)).toBe(true);
    expect(hasCloseFactors(modulus)).toBe(false);
  });

  it('fails the fingerprint of CVE-2017-15361, made from its own formula', () => {
    const primes: bigint[] = [];
    for (let n = 2n; primes.length < 39; n++) if (primes.every((prime) => n % prime !== 0n)) primes.push(n); // M of 512-bit keys: the first 39 primes
    const m = primes.reduce((product, prime) => product * prime, 1n);
    let power = 1n;
    for (let i = 0; i < 1234; i++) power = (power * 65_537n) % m;
    const weak = (2n ** 40n * m + power) * ((2n ** 41n + 5n) * m + ((power * power) % m));
    expect(hasRocaFingerprint(weak)).toBe(true);
    expect(hasRocaFingerprint(weak + 2n)).toBe(false);
    expect(hasRocaFingerprint(modulus)).toBe(false);
  });
});

describe('elliptic curves', () => {
  const spki = spkiOf(generateKeyPairSync('ec', { namedCurve: 'P-384' }));
  const parts = parseSpki(spki);
  if (parts?.kind !== 'ec') throw new Error('not EC');
  const ec = (point: Uint8Array, curveOid: string = OID.p384): Uint8Array => encodeSpki({ kind: 'ec', curveOid, point });

  it('passes a sound key, and fails another curve, a point off the curve, a compressed point and infinity', () => {
    expect(failed(spki, 'ec-p384')).toEqual([]);
    expect(failed(spki, 'ec-p256')).toEqual(['ec-named-curve', 'ec-point-uncompressed', 'ec-point-on-curve']);
    const off = Uint8Array.from(parts.point);
    off[off.length - 1]! ^= 1;
    expect(failed(ec(off), 'ec-p384')).toEqual(['ec-point-on-curve']);
    expect(failed(ec(Uint8Array.of(2, ...parts.point.slice(1, 49))), 'ec-p384')).toContain('ec-point-uncompressed');
    expect(failed(ec(Uint8Array.of(0)), 'ec-p384')).toEqual(['ec-point-uncompressed', 'ec-point-on-curve']);
    const outOfRange = Uint8Array.of(4, ...new Uint8Array(96).fill(0xff));
    expect(failed(ec(outOfRange), 'ec-p384')).toEqual(['ec-point-on-curve']);
  });

  it('passes P-521, whose coordinates have 66 bytes', () => {
    expect(failed(spkiOf(generateKeyPairSync('ec', { namedCurve: 'P-521' })), 'ec-p521')).toEqual([]);
  });
});

describe('Ed25519', () => {
  const ed = (hex: string): Uint8Array => encodeSpki({ kind: 'ed25519', point: Uint8Array.from(Buffer.from(hex, 'hex')) });

  it('passes a sound key, and fails small orders, mixed order and bytes that are no point', () => {
    expect(failed(spkiOf(generateKeyPairSync('ed25519')), 'ed25519')).toEqual([]);
    // RFC 8032: the neutral element (0, 1) and the point of order 4 (√−1, 0).
    expect(failed(ed(`01${'00'.repeat(31)}`), 'ed25519')).toContain('ed25519-not-small-order');
    expect(failed(ed('00'.repeat(32)), 'ed25519')).toContain('ed25519-not-small-order');
    const mixed = ed25519.Point.BASE.add(ed25519.Point.fromBytes(new Uint8Array(32)));
    expect(failed(encodeSpki({ kind: 'ed25519', point: mixed.toBytes() }), 'ed25519')).toEqual(['ed25519-prime-order']);
    // y = 2 gives no square.
    expect(failed(ed(`02${'00'.repeat(31)}`), 'ed25519')).toContain('ed25519-point');
    expect(failed(ed('ab'.repeat(31)), 'ed25519')).toContain('ed25519-point');
  });
});
