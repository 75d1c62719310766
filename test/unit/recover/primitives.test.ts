/** The recovery page's own arithmetic, held against Node's crypto and published vectors. */
import { createCipheriv, createHash, createHmac, createPublicKey, generateKeyPairSync, hkdfSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import { crc32 as zlibCrc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BASE32, crc32, fromBase32, fromBase64, fromHex, same, toBase32, toHex, utf8 } from '../../../build/recover/bytes.ts';
import { CURVES, ecPublicPoint, ed25519PublicKey, verifyEd25519 } from '../../../build/recover/curves.ts';
import { combine, divide, multiply } from '../../../build/recover/gf256.ts';
import { openKey, pem } from '../../../build/recover/pkcs8.ts';
import { hkdf, hmac, sha256, sha512 } from '../../../build/recover/sha2.ts';
import { unwrap } from '../../../build/recover/unwrap.ts';

const bytes = (max: number) => fc.uint8Array({ maxLength: max });
const rawKey = (key: KeyObject): Uint8Array => Uint8Array.from(key.export({ format: 'der', type: 'spki' }).subarray(-32));

describe('digests', () => {
  it('are those of node:crypto for every length around the block sizes', () => {
    for (let length = 0; length < 260; length++) {
      const message = Uint8Array.from(randomBytes(length));
      expect(toHex(sha256(message))).toBe(createHash('sha256').update(message).digest('hex'));
      expect(toHex(sha512(message))).toBe(createHash('sha512').update(message).digest('hex'));
    }
  });
  it('HMAC and HKDF are those of node:crypto, for long keys too', () => {
    fc.assert(fc.property(bytes(140), bytes(70), bytes(40), (key, salt, info) => {
      expect(toHex(hmac(key, info))).toBe(createHmac('sha256', key).update(info).digest('hex'));
      expect(toHex(hkdf(key, salt, info))).toBe(Buffer.from(hkdfSync('sha256', key, salt, info, 32)).toString('hex'));
    }), { numRuns: 60 });
  });
  it('CRC-32 is that of zip', () => {
    fc.assert(fc.property(bytes(200), (message) => { expect(Buffer.from(crc32(message)).readUInt32BE()).toBe(zlibCrc32(message)); }));
  });
});

describe('base32', () => {
  it('reads what it writes, and one spelling only', () => {
    fc.assert(fc.property(bytes(60), (message) => {
      const text = toBase32(message);
      expect(fromBase32(text)).toEqual(message);
      if (text !== '') {
        const other = BASE32[BASE32.indexOf(text.at(-1)!) ^ 1]!, spoilt = fromBase32(text.slice(0, -1) + other);
        expect(spoilt === null || !same(spoilt, message)).toBe(true);
      }
      expect(fromBase32(`${text}0`)?.length === message.length).toBe((message.length * 8) % 5 !== 0 && toBase32(message).length * 5 - message.length * 8 >= 5);
    }));
    for (const wrong of ['I', 'abcd', 'U0', '0 0', '0', '01']) expect(fromBase32(wrong), wrong).toBeNull();
  });
  it('base64 and hex are read in one spelling only', () => {
    expect(fromBase64('AA==')).toEqual(Uint8Array.of(0));
    for (const wrong of ['AB==', 'AA', 'AA=', 'A A=', 'AA==\n']) expect(fromBase64(wrong), wrong).toBeNull();
    for (const wrong of ['0', 'AA', '0g']) expect(fromHex(wrong), wrong).toBeNull();
  });
});

describe('Ed25519', () => {
  it('accepts what node:crypto signs, and gives the same public keys', () => {
    for (let i = 0; i < 20; i++) {
      const { privateKey, publicKey } = generateKeyPairSync('ed25519'), message = randomBytes(i * 13), key = rawKey(publicKey);
      const signature = Uint8Array.from(sign(null, message, privateKey));
      expect(verifyEd25519(signature, message, key)).toBe(true);
      expect(toHex(ed25519PublicKey(Uint8Array.from(privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(-32))))).toBe(toHex(key));
      for (const at of [0, 31, 32, 63]) { const spoilt = signature.slice(); spoilt[at]! ^= 1; expect(verifyEd25519(spoilt, message, key), String(at)).toBe(false); }
      expect(verifyEd25519(signature, Buffer.concat([message, Buffer.of(0)]), key)).toBe(false);
    }
  });
  it('refuses S + L, a key of small order, points in another form, and lengths', () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519'), key = rawKey(publicKey), message = utf8('m');
    const signature = Uint8Array.from(sign(null, message, privateKey));
    const order = 2n ** 252n + 27742317777372353535851937790883648493n;
    const s = BigInt(`0x${toHex(signature.slice(32).reverse())}`) + order;
    const high = signature.slice();
    high.set(fromHex(s.toString(16).padStart(64, '0'))!.reverse(), 32);
    expect(verifyEd25519(high, message, key)).toBe(false);
    const identity = new Uint8Array(32);
    identity[0] = 1;
    const zeros = new Uint8Array(64);
    zeros[0] = 1;
    // R and A neutral and S = 0 fit the equation for every message.
    expect(verifyEd25519(zeros, message, identity)).toBe(false);
    const beyond = fromHex(`ee${'ff'.repeat(30)}7f`)!;
    expect(verifyEd25519(zeros, message, beyond)).toBe(false);
    for (const [sig, of] of [[signature.slice(1), key], [signature, key.slice(1)]] as const) expect(verifyEd25519(sig, message, of)).toBe(false);
  });
});

