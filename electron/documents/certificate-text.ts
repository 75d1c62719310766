/** Reads the root certificate for print. It displays; linting and comparing is the vault's and the verifier's work. */
import { toHex } from '../../shared/bytes.ts';
import { membersOf, oidText, readOne, readSequence, TAG, unsignedOf, type Der } from '../../shared/x509/der.ts';
import { OID } from '../../shared/x509/oids.ts';
import { readCertificate, type Certificate, type Extension, type NameAttribute } from '../../shared/x509/read-certificate.ts';

export interface CertificateText {
  readonly subject: string; readonly issuer: string; readonly serial: string; readonly notBefore: string; readonly notAfter: string;
  readonly extensions: readonly string[]; readonly full: string;
}

const NAMES = new Map<string, string>(Object.entries(OID).map(([name, oid]) => [oid, name]));
const nameOf = (oid: string): string => NAMES.get(oid) ?? oid;
const SHORT: Readonly<Record<string, string>> = { [OID.commonName]: 'CN', [OID.organizationName]: 'O', [OID.countryName]: 'C' };
/** KeyUsage bits in order (RFC 5280 §4.2.1.3). */
const USAGES = ['digitalSignature', 'nonRepudiation', 'keyEncipherment', 'dataEncipherment', 'keyAgreement', 'keyCertSign', 'cRLSign', 'encipherOnly', 'decipherOnly'];

const nameText = (attributes: readonly NameAttribute[]): string => attributes.map(({ oid, text }) => `${SHORT[oid] ?? oid}=${text}`).join(', ');

/** UTCTime or GeneralizedTime as an ISO instant; UTCTime years below 50 are 20xx (RFC 5280 §4.1.2.5.1). */
const timeText = (time: Der): string => {
  const digits = String.fromCharCode(...time.content);
  const full = time.tag === TAG.utcTime ? `${Number(digits.slice(0, 2)) < 50 ? '20' : '19'}${digits}` : digits;
  return full.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6.000Z');
};

const usageText = (value: Uint8Array): string => {
  const bits = readOne(value, TAG.bitString)?.content.subarray(1) ?? new Uint8Array();
  return USAGES.filter((_, index) => ((bits[index >> 3] ?? 0) & (0x80 >> (index & 7))) !== 0).join(', ');
};
const constraintsText = (value: Uint8Array): string => {
  const parts = readSequence(value) ?? [];
  const pathLength = unsignedOf(parts.find((part) => part.tag === TAG.integer));
  return `CA ${parts[0]?.content[0] === 0xff ? 'true' : 'false'}${pathLength === null ? '' : `, path length ${pathLength.at(-1) ?? 0}`}`;
};
const valueText = ({ oid, value }: Extension): string => {
  if (oid === OID.basicConstraints) return constraintsText(value);
  if (oid === OID.keyUsage) return usageText(value);
  if (oid === OID.subjectKeyIdentifier) return toHex(readOne(value, TAG.octetString)?.content ?? value);
  return toHex(value);
};
const extensionText = (extension: Extension): string => `${nameOf(extension.oid)}${extension.critical ? ', critical' : ''}: ${valueText(extension)}`;

const algorithmText = (algorithm: Uint8Array): string => nameOf(oidText(readSequence(algorithm)?.[0]) ?? 'unknown');
const keyAlgorithmText = (spki: Uint8Array): string => {
  const parts = membersOf(readSequence(spki)?.[0]) ?? [];
  return parts.map((part) => oidText(part)).filter((oid) => oid !== null).map(nameOf).join(', ');
};
const hexBlock = (bytes: Uint8Array): string => (toHex(bytes).match(/.{1,64}/g) ?? []).map((line) => `    ${line}`).join('\n');

const fullText = (certificate: Certificate, facts: Omit<CertificateText, 'full'>): string => [
  `Version: ${certificate.version}`, `Serial number: ${facts.serial}`, `Signature algorithm: ${algorithmText(certificate.innerAlgorithm)}`,
  `Issuer: ${facts.issuer}`, `Not before: ${facts.notBefore}`, `Not after: ${facts.notAfter}`, `Subject: ${facts.subject}`,
  `Public key: ${keyAlgorithmText(certificate.spki)}; SubjectPublicKeyInfo:`, hexBlock(certificate.spki),
  'Extensions:', ...facts.extensions.map((extension) => `    ${extension}`),
  `Signature: ${algorithmText(certificate.outerAlgorithm)}`, hexBlock(certificate.signature),
].join('\n');

/** @param der the certificate as in root.crt. @returns null when it cannot be read as a certificate. */
export const certificateText = (der: Uint8Array): CertificateText | null => {
  const certificate = readCertificate(der);
  if (certificate === null) return null;
  const same = toHex(certificate.issuer) === toHex(certificate.subject);
  const facts = {
    subject: nameText(certificate.subjectAttributes), issuer: same ? nameText(certificate.subjectAttributes) : `another name: ${toHex(certificate.issuer)}`,
    serial: toHex(certificate.serialNumber), notBefore: timeText(certificate.notBefore), notAfter: timeText(certificate.notAfter),
    extensions: certificate.extensions.map(extensionText),
  };
  return { ...facts, full: fullText(certificate, facts) };
};
