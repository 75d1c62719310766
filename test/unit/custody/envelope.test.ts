import { createPublicKey, verify } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utf8 } from '../../../shared/bytes.ts';
import { crc32 } from '../../../shared/custody/crc32.ts';
import { decodeShare, encodeShare, shareBody, type Share } from '../../../shared/custody/envelope.ts';
import { parseQrText, qrText } from '../../../shared/custody/qr-text.ts';
import { fixedSet } from '../../support/custody-sets.ts';

const set = fixedSet({ seed: 1 });
const withCrc = (bytes: Uint8Array): Uint8Array => { const out = bytes.slice(); out.set(crc32(out.subarray(0, -4)), out.length - 4); return out; };
const signed = (changes: Partial<Share>): Share => ({ ...set.fields[0]!, ...changes });
/** Any body bytes, signed by the set key and with a right CRC: only the field checks are left to refuse it. */
const signedBody = (change: (body: Uint8Array) => Uint8Array): Uint8Array => {
  const body = change(shareBody(set.fields[0]!));
  const sig = set.sign(Buffer.concat([utf8('KCS1/share\0'), body]));
  return withCrc(Uint8Array.from(Buffer.concat([body, sig, Buffer.alloc(4)])));
};

const shareArb = fc.record({
  drill: fc.boolean(), shares: fc.integer({ min: 2, max: 255 }), threshold: fc.integer({ min: 2, max: 255 }), number: fc.integer({ min: 1, max: 255 }), x: fc.integer({ min: 1, max: 255 }),
  epoch: fc.integer({ min: 1, max: 65535 }), issuedMinutes: fc.nat(0xffffffff), reviewMonths: fc.nat(65535), kekCheck: fc.uint8Array({ minLength: 16, maxLength: 16 }), y: fc.uint8Array({ minLength: 32, maxLength: 32 }),
  name: fc.constantFrom('A', 'Ana Ilić', 'Bob Ng', '王小明', 'x'.repeat(24)),
}).map((fields): Share => ({ ...fields, threshold: Math.min(fields.threshold, fields.shares), number: Math.min(fields.number, fields.shares), setId: set.fields[0]!.setId }));

