/** A self-signed root certificate: the bytes to be signed, and the whole with its signature. Fixed profile; nothing optional to get wrong. */
import { sha256 } from '@noble/hashes/sha2.js';
import type { KeyProfile, Mode } from '../ceremony/plan-schema.ts';
import { PROFILES } from '../keys/profiles.ts';
import { bitsOf, bitString, contextTag, derNull, derTrue, objectIdentifier, octetString, readSequence, sequence, tlv, unsignedInteger } from './der.ts';
import { encodeName, encodeTime, type Subject } from './names.ts';
import { OID } from './oids.ts';

export interface RootFields {
  readonly profile: KeyProfile;
  /** SubjectPublicKeyInfo, DER. */
  readonly spki: Uint8Array;
  readonly subject: Subject;
  readonly mode: Mode;
  /** Big-endian, positive, at most 20 bytes once encoded. */
  readonly serialNumber: Uint8Array;
  /** `YYYY-MM-DDTHH:MM:SSZ`. */
  readonly notBefore: string;
  readonly notAfter: string;
}

/** RSA has NULL parameters (RFC 4055 §5), ECDSA and Ed25519 none (RFC 5758 §3.2, RFC 8410 §3). */
export const signatureAlgorithm = (profile: KeyProfile): Uint8Array => {
  const facts = PROFILES[profile];
  return sequence(objectIdentifier(facts.signatureOid), ...(facts.kind === 'rsa' ? [derNull()] : []));
};

/** RFC 7093 §2 method 1: the leftmost 160 bits of the SHA-256 of the subjectPublicKey bits. */
export const subjectKeyIdentifier = (spki: Uint8Array): Uint8Array => sha256(bitsOf(readSequence(spki)?.[1]) ?? new Uint8Array()).slice(0, 20);

/** KeyUsage bits 5 and 6, and nothing else (one unused bit at the end). */
export const KEY_USAGE_BITS = Uint8Array.of(0x06);
const KEY_USAGE_UNUSED = 1;

const extension = (oid: string, critical: boolean, value: Uint8Array): Uint8Array =>
  sequence(objectIdentifier(oid), ...(critical ? [derTrue()] : []), octetString(value));

const extensions = (spki: Uint8Array): Uint8Array => sequence(
  extension(OID.basicConstraints, true, sequence(derTrue())), // a CA, of any depth
  extension(OID.keyUsage, true, bitString(KEY_USAGE_BITS, KEY_USAGE_UNUSED)), // keyCertSign, cRLSign
  extension(OID.subjectKeyIdentifier, false, octetString(subjectKeyIdentifier(spki))),
);

/** TBSCertificate, DER. Issuer and subject are the same bytes. */
export const encodeRootTbs = (fields: RootFields): Uint8Array => {
  const name = encodeName(fields.subject, fields.mode);
  return sequence(
    tlv(contextTag(0), unsignedInteger(Uint8Array.of(2))),
    unsignedInteger(fields.serialNumber),
    signatureAlgorithm(fields.profile),
    name,
    sequence(encodeTime(fields.notBefore), encodeTime(fields.notAfter)),
    name,
    fields.spki,
    tlv(contextTag(3), extensions(fields.spki)),
  );
};

/** TBS ‖ algorithm ‖ signature: a Certificate or a CertificationRequest, which have the same form. */
export const assembleSigned = (tbs: Uint8Array, profile: KeyProfile, signature: Uint8Array): Uint8Array =>
  sequence(tbs, signatureAlgorithm(profile), bitString(signature));

/** The parts of a Certificate or CertificationRequest, or null when it is not strict DER of that form. */
export const splitSigned = (der: Uint8Array): { readonly tbs: Uint8Array; readonly algorithm: Uint8Array; readonly signature: Uint8Array } | null => {
  const parts = readSequence(der);
  const signature = bitsOf(parts?.[2]);
  return parts?.length === 3 && signature !== null ? { tbs: parts[0]!.bytes, algorithm: parts[1]!.bytes, signature } : null;
};
