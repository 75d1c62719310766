/** The table of lint rules. `holds` is true for a certificate that follows the rule; `text` says what is wrong with one that does not. */
import { equalBytes } from '../bytes.ts';
import type { KeyProfile, Mode } from '../ceremony/plan-schema.ts';
import { checkPublicKey } from '../keys/check-public-key.ts';
import { PROFILES } from '../keys/profiles.ts';
import type { LintFinding } from '../transcript/entry-schema.ts';
import { bitString, derTrue, octetString, readSequence, sequence, TAG, unsignedOf, type Der } from './der.ts';
import { NAME_LIMIT, REHEARSAL_PREFIX } from './names.ts';
import { OID } from './oids.ts';
import type { Certificate, Extension } from './read-certificate.ts';
import { KEY_USAGE_BITS, signatureAlgorithm, subjectKeyIdentifier } from './root-certificate.ts';

/** `mode` null: the caller does not know it, and rule rehearsal_marked looks at nothing. */
export interface LintContext { readonly profile: KeyProfile; readonly mode: Mode | null }

export interface LintRule {
  readonly id: string;
  readonly severity: LintFinding['severity'];
  readonly text: string;
  readonly holds: (certificate: Certificate, context: LintContext) => boolean;
}

const MAX_SERIAL_BYTES = 20;
const MIN_SERIAL_BYTES = 16;
const MAX_YEARS = 25;

const extensionOf = (certificate: Certificate, oid: string): Extension | undefined => certificate.extensions.find((one) => one.oid === oid);
const attributesOf = (certificate: Certificate, oid: string): readonly string[] => certificate.subjectAttributes.filter((one) => one.oid === oid).map((one) => one.text);

/** Milliseconds since 1970 of a UTCTime or GeneralizedTime in RFC 5280's form, or null. Days of the month are checked by writing back. */
const timeOf = (time: Der): number | null => {
  const text = String.fromCharCode(...time.content);
  const full = time.tag === TAG.utcTime && /^\d{12}Z$/.test(text) ? (Number(text.slice(0, 2)) < 50 ? '20' : '19') + text : time.tag === TAG.generalizedTime && /^\d{14}Z$/.test(text) ? text : null;
  if (full === null) return null;
  const iso = `${full.slice(0, 4)}-${full.slice(4, 6)}-${full.slice(6, 8)}T${full.slice(8, 10)}:${full.slice(10, 12)}:${full.slice(12, 14)}Z`;
  return civilMs(iso);
};

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
/** Days from a civil date, without a clock or Date (the pure part has neither). */
const civilMs = (iso: string): number | null => {
  const [year, month, day, hour, minute, second] = iso.split(/[-T:Z]/).map(Number) as [number, number, number, number, number, number];
  const monthDays = month >= 1 && month <= 12 ? DAYS[month - 1]! + (month === 2 && isLeap(year) ? 1 : 0) : 0;
  if (day < 1 || day > monthDays || hour > 23 || minute > 59 || second > 59) return null;
  let days = day - 1;
  for (let m = 1; m < month; m++) days += DAYS[m - 1]! + (m === 2 && isLeap(year) ? 1 : 0);
  for (let y = 1970; y < year; y++) days += isLeap(y) ? 366 : 365;
  return (((days * 24 + hour) * 60 + minute) * 60 + second) * 1000;
};

const hasRightTimeType = (time: Der): boolean => time.tag === TAG.utcTime || (time.tag === TAG.generalizedTime && Number(String.fromCharCode(...time.content.slice(0, 4))) >= 2050);

const signatureFits = (signature: Uint8Array, context: LintContext): boolean => {
  const facts = PROFILES[context.profile];
  if (facts.kind === 'rsa') return signature.length === facts.modulusBits / 8;
  if (facts.kind === 'ed25519') return signature.length === 64;
  const numbers = readSequence(signature);
  return numbers?.length === 2 && numbers.every((number) => { const value = unsignedOf(number); return value !== null && value.length <= facts.fieldBytes && value.some((byte) => byte !== 0); });
};

const validityYears = (certificate: Certificate): number => {
  const from = timeOf(certificate.notBefore), to = timeOf(certificate.notAfter);
  return from === null || to === null ? 0 : (to - from) / (365.25 * 86_400_000);
};

const error = (id: string, text: string, holds: LintRule['holds']): LintRule => ({ id, severity: 'error', text, holds });
const warning = (id: string, text: string, holds: LintRule['holds']): LintRule => ({ id, severity: 'warning', text, holds });
const notice = (id: string, text: string, holds: LintRule['holds']): LintRule => ({ id, severity: 'notice', text, holds });

const KNOWN_EXTENSIONS: ReadonlySet<string> = new Set([OID.basicConstraints, OID.keyUsage, OID.subjectKeyIdentifier]);