describe('public keys from private ones', () => {
  it.each([['p256', 'P-256'], ['p384', 'P-384'], ['p521', 'P-521']] as const)('%s, as node:crypto computes it', (name, namedCurve) => {
    for (let i = 0; i < 4; i++) {
      const { privateKey } = generateKeyPairSync('ec', { namedCurve }), der = privateKey.export({ format: 'der', type: 'pkcs8' });
      const opened = openKey(Uint8Array.from(Buffer.concat([der, Buffer.alloc(i)])));
      expect(toHex(opened!.spki)).toBe(createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).toString('hex'));
      expect(pem('PRIVATE KEY', opened!.pkcs8)).toBe(privateKey.export({ format: 'pem', type: 'pkcs8' }));
    }
    const { n, bytes: size } = CURVES[name];
    for (const scalar of [0n, n]) expect(ecPublicPoint(name, fromHex(scalar.toString(16).padStart(size * 2, '0'))!)).toBeNull();
  });
  it('RSA and Ed25519', () => {
    for (const { privateKey } of [generateKeyPairSync('rsa', { modulusLength: 2048 }), generateKeyPairSync('ed25519')]) {
      const opened = openKey(Uint8Array.from(privateKey.export({ format: 'der', type: 'pkcs8' })));
      expect(toHex(opened!.spki)).toBe(createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).toString('hex'));
    }
  });
  it('refuses eight zeros after the key, another byte there, a public key that is another, and what is no key', () => {
    const a = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'der', type: 'pkcs8' });
    expect(openKey(Uint8Array.from(Buffer.concat([a, Buffer.alloc(8)])))).toBeNull();
    expect(openKey(Uint8Array.from(Buffer.concat([a, Buffer.of(1)])))).toBeNull();
    const other = Uint8Array.from(a);
    other[other.length - 1]! ^= 1;
    expect(openKey(other)).toBeNull();
    for (const wrong of [new Uint8Array(0), Uint8Array.of(0x30), Uint8Array.of(0x30, 0x80), utf8('not a key')]) expect(openKey(wrong)).toBeNull();
  });
});

describe('GF(256)', () => {
  it('divides what it multiplies, and rebuilds a secret from any points of a polynomial', () => {
    for (let a = 0; a < 256; a += 5) for (let b = 1; b < 256; b++) expect(multiply(divide(a, b), b)).toBe(a);
    expect(() => divide(1, 0)).toThrow(RangeError);
    const secret = randomBytes(32), slope = randomBytes(32);
    const at = (x: number) => ({ x, y: Uint8Array.from(secret, (byte, i) => byte ^ multiply(slope[i]!, x)) });
    expect(toHex(combine([at(200), at(3)]))).toBe(secret.toString('hex'));
  });
});

/** RFC 5649, section 6, and RFC 3394's order of steps, by node's OpenSSL. */
const wrapped = (key: Uint8Array, plain: Uint8Array): Uint8Array => {
  const cipher = createCipheriv('id-aes256-wrap-pad', key, fromHex('a65959a6')!);
  return Uint8Array.from(Buffer.concat([cipher.update(plain), cipher.final()]));
};
const cbc = (key: Uint8Array, plain: Uint8Array): Uint8Array => {
  const iv = randomBytes(16), cipher = createCipheriv('aes-256-cbc', key, iv);
  return Uint8Array.from(Buffer.concat([iv, cipher.update(plain), cipher.final()]));
};
const KEY = Uint8Array.from({ length: 32 }, (_, i) => i);

describe('wrapped keys', () => {
  it('open in both forms for every length', () => {
    for (let length = 1; length < 140; length++) {
      const plain = Uint8Array.from(randomBytes(length));
      expect(unwrap(KEY, wrapped(KEY, plain), 'RFC5649')).toEqual(plain);
      expect(unwrap(KEY, cbc(KEY, plain), 'AES-256-CBC-PAD')).toEqual(plain);
    }
    const large = Uint8Array.from(randomBytes(2376));
    expect(unwrap(KEY, wrapped(KEY, large), 'RFC5649')).toEqual(large);
  });
  it('every one-bit change of an RFC 5649 blob, another key and the other form are refused', () => {
    const blob = wrapped(KEY, Uint8Array.from(randomBytes(70)));
    for (let bit = 0; bit < blob.length * 8; bit++) { const spoilt = blob.slice(); spoilt[bit >> 3]! ^= 1 << (bit & 7); expect(unwrap(KEY, spoilt, 'RFC5649'), String(bit)).toBeNull(); }
    expect(unwrap(KEY.map((byte) => byte ^ 1), blob, 'RFC5649')).toBeNull();
    for (const wrong of [blob.slice(1), blob.slice(8), new Uint8Array(8), new Uint8Array(0)]) expect(unwrap(KEY, wrong, 'RFC5649')).toBeNull();
    for (const wrong of [new Uint8Array(16), new Uint8Array(33), new Uint8Array(70_000)]) expect(unwrap(KEY, wrong, 'AES-256-CBC-PAD')).toBeNull();
  });
});
