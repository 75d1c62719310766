/** The DER reader takes exactly what DER allows, and what is built reads back. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Sha256Hex } from '../../../shared/brand.ts';
import { concatBytes, equalBytes } from '../../../shared/bytes.ts';
import { bitsOf, bitString, objectIdentifier, octetString, oidText, readAll, readOne, readSequence, sequence, TAG, textOf, tlv, unsignedInteger, unsignedOf, utf8String } from '../../../shared/x509/der.ts';
import { OID } from '../../../shared/x509/oids.ts';
import { encodePossessionTbs, parsePossession } from '../../../shared/x509/possession.ts';
import { assembleSigned } from '../../../shared/x509/root-certificate.ts';
import { encodeSpki, parseSpki } from '../../../shared/keys/spki.ts';

const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));

describe('DER', () => {
  it('refuses what BER allows: long forms that are too long, indefinite lengths, leading zeros, high tags, lengths past the end', () => {
    for (const bad of ['04 81 01 00', '30 80 00 00', '04 82 00 80', '1f 01 00', '04 02 00', '04', '04 84 00 00 00 01 00']) expect(readAll(hex(bad)), bad).toBeNull();
    expect(readAll(hex('04 01 00'))).toHaveLength(1);
    expect(readOne(hex('04 01 00 05 00'), TAG.octetString)).toBeNull();
  });

  it('refuses integers that are negative or not in their shortest form', () => {
    for (const bad of ['02 01 ff', '02 02 00 7f', '02 00', '04 01 01']) expect(unsignedOf(readAll(hex(bad))![0]), bad).toBeNull();
    expect(unsignedOf(readAll(hex('02 02 00 80'))![0])).toEqual(hex('80'));
    expect(unsignedOf(readAll(hex('02 01 00'))![0])).toEqual(hex('00'));
  });

  it('reads and writes object identifiers of any size, and refuses padded ones', () => {
    for (const oid of [...Object.values(OID), '2.999.3', '0.39', '1.0']) expect(oidText(readOne(objectIdentifier(oid), TAG.oid))).toBe(oid);
    expect(Buffer.from(objectIdentifier(OID.rsaEncryption)).toString('hex')).toBe('06092a864886f70d010101');
    for (const bad of ['06 02 80 01', '06 01 80', '06 00']) expect(oidText(readAll(hex(bad))![0]), bad).toBeNull();
  });

  it('reads back every integer, string and nesting that it writes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), fc.string({ unit: 'grapheme' }), (bytes, text) => {
      const number = unsignedOf(readOne(unsignedInteger(bytes), TAG.integer))!;
      expect(BigInt(`0x0${Buffer.from(number).toString('hex')}`)).toBe(BigInt(`0x0${Buffer.from(bytes).toString('hex')}`));
      expect(bitsOf(readOne(bitString(bytes), TAG.bitString))).toEqual(bytes);
      const members = readSequence(sequence(octetString(bytes), utf8String(text)))!;
      expect(equalBytes(members[0]!.content, bytes)).toBe(true);
      expect(textOf(members[1])).toBe(text);
    }));
  });

  it('refuses text that is not UTF-8', () => {
    for (const bad of ['0c 01 ff', '0c 02 c0 80', '0c 03 ed a0 80', '0c 01 c3', '0c 04 f5 80 80 80']) expect(textOf(readAll(hex(bad))![0]), bad).toBeNull();
  });
});

describe('a proof of possession', () => {
  const spki = encodeSpki({ kind: 'ed25519', point: new Uint8Array(32).fill(9) });
  const head = '0123456789abcdef'.repeat(4) as Sha256Hex;
  const tbs = encodePossessionTbs(spki, { commonName: 'Root', organization: 'Org', country: null }, 'production', head);
  const request = assembleSigned(tbs, 'ed25519', new Uint8Array(64));

  it('reads back with its head, key and bytes', () => {
    expect(parsePossession(request)).toMatchObject({ head });
    expect(equalBytes(parsePossession(request)!.spki, spki)).toBe(true);
    expect(equalBytes(parsePossession(request)!.tbs, tbs)).toBe(true);
  });

  it('is refused with an upper-case head, no attribute, two attributes, two values, or another version', () => {
    const [version, subject, key, attributes] = readSequence(tbs)!.map((one) => one.bytes) as [Uint8Array, Uint8Array, Uint8Array, Uint8Array];
    const attribute = (...values: readonly string[]): Uint8Array => sequence(objectIdentifier(OID.transcriptHead), tlv(TAG.set, ...values.map(utf8String)));
    const wrap = (...list: readonly Uint8Array[]): Uint8Array => tlv(0xa0, ...list);
    const parse = (...parts: readonly Uint8Array[]) => parsePossession(assembleSigned(sequence(...parts), 'ed25519', new Uint8Array(64)));
    expect(parse(version, subject, key, attributes)).not.toBeNull();
    expect(parse(version, subject, key, wrap(attribute(head)))).not.toBeNull();
    for (const bad of [wrap(attribute(head.toUpperCase())), wrap(), wrap(attribute(head), attribute(head)), wrap(attribute(head, head)), wrap(sequence(objectIdentifier(OID.commonName), tlv(TAG.set, utf8String(head))))]) expect(parse(version, subject, key, bad)).toBeNull();
    expect(parse(unsignedInteger(Uint8Array.of(1)), subject, key, attributes)).toBeNull();
    expect(parsePossession(concatBytes(request, Uint8Array.of(0)))).toBeNull();
  });
});

describe('SubjectPublicKeyInfo', () => {
  it('is read only in the one form that is written', () => {
    const rsa = encodeSpki({ kind: 'rsa', modulus: Uint8Array.of(0xff, 1), exponent: Uint8Array.of(1, 0, 1) });
    expect(parseSpki(rsa)).toMatchObject({ kind: 'rsa', modulus: Uint8Array.of(0xff, 1) });
    expect(parseSpki(concatBytes(rsa, Uint8Array.of(0)))).toBeNull();
    const withoutNull = sequence(sequence(objectIdentifier(OID.rsaEncryption)), readSequence(rsa)![1]!.bytes);
    expect(parseSpki(withoutNull)).toBeNull();
    expect(parseSpki(new Uint8Array())).toBeNull();
  });
});