describe('share envelope', () => {
  it('decode undoes encode', () => {
    fc.assert(fc.property(shareArb, (share) => { expect(decodeShare(encodeShare(share, set.sign))).toEqual({ ok: true, share }); }), { numRuns: 40 });
  });
  it('has the layout of the format, read by offsets alone, and a signature node:crypto accepts', () => {
    const bytes = Buffer.from(set.shares[1]!), share = set.fields[1]!;
    expect(bytes.length).toBe(163 + Buffer.byteLength('Bob Ng'));
    expect([...bytes.subarray(0, 6)]).toEqual([1, 0x10, 3, 5, 2, share.x]);
    expect(bytes.readUInt16BE(6)).toBe(1);
    expect(Date.UTC(2020, 0, 1) + bytes.readUInt32BE(8) * 60_000).toBe(Date.UTC(2026, 10, 24, 9, 30));
    expect(bytes.readUInt16BE(12)).toBe(106);
    expect(bytes.subarray(62, 94)).toEqual(Buffer.from(share.y));
    expect(bytes.subarray(95, 95 + bytes[94]!).toString()).toBe('Bob Ng');
    const body = bytes.subarray(0, -68), message = Buffer.concat([Buffer.from('KCS1/share\0'), body]);
    expect(verify(null, message, createPublicKey(set.key), bytes.subarray(-68, -4))).toBe(true);
    expect(createPublicKey(set.key).export({ format: 'der', type: 'spki' }).subarray(-32)).toEqual(bytes.subarray(14, 46));
  });
  it('sets bit 0 of the suite for a drill and nothing else', () => {
    const drill = fixedSet({ seed: 1, drill: true }).shares[0]!;
    expect(drill[1]).toBe(0x11);
    expect(decodeShare(drill)).toMatchObject({ ok: true, share: { drill: true } });
  });
  it('finds every single-bit change (damaged), whatever the byte', () => {
    const share = set.shares[0]!;
    for (let at = 0; at < share.length; at++) for (let bit = 0; bit < 8; bit++) {
      const changed = share.slice(); changed[at]! ^= 1 << bit;
      expect(decodeShare(changed)).toMatchObject({ ok: false, fault: 'damaged' });
    }
  });
  it('finds every single-byte change whose CRC was repaired, and never calls it damaged', () => {
    const share = set.shares[0]!;
    for (let at = 0; at < share.length - 4; at++) {
      const changed = share.slice(); changed[at]! ^= 1 + (at % 255);
      const read = decodeShare(withCrc(changed));
      expect(read.ok, `byte ${at}`).toBe(false);
      if (!read.ok) expect(read.fault).not.toBe('damaged');
    }
  });
  it('finds truncation and surplus bytes', () => {
    const share = set.shares[0]!;
    for (let length = 0; length < share.length; length++) expect(decodeShare(share.slice(0, length)).ok).toBe(false);
    expect(decodeShare(Uint8Array.from([...share, 0])).ok).toBe(false);
    expect(decodeShare(withCrc(Uint8Array.from([...share, 0])))).toMatchObject({ ok: false, fault: 'illegal', field: 'length' });
  });
  it.each<[string, number, number]>([['x', 5, 0], ['threshold', 2, 1], ['threshold', 2, 6], ['number', 4, 0], ['number', 4, 6], ['shares', 3, 1]])('refuses an illegal %s (byte %i = %i) even when the set key signed it', (field, at, value) => {
    expect(decodeShare(signedBody((body) => { body[at] = value; return body; }))).toMatchObject({ ok: false, fault: 'illegal', field });
  });
  it('refuses names that are not NFC, have control characters or outer spaces, or are not UTF-8', () => {
    for (const name of ['e\u0301va', ' Ana', 'A\u0007', 'A\u202eB']) {
      const raw = utf8(name);
      expect(decodeShare(signedBody((body) => Uint8Array.from([...body.subarray(0, 94), raw.length, ...raw]))), name).toMatchObject({ ok: false, fault: 'illegal', field: 'name' });
    }
    expect(decodeShare(signedBody((body) => Uint8Array.from([...body.subarray(0, 94), 1, 0xff])))).toMatchObject({ ok: false, fault: 'illegal', field: 'name' });
  });
  it('tells an unknown version and suite, and names them', () => {
    expect(decodeShare(withCrc(Uint8Array.from([2, ...set.shares[0]!.subarray(1)])))).toMatchObject({ ok: false, fault: 'version', field: '2.10' });
    expect(decodeShare(withCrc(Uint8Array.from([1, 0x12, ...set.shares[0]!.subarray(2)])))).toMatchObject({ ok: false, fault: 'version', field: '1.12' });
  });
  it('gives copies: wiping what was read leaves the share as it was, also in a Buffer', () => {
    const bytes = Buffer.from(set.shares[0]!), read = decodeShare(bytes);
    if (read.ok) for (const part of [read.share.y, read.share.setId, read.share.kekCheck]) part.fill(0);
    expect(bytes).toEqual(Buffer.from(set.shares[0]!));
  });
  it('cannot encode an illegal share', () => {
    for (const changes of [{ x: 0 }, { x: 256 }, { number: 6 }, { threshold: 1 }, { name: 'x'.repeat(25) }, { name: '' }, { epoch: 0 }, { y: new Uint8Array(31) }]) expect(() => encodeShare(signed(changes), set.sign)).toThrow(RangeError);
  });
});

describe('QR text', () => {
  it('gives the share back and refuses everything else', () => {
    const text = qrText(set.shares[0]!);
    expect(text).toMatch(/^KCS1:[0-9A-Z]+$/);
    expect(parseQrText(text)).toEqual(set.shares[0]);
    for (const other of ['', 'KCS1:', text.toLowerCase(), `${text} `, text.replace('KCS1', 'KCS2'), `KCS1:${'0'.repeat(400)}`, 'https://example.org/', text.replace(/.$/, 'U')]) {
      const read = parseQrText(other);
      if (read) expect(decodeShare(read).ok, other).toBe(false);
    }
    expect(parseQrText(text.toLowerCase())).toBeNull();
    expect(parseQrText('https://example.org/')).toBeNull();
  });
});
