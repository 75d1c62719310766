/** Reads a certificate into its parts for the lint and the verifier. Says null where the DER is not strict; judges nothing. */
import { membersOf, oidText, readAll, readSequence, TAG, textOf, unsignedOf, contextTag, type Der } from './der.ts';
import { splitSigned } from './root-certificate.ts';

export interface Extension { readonly oid: string; readonly critical: boolean; readonly value: Uint8Array; /** Critical FALSE written out, which DER forbids. */ readonly writtenDefault: boolean }
export interface NameAttribute { readonly oid: string; readonly tag: number; readonly text: string }
export interface Certificate {
  readonly tbs: Uint8Array;
  /** X.509 version as people count: 3. */
  readonly version: number;
  /** Whole INTEGER content, sign byte included. */
  readonly serialNumber: Uint8Array;
  readonly innerAlgorithm: Uint8Array;
  readonly outerAlgorithm: Uint8Array;
  readonly issuer: Uint8Array;
  readonly subject: Uint8Array;
  readonly subjectAttributes: readonly NameAttribute[];
  readonly notBefore: Der;
  readonly notAfter: Der;
  readonly spki: Uint8Array;
  readonly extensions: readonly Extension[];
  /** issuerUniqueID or subjectUniqueID is there. */
  readonly hasUniqueIds: boolean;
  readonly signature: Uint8Array;
}

const parseExtension = (der: Der): Extension | null => {
  const parts = membersOf(der);
  const oid = oidText(parts?.[0]);
  const value = parts?.at(-1);
  if (parts === null || oid === null || value?.tag !== TAG.octetString || parts.length < 2 || parts.length > 3) return null;
  const flag = parts.length === 3 ? parts[1]! : null;
  if (flag !== null && (flag.tag !== TAG.boolean || flag.content.length !== 1 || (flag.content[0] !== 0xff && flag.content[0] !== 0))) return null;
  return { oid, critical: flag?.content[0] === 0xff, value: value.content, writtenDefault: flag?.content[0] === 0 };
};

const parseAttribute = (rdn: Der): NameAttribute | null => {
  const members = rdn.tag === TAG.set ? membersOf(rdn) : null;
  const parts = members?.length === 1 ? membersOf(members[0]) : null;
  const oid = oidText(parts?.[0]);
  const text = textOf(parts?.[1]);
  return parts?.length === 2 && oid !== null && text !== null ? { oid, tag: parts[1]!.tag, text } : null;
};

const allOrNull = <T>(items: readonly (T | null)[] | null | undefined): readonly T[] | null =>
  items === null || items === undefined || items.some((item) => item === null) ? null : (items as readonly T[]);

const extensionsOf = (wrapper: Der | undefined): readonly Extension[] | null => {
  if (wrapper === undefined) return [];
  const list = readAll(wrapper.content);
  return list?.length === 1 && list[0]!.tag === TAG.sequence ? allOrNull(membersOf(list[0])?.map(parseExtension)) : null;
};

const versionOf = (wrapper: Der): number | null => {
  const number = unsignedOf(readAll(wrapper.content)?.[0]);
  return number?.length === 1 ? number[0]! + 1 : null;
};

/** @returns null unless the bytes are strict DER of a Certificate with version, serial number, names, times, key and extensions in place. */
export const readCertificate = (der: Uint8Array): Certificate | null => {
  const signed = splitSigned(der);
  const fields = signed === null ? null : readSequence(signed.tbs);
  if (signed === null || fields === null || fields.length < 7) return null;
  const [version, serial, algorithm, issuer, validity, subject, spki, ...rest] = fields as [Der, Der, Der, Der, Der, Der, Der, ...Der[]];
  const number = version.tag === contextTag(0) ? versionOf(version) : null;
  const times = membersOf(validity);
  const subjectAttributes = allOrNull(membersOf(subject)?.map(parseAttribute));
  const extensions = extensionsOf(rest.find((field) => field.tag === contextTag(3)));
  if (number === null || serial.tag !== TAG.integer || times?.length !== 2 || subjectAttributes === null || extensions === null) return null;
  if ([issuer, subject, spki, algorithm].some((field) => field.tag !== TAG.sequence)) return null;
  return {
    tbs: signed.tbs, version: number, serialNumber: serial.content, innerAlgorithm: algorithm.bytes, outerAlgorithm: signed.algorithm,
    issuer: issuer.bytes, subject: subject.bytes, subjectAttributes, notBefore: times[0]!, notAfter: times[1]!, spki: spki.bytes, extensions,
    hasUniqueIds: rest.some((field) => field.tag !== contextTag(3)), signature: signed.signature,
  };
};
