import { createCipheriv, createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { publicKeyIn, trimPkcs8 } from '../../../electron/vault/backup/pkcs8.ts';
import { openRfc5649 } from '../../../electron/vault/backup/rfc5649.ts';
import { openBlob } from '../../../electron/vault/backup/strategies.ts';

const IV = Buffer.from('a65959a6', 'hex');
const wrap = (kek: Uint8Array, content: Uint8Array): Buffer => { const cipher = createCipheriv('id-aes256-wrap-pad', kek, IV); return Buffer.concat([cipher.update(content), cipher.final()]); };
const hex = (text: string): Buffer => Buffer.from(text, 'hex');

describe('opening RFC 5649', () => {
  it('opens the one-block form, where the content has at most 8 bytes', () => {
    const kek = randomBytes(32), blob = wrap(kek, Buffer.from('466f7250617369', 'hex'));
    expect(blob).toHaveLength(16);
    expect(openRfc5649(kek, blob)!.toString()).toBe('ForPasi');
  });
  it('opens what OpenSSL wraps, at every length', () => {
    fc.assert(fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), fc.uint8Array({ minLength: 1, maxLength: 200 }), (kek, content) => { expect(openRfc5649(kek, wrap(kek, content))).toEqual(Buffer.from(content)); }));
    const large = randomBytes(2376), kek = randomBytes(32);
    expect(openRfc5649(kek, wrap(kek, large))).toEqual(large);
  });
  it('refuses every single-bit change and another wrapping key', () => {
    const kek = randomBytes(32), blob = wrap(kek, randomBytes(41));
    for (let at = 0; at < blob.length; at++) for (let bit = 0; bit < 8; bit++) { const changed = Buffer.from(blob); changed[at]! ^= 1 << bit; expect(openRfc5649(kek, changed)).toBeNull(); }
    expect(openRfc5649(randomBytes(32), blob)).toBeNull();
  });
  it('refuses lengths that cannot be', () => {
    const kek = randomBytes(32);
    for (const length of [0, 8, 15, 17, 23, 65_544]) expect(openRfc5649(kek, Buffer.alloc(length))).toBeNull();
  });
  it('refuses plain RFC 3394, whose length is the same', () => {
    const kek = randomBytes(32), cipher = createCipheriv('id-aes256-wrap', kek, Buffer.alloc(8, 0xa6));
    expect(openRfc5649(kek, Buffer.concat([cipher.update(randomBytes(80)), cipher.final()]))).toBeNull();
  });
});

describe('opening AES-CBC', () => {
  const kek = randomBytes(32), iv = randomBytes(16);
  const cbc = (content: Buffer): Buffer => { const cipher = createCipheriv('aes-256-cbc', kek, iv); return Buffer.concat([iv, cipher.update(content), cipher.final()]); };
  it('opens IV and ciphertext with PKCS#7 padding', () => { const content = randomBytes(67); expect(openBlob('AES-256-CBC-PAD', kek, cbc(content))).toEqual(content); });
  it('gives nothing for other lengths', () => { for (const length of [0, 16, 31, 40]) expect(openBlob('AES-256-CBC-PAD', kek, Buffer.alloc(length))).toBeNull(); });
});

describe('PKCS#8 in a blob', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' });
  const pkcs8 = privateKey.export({ format: 'der', type: 'pkcs8' }), spki = publicKey.export({ format: 'der', type: 'spki' });
  it('gives the public key, with up to seven zero bytes after it', () => {
    for (let zeros = 0; zeros < 8; zeros++) expect(publicKeyIn(Buffer.concat([pkcs8, Buffer.alloc(zeros)]))).toEqual(spki);
  });
  it('refuses eight zeros, other bytes after it, and what is not a private key', () => {
    expect(trimPkcs8(Buffer.concat([pkcs8, Buffer.alloc(8)]))).toBeNull();
    expect(trimPkcs8(Buffer.concat([pkcs8, Buffer.from([0, 1])]))).toBeNull();
    for (const bytes of [Buffer.alloc(0), Buffer.from('3000', 'hex'), spki, Buffer.from('30ff', 'hex'), pkcs8.subarray(0, 20)]) expect(publicKeyIn(bytes)).toBeNull();
  });
});

describe('vector test/vectors/custody/wrapped-key.json', () => {
  interface Vector { source: string; wrappingKey: string; wrapped: string; sha256: string; content: string; pkcs8: string; publicKeySpki: string }
  const vector = JSON.parse(readFileSync(path.join(import.meta.dirname, '../../vectors/custody/wrapped-key.json'), 'utf8')) as Vector;
  it('opens to the key whose public half it names', () => {
    const content = openRfc5649(hex(vector.wrappingKey), hex(vector.wrapped))!;
    expect(content.toString('hex')).toBe(vector.content);
    expect(trimPkcs8(content)!.toString('hex')).toBe(vector.pkcs8);
    expect(publicKeyIn(content)!.toString('hex')).toBe(vector.publicKeySpki);
    expect(createHash('sha256').update(hex(vector.wrapped)).digest('hex')).toBe(vector.sha256);
  });
});
