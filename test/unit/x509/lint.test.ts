/** Every lint rule has a certificate that follows it and one that does not; the list is complete. */
import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { concatBytes, equalBytes, utf8 } from '../../../shared/bytes.ts';
import type { KeyProfile, Mode } from '../../../shared/ceremony/plan-schema.ts';
import { PROFILES } from '../../../shared/keys/profiles.ts';
import { bitString, contextTag, derTrue, objectIdentifier, octetString, printableString, readSequence, sequence, setOfOne, TAG, tlv, unsignedInteger, utf8String } from '../../../shared/x509/der.ts';
import { LINT_RULES } from '../../../shared/x509/lint-rules.ts';
import { hasLintError, lintRoot } from '../../../shared/x509/lint.ts';
import { encodeName, type Subject } from '../../../shared/x509/names.ts';
import { OID } from '../../../shared/x509/oids.ts';
import { assembleSigned, encodeRootTbs, signatureAlgorithm, subjectKeyIdentifier, type RootFields } from '../../../shared/x509/root-certificate.ts';

const keyOf = (profile: KeyProfile) => {
  const facts = PROFILES[profile];
  const pair = facts.kind === 'rsa' ? generateKeyPairSync('rsa', { modulusLength: facts.modulusBits }) : facts.kind === 'ec' ? generateKeyPairSync('ec', { namedCurve: { p256: 'P-256', p384: 'P-384', p521: 'P-521' }[facts.curve] }) : generateKeyPairSync('ed25519');
  return { spki: pair.publicKey.export({ type: 'spki', format: 'der' }), sign: (tbs: Uint8Array) => sign(facts.kind === 'ed25519' ? null : facts.hash, tbs, pair.privateKey) };
};
const key = keyOf('ec-p256'), edKey = keyOf('ed25519');

const SUBJECT: Subject = { commonName: 'Root', organization: 'Org', country: 'CH' };
const FIELDS: RootFields = { profile: 'ec-p256', spki: key.spki, subject: SUBJECT, mode: 'production', serialNumber: new Uint8Array(17).fill(0x41), notBefore: '2026-11-24T00:00:00Z', notAfter: '2046-11-24T00:00:00Z' };
const certify = (tbs: Uint8Array, profile: KeyProfile = 'ec-p256'): Uint8Array => assembleSigned(tbs, profile, (profile === 'ed25519' ? edKey : key).sign(tbs));
const make = (changes: Partial<RootFields>): Uint8Array => certify(encodeRootTbs({ ...FIELDS, ...changes }));

/** Replaces one of the eight fields of the signed part. */
const withField = (index: number, field: Uint8Array | null): Uint8Array => {
  const fields = readSequence(encodeRootTbs(FIELDS))!.map((one) => one.bytes);
  return certify(sequence(...fields.flatMap((bytes, i) => (i !== index ? [bytes] : field === null ? [] : [field]))));
};
const named = (...attributes: readonly (readonly [string, Uint8Array])[]): Uint8Array => {
  const name = sequence(...attributes.map(([oid, value]) => setOfOne(sequence(objectIdentifier(oid), value))));
  const fields = readSequence(encodeRootTbs(FIELDS))!.map((one) => one.bytes);
  return certify(sequence(...fields.map((bytes, i) => (i === 3 || i === 5 ? name : bytes))));
};
const cn = (text: string): readonly [string, Uint8Array] => [OID.commonName, utf8String(text)];
const org = (text: string): readonly [string, Uint8Array] => [OID.organizationName, utf8String(text)];
const extension = (oid: string, critical: Uint8Array | null, value: Uint8Array): Uint8Array => sequence(objectIdentifier(oid), ...(critical === null ? [] : [critical]), octetString(value));
const basic = extension(OID.basicConstraints, derTrue(), sequence(derTrue()));
const usage = extension(OID.keyUsage, derTrue(), bitString(Uint8Array.of(0x06), 1));
const ski = extension(OID.subjectKeyIdentifier, null, octetString(subjectKeyIdentifier(key.spki)));
const extended = (...list: readonly Uint8Array[]): Uint8Array => withField(7, tlv(contextTag(3), sequence(...list)));
const times = (from: Uint8Array, to: Uint8Array): Uint8Array => withField(4, sequence(from, to));
const utc = (text: string): Uint8Array => tlv(TAG.utcTime, utf8(text));
const generalized = (text: string): Uint8Array => tlv(TAG.generalizedTime, utf8(text));
const withOuter = (algorithm: Uint8Array): Uint8Array => { const tbs = encodeRootTbs(FIELDS); return sequence(tbs, algorithm, bitString(key.sign(tbs))); };

const lint = (der: Uint8Array, mode: Mode | null = 'production', profile: KeyProfile = 'ec-p256'): readonly string[] => lintRoot(der, { profile, mode }).map(({ rule }) => rule);

