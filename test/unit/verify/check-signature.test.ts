import { constants, generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { nodePorts } from '../../../electron/verify/node-ports.ts';
import { concatBytes, utf8 } from '../../../shared/bytes.ts';
import type { CredentialAlgorithm } from '../../../shared/ceremony/plan-schema.ts';
import { CREDENTIAL_ALGORITHMS } from '../../../shared/ceremony/plan-schema.ts';
import { purePorts } from '../../../shared/verify/pure-ports.ts';
import { signWith } from '../../support/folder-signers.ts';
import { spkiOf } from '../../support/sample-people.ts';

const message = utf8('DSSEv1 what is signed');
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const KEYS = {
  Ed25519: generateKeyPairSync('ed25519').privateKey,
  'ECDSA-P256-SHA256': generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey,
  'ECDSA-P384-SHA384': generateKeyPairSync('ec', { namedCurve: 'secp384r1' }).privateKey,
  'RSASSA-PSS-SHA256': rsa, 'RSASSA-PSS-SHA384': rsa,
} satisfies Record<CredentialAlgorithm, unknown>;

describe.each([['node:crypto', nodePorts], ['the verifier alone', purePorts]] as const)('by %s', (_, { checkSignature, checkKeySignature }) => {
  describe.each(CREDENTIAL_ALGORITHMS)('%s', (algorithm) => {
    const spki = spkiOf(KEYS[algorithm]);
    const signature = signWith(algorithm, KEYS[algorithm], message);
    test('accepts its own signature', () => { expect(checkSignature(algorithm, spki, message, signature)).toBe(true); });
    test('refuses another message, one changed bit, bytes added and bytes cut', () => {
      expect(checkSignature(algorithm, spki, utf8('another'), signature)).toBe(false);
      expect(checkSignature(algorithm, spki, message, signature.map((byte, at) => (at === signature.length - 1 ? byte ^ 1 : byte)))).toBe(false);
      expect(checkSignature(algorithm, spki, message, concatBytes(signature, Uint8Array.of(0)))).toBe(false);
      expect(checkSignature(algorithm, spki, message, signature.subarray(1))).toBe(false);
      expect(checkSignature(algorithm, spki, message, new Uint8Array())).toBe(false);
    });
    test('refuses the signature under every other algorithm', () => {
      for (const other of CREDENTIAL_ALGORITHMS) if (other !== algorithm) expect(checkSignature(other, spki, message, signature)).toBe(false);
    });
    test('refuses bytes that are no key', () => { expect(checkSignature(algorithm, spki.subarray(2), message, signature)).toBe(false); });
  });

  test('refuses RSA-PSS with another salt length, and PKCS #1 v1.5', () => {
    const pss = (saltLength: number): Uint8Array => new Uint8Array(sign('sha256', message, { key: rsa, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength }));
    expect(checkSignature('RSASSA-PSS-SHA256', spkiOf(rsa), message, pss(32))).toBe(true);
    for (const salt of [0, 20, 64]) expect(checkSignature('RSASSA-PSS-SHA256', spkiOf(rsa), message, pss(salt))).toBe(false);
    expect(checkSignature('RSASSA-PSS-SHA256', spkiOf(rsa), message, new Uint8Array(sign('sha256', message, rsa)))).toBe(false);
  });
  test('refuses an RSA signature without the zero byte that it begins with, with either padding', () => {
    const beginsWithZero = (make: (round: number) => readonly [Uint8Array, Uint8Array]): readonly [Uint8Array, Uint8Array] => {
      for (let round = 0; ; round++) { const made = make(round); if (made[1][0] === 0) return made; }
    };
    const [pssMessage, pss] = beginsWithZero(() => [message, signWith('RSASSA-PSS-SHA256', rsa, message)]);
    expect(checkSignature('RSASSA-PSS-SHA256', spkiOf(rsa), pssMessage, pss)).toBe(true);
    expect(checkSignature('RSASSA-PSS-SHA256', spkiOf(rsa), pssMessage, pss.subarray(1))).toBe(false);
    const [text, pkcs1] = beginsWithZero((round) => [utf8(`round ${round}`), new Uint8Array(sign('sha384', utf8(`round ${round}`), rsa))]);
    expect(checkKeySignature('rsa-3072', spkiOf(rsa), text, pkcs1)).toBe(true);
    expect(checkKeySignature('rsa-3072', spkiOf(rsa), text, pkcs1.subarray(1))).toBe(false);
  });
  test('refuses an RSA key of 1024 bits', () => {
    const weak = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey;
    expect(checkSignature('RSASSA-PSS-SHA256', spkiOf(weak), message, signWith('RSASSA-PSS-SHA256', weak, message))).toBe(false);
  });
  test('refuses ECDSA as r ‖ s, and a signature with another hash', () => {
    const key = KEYS['ECDSA-P256-SHA256'];
    expect(checkSignature('ECDSA-P256-SHA256', spkiOf(key), message, new Uint8Array(sign('sha256', message, { key, dsaEncoding: 'ieee-p1363' })))).toBe(false);
    expect(checkSignature('ECDSA-P256-SHA256', spkiOf(key), message, new Uint8Array(sign('sha384', message, key)))).toBe(false);
  });
  test('the key profile decides the hash and the padding of the ceremony key', () => {
    const p384 = KEYS['ECDSA-P384-SHA384'];
    expect(checkKeySignature('ec-p384', spkiOf(p384), message, new Uint8Array(sign('sha384', message, p384)))).toBe(true);
    expect(checkKeySignature('ec-p384', spkiOf(p384), message, new Uint8Array(sign('sha256', message, p384)))).toBe(false);
    expect(checkKeySignature('ec-p256', spkiOf(p384), message, new Uint8Array(sign('sha256', message, p384)))).toBe(false);
    expect(checkKeySignature('rsa-3072', spkiOf(rsa), message, new Uint8Array(sign('sha384', message, rsa)))).toBe(true);
    expect(checkKeySignature('rsa-4096', spkiOf(rsa), message, new Uint8Array(sign('sha384', message, rsa)))).toBe(false);
  });
  test('RSA whose modulus has one bit more than whole bytes', () => {
    const odd = generateKeyPairSync('rsa', { modulusLength: 2049 }).privateKey;
    for (const algorithm of ['RSASSA-PSS-SHA256', 'RSASSA-PSS-SHA384'] as const) {
      const signature = signWith(algorithm, odd, message);
      expect(checkSignature(algorithm, spkiOf(odd), message, signature)).toBe(true);
      expect(checkSignature(algorithm, spkiOf(odd), message, signature.map((byte, at) => (at === 100 ? byte ^ 1 : byte)))).toBe(false);
    }
  });
  test('the P-521 key signs with SHA-512, the Ed25519 key without another hash', () => {
    const p521 = generateKeyPairSync('ec', { namedCurve: 'secp521r1' }).privateKey;
    for (let round = 0; round < 8; round++) expect(checkKeySignature('ec-p521', spkiOf(p521), message, new Uint8Array(sign('sha512', message, p521)))).toBe(true);
    expect(checkKeySignature('ec-p521', spkiOf(p521), message, new Uint8Array(sign('sha384', message, p521)))).toBe(false);
    expect(checkKeySignature('ed25519', spkiOf(KEYS.Ed25519), message, new Uint8Array(sign(null, message, KEYS.Ed25519)))).toBe(true);
  });
});