const form: readonly LintRule[] = [
  error('version_3', 'The version is not 3.', (c) => c.version === 3),
  error('serial_positive', 'The serial number is zero or negative, or not in its shortest form.', (c) => { const n = unsignedOf({ tag: TAG.integer, content: c.serialNumber, bytes: c.serialNumber }); return n !== null && n.some((byte) => byte !== 0); }),
  error('serial_length', 'The serial number is longer than 20 bytes.', (c) => c.serialNumber.length <= MAX_SERIAL_BYTES),
  warning('serial_entropy', 'The serial number is shorter than 16 bytes: it cannot hold 128 random bits.', (c) => c.serialNumber.length >= MIN_SERIAL_BYTES),
  error('algorithm_same', 'The algorithm inside the signed part is not the one outside.', (c) => equalBytes(c.innerAlgorithm, c.outerAlgorithm)),
  error('algorithm_profile', 'The signature algorithm, or its parameters, is not the one of the key profile.', (c, { profile }) => equalBytes(c.innerAlgorithm, signatureAlgorithm(profile))),
  error('signature_form', 'The signature has not the form or length that the algorithm gives.', (c, context) => signatureFits(c.signature, context)),
  error('no_unique_ids', 'There is an issuerUniqueID or subjectUniqueID.', (c) => !c.hasUniqueIds),
];

const names: readonly LintRule[] = [
  error('self_issued', 'Issuer and subject are not the same bytes.', (c) => equalBytes(c.issuer, c.subject)),
  error('common_name', 'The subject has not exactly one common name of 1 to 64 characters.', (c) => { const [name, ...more] = attributesOf(c, OID.commonName); return name !== undefined && more.length === 0 && name.length >= 1 && name.length <= NAME_LIMIT; }),
  error('organization', 'The subject has not exactly one organization of 1 to 64 characters.', (c) => { const [name, ...more] = attributesOf(c, OID.organizationName); return name !== undefined && more.length === 0 && name.length >= 1 && name.length <= NAME_LIMIT; }),
  error('country', 'The country is not two capital letters in a PrintableString, or there are two.', (c) => c.subjectAttributes.filter((one) => one.oid === OID.countryName).every((one, i) => i === 0 && one.tag === TAG.printableString && /^[A-Z]{2}$/.test(one.text))),
  error('name_encoding', 'A name other than the country is not a UTF8String.', (c) => c.subjectAttributes.every((one) => one.oid === OID.countryName || one.tag === TAG.utf8String)),
  error('rehearsal_marked', 'A rehearsal must have REHEARSAL at the start of its common name, and nothing else may.', (c, { mode }) => mode === null || (attributesOf(c, OID.commonName)[0]?.startsWith(REHEARSAL_PREFIX) ?? false) === (mode === 'rehearsal')),
];

const validity: readonly LintRule[] = [
  error('time_form', 'A time is not in the form YYMMDDHHMMSSZ or YYYYMMDDHHMMSSZ, or no such day exists.', (c) => timeOf(c.notBefore) !== null && timeOf(c.notAfter) !== null),
  error('time_encoding', 'A time before 2050 is not UTCTime, or a later one is not GeneralizedTime.', (c) => hasRightTimeType(c.notBefore) && hasRightTimeType(c.notAfter)),
  error('time_order', 'notAfter is not later than notBefore.', (c) => (timeOf(c.notAfter) ?? 0) > (timeOf(c.notBefore) ?? 0) || timeOf(c.notAfter) === null || timeOf(c.notBefore) === null),
  warning('time_span', 'The certificate is valid for more than 25 years.', (c) => validityYears(c) <= MAX_YEARS + 0.01),
];

const key: readonly LintRule[] = [
  error('key_profile', 'The public key is not of the profile, not canonical, or fails a check of weak keys.', (c, { profile }) => checkPublicKey(c.spki, profile).every(({ ok }) => ok)),
];

const extensions: readonly LintRule[] = [
  error('extension_once', 'An extension is there twice.', (c) => new Set(c.extensions.map((one) => one.oid)).size === c.extensions.length),
  error('extension_default', 'An extension writes out "critical FALSE", which DER leaves away.', (c) => c.extensions.every((one) => !one.writtenDefault)),
  error('basic_constraints', 'BasicConstraints is missing, not critical, or not exactly CA:TRUE without a path length.', (c) => { const one = extensionOf(c, OID.basicConstraints); return one !== undefined && one.critical && equalBytes(one.value, sequence(derTrue())); }),
  error('key_usage', 'KeyUsage is missing, not critical, or not exactly keyCertSign and cRLSign.', (c) => { const one = extensionOf(c, OID.keyUsage); return one !== undefined && one.critical && equalBytes(one.value, bitString(KEY_USAGE_BITS, 1)); }),
  error('subject_key_id', 'SubjectKeyIdentifier is missing or critical.', (c) => { const one = extensionOf(c, OID.subjectKeyIdentifier); return one !== undefined && !one.critical; }),
  error('subject_key_id_value', 'SubjectKeyIdentifier is not the first 160 bits of the SHA-256 of the public key.', (c) => { const one = extensionOf(c, OID.subjectKeyIdentifier); return one === undefined || equalBytes(one.value, octetString(subjectKeyIdentifier(c.spki))); }),
  error('no_extended_key_usage', 'A root has no ExtendedKeyUsage.', (c) => extensionOf(c, OID.extKeyUsage) === undefined),
  error('no_unknown_critical', 'There is a critical extension that this profile does not have.', (c) => c.extensions.every((one) => !one.critical || KNOWN_EXTENSIONS.has(one.oid))),
  notice('extensions_known', 'There is an extension that this profile does not have.', (c) => c.extensions.every((one) => KNOWN_EXTENSIONS.has(one.oid))),
];

export const LINT_RULES: readonly LintRule[] = [...form, ...names, ...validity, ...key, ...extensions];
