/** Reads a public key object as SubjectPublicKeyInfo. Modules differ in how they write CKA_EC_POINT: wrapped in an OCTET STRING, raw, or as a BIT STRING. */
import { bitsOf, oidText, readAll, readOne, TAG } from '../../../shared/x509/der.ts';
import { encodeSpki, type PublicKeyParts } from '../../../shared/keys/spki.ts';
import { CKA, CKK } from './constants.ts';
import { readAttribute, readNumber } from './objects.ts';
import type { Session } from './token.ts';

const ED25519_BYTES = 32;

const pointOf = (value: Buffer): Uint8Array => readOne(value, TAG.octetString)?.content ?? bitsOf(readOne(value, TAG.bitString)) ?? value;

const rsaKey = (session: Session, object: Buffer): PublicKeyParts | null => {
  const modulus = readAttribute(session, object, CKA.MODULUS), exponent = readAttribute(session, object, CKA.PUBLIC_EXPONENT);
  return modulus === null || exponent === null || modulus.length === 0 ? null : { kind: 'rsa', modulus, exponent };
};

const ecKey = (session: Session, object: Buffer): PublicKeyParts | null => {
  const point = readAttribute(session, object, CKA.EC_POINT);
  const curveOid = oidText(readAll(readAttribute(session, object, CKA.EC_PARAMS) ?? Buffer.alloc(0))?.[0]);
  return point === null || point.length === 0 || curveOid === null ? null : { kind: 'ec', curveOid, point: pointOf(point) };
};

/** The curve's parameter is a name or an OID depending on the module; the length tells Ed25519 (32) from Ed448 (57). */
const edKey = (session: Session, object: Buffer): PublicKeyParts | null => {
  const value = readAttribute(session, object, CKA.EC_POINT);
  const point = value === null ? null : value.length === ED25519_BYTES ? value : pointOf(value);
  return point?.length === ED25519_BYTES ? { kind: 'ed25519', point } : null;
};

/** @returns DER, or null for a half-made object or a kind of key that Quorate does not use. */
export const readSpki = (session: Session, publicKey: Buffer): Uint8Array | null => {
  const keyType = readNumber(session, publicKey, CKA.KEY_TYPE);
  const parts = keyType === CKK.RSA ? rsaKey(session, publicKey) : keyType === CKK.EC ? ecKey(session, publicKey) : keyType === CKK.EC_EDWARDS ? edKey(session, publicKey) : null;
  return parts === null ? null : encodeSpki(parts);
};
