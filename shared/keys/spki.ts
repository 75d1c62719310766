/** SubjectPublicKeyInfo (RFC 5280 §4.1.2.7; RFC 3279, 5480, 8410): building and strict reading for RSA, the named curves and Ed25519. */
import { equalBytes } from '../bytes.ts';
import { bitsOf, bitString, derNull, objectIdentifier, oidText, readSequence, sequence, TAG, unsignedInteger, unsignedOf } from '../x509/der.ts';
import { OID } from '../x509/oids.ts';

export type PublicKeyParts =
  | { readonly kind: 'rsa'; readonly modulus: Uint8Array; readonly exponent: Uint8Array }
  /** `point`: uncompressed, 04 ‖ x ‖ y. */
  | { readonly kind: 'ec'; readonly curveOid: string; readonly point: Uint8Array }
  | { readonly kind: 'ed25519'; readonly point: Uint8Array };

export const encodeSpki = (key: PublicKeyParts): Uint8Array => {
  switch (key.kind) {
    case 'rsa': return sequence(sequence(objectIdentifier(OID.rsaEncryption), derNull()), bitString(sequence(unsignedInteger(key.modulus), unsignedInteger(key.exponent))));
    case 'ec': return sequence(sequence(objectIdentifier(OID.ecPublicKey), objectIdentifier(key.curveOid)), bitString(key.point));
    case 'ed25519': return sequence(sequence(objectIdentifier(OID.ed25519)), bitString(key.point));
  }
};

const rsaParts = (bits: Uint8Array): PublicKeyParts | null => {
  const numbers = readSequence(bits);
  const modulus = unsignedOf(numbers?.[0]), exponent = unsignedOf(numbers?.[1]);
  return modulus === null || exponent === null ? null : { kind: 'rsa', modulus, exponent };
};

const partsOf = (spki: Uint8Array): PublicKeyParts | null => {
  const outer = readSequence(spki);
  const algorithm = outer?.[0]?.tag === TAG.sequence ? readSequence(outer[0].bytes) : null;
  const bits = bitsOf(outer?.[1]);
  if (outer?.length !== 2 || algorithm === null || bits === null) return null;
  const oid = oidText(algorithm[0]);
  if (oid === OID.rsaEncryption) return rsaParts(bits);
  if (oid === OID.ed25519) return { kind: 'ed25519', point: bits };
  const curveOid = oidText(algorithm[1]);
  return oid === OID.ecPublicKey && curveOid !== null ? { kind: 'ec', curveOid, point: bits } : null;
};

/** @returns null unless the bytes are exactly what {@link encodeSpki} writes for the key in them. */
export const parseSpki = (spki: Uint8Array): PublicKeyParts | null => {
  const parts = partsOf(spki);
  return parts !== null && equalBytes(encodeSpki(parts), spki) ? parts : null;
};
