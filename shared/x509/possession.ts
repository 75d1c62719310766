/**
 * Proof of possession: a PKCS #10 request (RFC 2986) with the transcript head as an attribute. A CA key signs nothing but certificates,
 * revocation lists and requests; no free bytes reach it.
 */
import type { Sha256Hex } from '../brand.ts';
import { isSha256Hex } from '../brand.ts';
import type { Mode } from '../ceremony/plan-schema.ts';
import { equalBytes } from '../bytes.ts';
import { contextTag, membersOf, objectIdentifier, oidText, readSequence, sequence, setOfOne, TAG, textOf, tlv, unsignedInteger, utf8String } from './der.ts';
import { encodeName, type Subject } from './names.ts';
import { OID } from './oids.ts';
import { splitSigned } from './root-certificate.ts';

/** CertificationRequestInfo, DER: version 0, the certificate's subject, its public key, one attribute. */
export const encodePossessionTbs = (spki: Uint8Array, subject: Subject, mode: Mode, head: Sha256Hex): Uint8Array => sequence(
  unsignedInteger(Uint8Array.of(0)),
  encodeName(subject, mode),
  spki,
  tlv(contextTag(0), sequence(objectIdentifier(OID.transcriptHead), setOfOne(utf8String(head)))),
);

export interface Possession { readonly tbs: Uint8Array; readonly spki: Uint8Array; readonly subject: Uint8Array; readonly head: Sha256Hex; readonly algorithm: Uint8Array; readonly signature: Uint8Array }

const headOf = (attributes: Uint8Array): Sha256Hex | null => {
  const [attribute, ...more] = readSequenceMembers(attributes) ?? [];
  if (attribute === undefined || more.length > 0) return null;
  const [type, values] = readSequence(attribute) ?? [];
  const value = values?.tag === TAG.set ? membersOf(values) : null;
  const head = value?.length === 1 && value[0]!.tag === TAG.utf8String ? textOf(value[0]) : null;
  return oidText(type) === OID.transcriptHead && head !== null && isSha256Hex(head) ? head : null;
};

const readSequenceMembers = (content: Uint8Array): readonly Uint8Array[] | null => {
  const members = membersOf({ tag: TAG.sequence, content, bytes: content });
  return members?.map((member) => member.bytes) ?? null;
};

/** Strict: exactly what {@link encodePossessionTbs} writes, with any subject and public key. The signature is not checked here. */
export const parsePossession = (der: Uint8Array): Possession | null => {
  const signed = splitSigned(der);
  const info = signed === null ? null : readSequence(signed.tbs);
  if (signed === null || info?.length !== 4 || info[3]!.tag !== contextTag(0)) return null;
  const head = headOf(info[3]!.content);
  if (head === null || !equalBytes(info[0]!.bytes, unsignedInteger(Uint8Array.of(0)))) return null;
  return { tbs: signed.tbs, subject: info[1]!.bytes, spki: info[2]!.bytes, head, algorithm: signed.algorithm, signature: signed.signature };
};
