/** The keys on a card that a share can be encrypted to: the public half here, the private one stays where it is. */
import { createHash } from 'node:crypto';
import type { Seal } from '../../../shared/custody/card-container.ts';
import { encodeSpki, parseSpki } from '../../../shared/keys/spki.ts';
import { OID } from '../../../shared/x509/oids.ts';
import { CKA, CKK, CKO } from '../pkcs11/constants.ts';
import { findKeyPair, findObjects, readAttribute, readBoolean, readNumber } from '../pkcs11/objects.ts';
import { readSpki } from '../pkcs11/public-key.ts';
import type { Session } from '../pkcs11/token.ts';

export interface DecryptionKey {
  /** Valid inside the session's `use` only. */
  readonly privateKey: Buffer;
  /** DER. */
  readonly spki: Uint8Array;
  /** Ways to reach it, the best first. */
  readonly seals: readonly Seal[];
  /** It signs too: such a key is taken last. */
  readonly signs: boolean;
}

/** 2048 to 4096 bits: weaker ones protect too little, longer ones do not fit. */
const RSA_BYTES = { min: 256, max: 512 } as const;

const rsaSpki = (session: Session, privateKey: Buffer): Uint8Array | null => {
  const modulus = readAttribute(session, privateKey, CKA.MODULUS), exponent = readAttribute(session, privateKey, CKA.PUBLIC_EXPONENT);
  return modulus === null || exponent === null || modulus.length === 0 || exponent.length === 0 ? null : encodeSpki({ kind: 'rsa', modulus, exponent });
};

/** Of the public object with the same id; an RSA private key tells it itself. */
const spkiOf = (session: Session, privateKey: Buffer, keyType: number): Uint8Array | null => {
  const id = readAttribute(session, privateKey, CKA.ID);
  const publicKeys = id === null || id.length === 0 ? [] : findKeyPair(session, id).publicKeys;
  const fromPublic = publicKeys.map((object) => readSpki(session, object)).find((spki) => spki !== null) ?? null;
  return fromPublic ?? (keyType === CKK.RSA ? rsaSpki(session, privateKey) : null);
};

const sealsOf = (spki: Uint8Array): readonly Seal[] => {
  const key = parseSpki(spki);
  if (key?.kind === 'rsa') return key.modulus.length < RSA_BYTES.min || key.modulus.length > RSA_BYTES.max ? [] : ['rsa-oaep-sha256', 'rsa-oaep-sha1'];
  if (key?.kind !== 'ec') return [];
  return key.curveOid === OID.p256 ? ['ecdh-p256'] : key.curveOid === OID.p384 ? ['ecdh-p384'] : [];
};

/** Null for a key that only signs, that asks for the PIN at every use, or that has no public half. */
const decryptionKey = (session: Session, privateKey: Buffer): DecryptionKey | null => {
  const keyType = readNumber(session, privateKey, CKA.KEY_TYPE);
  const use = keyType === CKK.RSA ? CKA.DECRYPT : keyType === CKK.EC ? CKA.DERIVE : null;
  if (keyType === null || use === null || readBoolean(session, privateKey, use) !== true || readBoolean(session, privateKey, CKA.ALWAYS_AUTHENTICATE) === true) return null;
  const spki = spkiOf(session, privateKey, keyType);
  const seals = spki === null ? [] : sealsOf(spki);
  return spki === null || seals.length === 0 ? null : { privateKey, spki, seals, signs: readBoolean(session, privateKey, CKA.SIGN) === true };
};

/** @returns the card's decryption keys, those that do nothing else first. Inside {@link Token.use}, logged in. */
export const decryptionKeys = (session: Session): readonly DecryptionKey[] => {
  const found = findObjects(session, [{ type: CKA.CLASS, value: CKO.PRIVATE_KEY }, { type: CKA.TOKEN, value: true }]).map((object) => decryptionKey(session, object)).filter((key) => key !== null);
  return [...found.filter(({ signs }) => !signs), ...found.filter(({ signs }) => signs)];
};

export const keyDigest = (spki: Uint8Array): Buffer => createHash('sha256').update(spki).digest();
