import { crc32 as zlibCrc } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utf8 } from '../../../shared/bytes.ts';
import { BASE32, decodeBase32, encodeBase32 } from '../../../shared/custody/base32.ts';
import { crc32 } from '../../../shared/custody/crc32.ts';
import { minutesOf, monthText, monthsOf } from '../../../shared/custody/dates.ts';
import { interpolate, invert, multiply, onePolynomial } from '../../../shared/custody/gf256.ts';
import { fingerprintMatches, setFingerprint, setName } from '../../../shared/custody/set-name.ts';
import { shareName } from '../../../shared/custody/share-name.ts';
import { fixedSet } from '../../support/custody-sets.ts';

const bytes = (min: number, max = min) => fc.uint8Array({ minLength: min, maxLength: max });

describe('crc32', () => {
  it('gives the check value of the catalogue for 123456789', () => { expect(Buffer.from(crc32(utf8('123456789'))).toString('hex')).toBe('cbf43926'); });
  it('agrees with zlib where this Node has it', () => {
    if (typeof zlibCrc !== 'function') return;
    fc.assert(fc.property(bytes(0, 300), (some) => { expect(Buffer.from(crc32(some)).readUInt32BE()).toBe(zlibCrc(some)); }));
  });
});

describe('base32', () => {
  it('decode undoes encode for every length', () => { fc.assert(fc.property(bytes(0, 60), (some) => { expect(decodeBase32(encodeBase32(some))).toEqual(some); })); });
  it('accepts only the one form of its bytes', () => {
    fc.assert(fc.property(fc.stringMatching(new RegExp(`^[${BASE32}]{0,40}$`)), (text) => { const read = decodeBase32(text); if (read) expect(encodeBase32(read)).toBe(text); }));
    for (const text of ['0i', 'ao', '0U', '01', ' 00', 'O0', '00=']) expect(decodeBase32(text), text).toBeNull();
  });
});

describe('gf256', () => {
  it('gives the products of FIPS 197', () => { expect(multiply(0x57, 0x83)).toBe(0xc1); expect(multiply(0x57, 0x13)).toBe(0xfe); });
  it('inverts every byte but 0', () => { for (let a = 1; a < 256; a++) expect(multiply(a, invert(a))).toBe(1); expect(invert(0)).toBe(0); });
  it('distributes over xor', () => { fc.assert(fc.property(fc.nat(255), fc.nat(255), fc.nat(255), (a, b, c) => { expect(multiply(a, b ^ c)).toBe(multiply(a, b) ^ multiply(a, c)); })); });
  it('finds the secret from any three of five points and sees a point that is off', () => {
    const set = fixedSet({ seed: 3 }), points = set.fields.map(({ x, y }) => ({ x, y }));
    for (const pick of [[0, 1, 2], [4, 2, 0], [1, 3, 4]]) expect(interpolate(pick.map((i) => points[i]!), 0)).toEqual(set.kek);
    expect(interpolate([points[0]!, points[1]!], 0)).not.toEqual(set.kek);
    expect(onePolynomial(points, 3)).toBe(true);
    expect(onePolynomial(points, 2)).toBe(false);
    const off = points.map((point, i) => (i === 4 ? { x: point.x, y: point.y.map((byte, k) => (k === 31 ? byte ^ 1 : byte)) } : point));
    expect(onePolynomial(off, 3)).toBe(false);
  });
});

describe('names and dates', () => {
  it('counts minutes as Date does', () => {
    fc.assert(fc.property(fc.date({ min: new Date('2020-01-01T00:00:00Z'), max: new Date('2200-12-31T00:00:00Z'), noInvalidDate: true }), (date) => {
      expect(minutesOf(date.toISOString())).toBe(Math.floor((date.getTime() - Date.UTC(2020, 0, 1)) / 60_000));
    }));
    expect(minutesOf('2019-12-31T23:59:00Z')).toBeNull();
  });
  it('months go there and back', () => {
    expect(monthsOf('2029-03')).toBe(110); expect(monthText(110)).toBe('2029-03'); expect(monthsOf('2029-03-17')).toBe(110);
    expect(monthsOf(null)).toBe(0); expect(monthText(0)).toBeNull();
    for (const bad of ['2020-01', '2029-13', '2029', '']) expect(monthsOf(bad), bad).toBeNull();
  });
  it('fingerprint has 26 characters (130 bits) of the set id’s SHA-256', () => {
    const id = Uint8Array.from({ length: 32 }, (_, i) => i), print = setFingerprint(id);
    expect(print).toMatch(/^([0-9A-HJKMNP-TV-Z]{4} ){6}[0-9A-HJKMNP-TV-Z]{2}$/);
    expect(fingerprintMatches(id, print.toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l'))).toBe(true);
    expect(fingerprintMatches(id, print.slice(0, 9))).toBe(false);
    expect(fingerprintMatches(id, `${print.slice(0, -1)}${print.endsWith('0') ? '1' : '0'}`)).toBe(false);
    expect(setName(id)).toMatch(/^[A-Z]+-\d{4}$/);
  });
  it('shortens a long name by a rule and never cuts it', () => {
    expect(shareName('Lena Brandt', 'lena')).toBe('Lena Brandt');
    expect(shareName('Chiamaka Oluwaseun Nwachukwu', 'chi')).toBe('C. O. Nwachukwu');
    expect(shareName('Friedrich-Maximilian Vandenberghe-Schwarzenbach', 'fmv')).toBe('F. V. (fmv)');
    expect(shareName('Ж'.repeat(13), 'zh')).toBe('Ж. (zh)');
    expect(shareName('Ж'.repeat(30), 'a'.repeat(25))).toBeNull();
    fc.assert(fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }), (name) => { const short = shareName(name.normalize('NFC'), 'id'); expect(short).not.toBeNull(); expect(Buffer.byteLength(short!)).toBeLessThanOrEqual(24); }));
  });
});