/** rule → a certificate that breaks it (others may break with it). */
const REJECTED: Readonly<Record<string, () => Uint8Array>> = {
  version_3: () => withField(0, tlv(contextTag(0), unsignedInteger(Uint8Array.of(1)))),
  serial_positive: () => withField(1, tlv(TAG.integer, new Uint8Array(17).fill(0x81))),
  serial_length: () => make({ serialNumber: new Uint8Array(21).fill(0x41) }),
  serial_entropy: () => make({ serialNumber: new Uint8Array(8).fill(0x41) }),
  algorithm_same: () => withOuter(signatureAlgorithm('ec-p384')),
  algorithm_profile: () => withField(2, sequence(objectIdentifier(OID.ecdsaWithSha256), tlv(TAG.null))),
  signature_form: () => assembleSigned(encodeRootTbs(FIELDS), 'ec-p256', new Uint8Array(64).fill(1)),
  no_unique_ids: () => { const fields = readSequence(encodeRootTbs(FIELDS))!.map((one) => one.bytes); return certify(sequence(...fields.slice(0, 7), tlv(0x81, Uint8Array.of(0, 1)), fields[7]!)); },
  self_issued: () => withField(3, encodeName({ ...SUBJECT, organization: 'Other' }, 'production')),
  common_name: () => named(org('Org')),
  organization: () => named(cn('Root'), org('One'), org('Two')),
  country: () => named([OID.countryName, utf8String('CH')], org('Org'), cn('Root')),
  name_encoding: () => named(org('Org'), [OID.commonName, printableString('Root')]),
  rehearsal_marked: () => make({ mode: 'rehearsal' }),
  time_form: () => times(utc('261131000000Z'), utc('461124000000Z')),
  time_encoding: () => times(utc('261124000000Z'), generalized('20461124000000Z')),
  time_order: () => make({ notAfter: '2026-11-24T00:00:00Z' }),
  time_span: () => make({ notAfter: '2056-11-24T00:00:00Z' }),
  key_profile: () => make({ spki: edKey.spki }),
  extension_once: () => extended(basic, usage, ski, ski),
  extension_default: () => extended(basic, usage, extension(OID.subjectKeyIdentifier, tlv(TAG.boolean, Uint8Array.of(0)), octetString(subjectKeyIdentifier(key.spki)))),
  basic_constraints: () => extended(extension(OID.basicConstraints, null, sequence(derTrue())), usage, ski),
  key_usage: () => extended(basic, extension(OID.keyUsage, derTrue(), bitString(Uint8Array.of(0x86), 1)), ski),
  subject_key_id: () => extended(basic, usage),
  subject_key_id_value: () => extended(basic, usage, extension(OID.subjectKeyIdentifier, null, octetString(new Uint8Array(20)))),
  no_extended_key_usage: () => extended(basic, usage, ski, extension(OID.extKeyUsage, null, sequence(objectIdentifier('1.3.6.1.5.5.7.3.1')))),
  no_unknown_critical: () => extended(basic, usage, ski, extension('1.2.3.4', derTrue(), sequence())),
  extensions_known: () => extended(basic, usage, ski, extension('1.2.3.4', null, sequence())),
};

describe('the lint of root certificates', () => {
  it('has a rejected certificate for each of its rules, and each rule its own id', () => {
    expect(Object.keys(REJECTED)).toEqual(LINT_RULES.map(({ id }) => id));
    expect(new Set(LINT_RULES.map(({ id }) => id)).size).toBe(LINT_RULES.length);
  });

  it.each(LINT_RULES.map(({ id }) => id))('accepts a right certificate and refuses one that breaks %s', (id) => {
    expect(lint(make({}))).toEqual([]);
    expect(lint(REJECTED[id]!())).toContain(id);
  });

  it('finds nothing in the certificate of any profile, in either mode, before and after 2050', () => {
    for (const profile of ['ec-p256', 'ec-p384', 'ec-p521', 'ed25519', 'rsa-3072'] as const) {
      const own = keyOf(profile);
      for (const mode of ['rehearsal', 'production'] as const) {
        const tbs = encodeRootTbs({ ...FIELDS, profile, spki: own.spki, mode, subject: { ...SUBJECT, country: null }, notAfter: '2051-06-01T12:30:59Z' });
        expect(lint(assembleSigned(tbs, profile, own.sign(tbs)), mode, profile)).toEqual([]);
      }
    }
  });

  it('asks nothing of the rehearsal mark when the mode is not known', () => {
    expect(lint(make({ mode: 'rehearsal' }), null)).toEqual([]);
    expect(lint(make({}), 'rehearsal')).toEqual(['rehearsal_marked']);
  });

  it('refuses bytes that are no strict DER (der_strict), every truncation, and a trailing byte', () => {
    const good = make({});
    for (const bad of [new Uint8Array(), concatBytes(good, Uint8Array.of(0)), ...Array.from({ length: good.length - 1 }, (_, i) => good.slice(0, i + 1))]) {
      const findings = lintRoot(bad, { profile: 'ec-p256', mode: 'production' });
      expect(findings).toMatchObject([{ rule: 'der_strict', severity: 'error' }]);
      expect(hasLintError(findings)).toBe(true);
    }
  });

  it('never passes a change of one byte outside serial number, names, times and signature as another certificate of the same key', () => {
    const good = make({});
    const spkiAt = Buffer.from(good).indexOf(key.spki);
    for (let i = 0; i < key.spki.length; i++) {
      const changed = Uint8Array.from(good);
      changed[spkiAt + i]! ^= 1;
      expect(equalBytes(changed, good)).toBe(false);
      expect(lint(changed)).not.toEqual([]);
    }
  });

  it('takes warnings and notices as no error', () => {
    expect(hasLintError(lintRoot(REJECTED['time_span']!(), { profile: 'ec-p256', mode: 'production' }))).toBe(false);
    expect(lintRoot(REJECTED['extensions_known']!(), { profile: 'ec-p256', mode: 'production' })).toMatchObject([{ severity: 'notice' }]);
  });
});
