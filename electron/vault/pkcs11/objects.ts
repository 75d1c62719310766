/** Finding objects and reading attributes. An attribute a module does not give is null, never an error. */
import type { Attribute } from 'pkcs11js';
import type { KeyClaims, TokenObject } from '../../../shared/transcript/entry-schema.ts';
import { toHex } from '../../../shared/bytes.ts';
import { CKA, CKO, keyTypeName, mechanismName, UNAVAILABLE } from './constants.ts';
import { ckrOf } from './faults.ts';
import type { Session } from './token.ts';

const BATCH = 64;

/** All objects that match; the empty template finds every object the login may see. */
export const findObjects = ({ p11, handle }: Session, template: Attribute[]): readonly Buffer[] => {
  p11.C_FindObjectsInit(handle, template);
  try {
    const found: Buffer[] = [];
    for (;;) {
      const batch = p11.C_FindObjects(handle, BATCH);
      found.push(...batch);
      if (batch.length < BATCH) return found;
    }
  } finally { p11.C_FindObjectsFinal(handle); }
};

/** CKR_ATTRIBUTE_VALUE_INVALID: SoftHSM, for an object whose making was cut off. */
const ABSENT: ReadonlySet<string> = new Set(['CKR_ATTRIBUTE_TYPE_INVALID', 'CKR_ATTRIBUTE_SENSITIVE', 'CKR_FUNCTION_NOT_SUPPORTED', 'CKR_ATTRIBUTE_VALUE_INVALID']);

/** @returns the value, or null where the object has none or may not show it. */
export const readAttribute = ({ p11, handle }: Session, object: Buffer, type: number): Buffer | null => {
  try {
    return p11.C_GetAttributeValue(handle, object, [{ type }])[0]?.value ?? null;
  } catch (error) {
    if (ABSENT.has(ckrOf(error) ?? '')) return null;
    throw error;
  }
};

export const readBoolean = (session: Session, object: Buffer, type: number): boolean | null => {
  const value = readAttribute(session, object, type);
  return value === null || value.length !== 1 ? null : value[0] !== 0;
};

/** CK_ULONG: 8 bytes here, 4 on Windows. CK_UNAVAILABLE_INFORMATION is null. */
export const readNumber = (session: Session, object: Buffer, type: number): number | null => {
  const value = readAttribute(session, object, type);
  if (value === null) return null;
  if (value.length === 4) { const small = value.readUInt32LE(); return small === 0xffff_ffff ? null : small; }
  if (value.length !== 8) return null;
  const number = value.readBigUInt64LE();
  return number === UNAVAILABLE || number > BigInt(Number.MAX_SAFE_INTEGER) ? null : Number(number);
};

const CLASSES = new Map<number, TokenObject['class']>([
  [CKO.PRIVATE_KEY, 'private-key'], [CKO.PUBLIC_KEY, 'public-key'], [CKO.SECRET_KEY, 'secret-key'], [CKO.CERTIFICATE, 'certificate'], [CKO.DATA, 'data'],
]);

/** Labels come from outside: NULs and blanks at the end go, and no more than the transcript takes is kept. */
const labelOf = (value: Buffer | null): string => (value?.toString('utf8') ?? '').replace(/[\0 ]+$/, '').slice(0, 256);

/** One object as the inventory shows it. A half-made object without a class is `other`. */
export const describeObject = (session: Session, object: Buffer): TokenObject => {
  const objectClass = readNumber(session, object, CKA.CLASS);
  const isKey = objectClass === CKO.PRIVATE_KEY || objectClass === CKO.PUBLIC_KEY || objectClass === CKO.SECRET_KEY;
  const keyType = isKey ? readNumber(session, object, CKA.KEY_TYPE) : null;
  return {
    class: (objectClass === null ? undefined : CLASSES.get(objectClass)) ?? 'other',
    label: labelOf(readAttribute(session, object, CKA.LABEL)),
    id: toHex(readAttribute(session, object, CKA.ID) ?? new Uint8Array()),
    keyType: keyType === null ? null : keyTypeName(keyType),
  };
};

/** What the module says of a private key: its claims, not attestation (some modules give constants). */
export const readClaims = (session: Session, privateKey: Buffer): KeyClaims => {
  const flag = (type: number): boolean | null => readBoolean(session, privateKey, type);
  const mechanism = readNumber(session, privateKey, CKA.KEY_GEN_MECHANISM);
  return {
    local: flag(CKA.LOCAL), sensitive: flag(CKA.SENSITIVE), extractable: flag(CKA.EXTRACTABLE), alwaysSensitive: flag(CKA.ALWAYS_SENSITIVE),
    neverExtractable: flag(CKA.NEVER_EXTRACTABLE), sign: flag(CKA.SIGN), decrypt: flag(CKA.DECRYPT), derive: flag(CKA.DERIVE), unwrap: flag(CKA.UNWRAP),
    mechanism: mechanism === null ? null : mechanismName(mechanism),
  };
};

/** Private and public keys with this CKA_ID, as handles for use within the session. */
export const findKeyPair = (session: Session, keyId: Buffer): { readonly privateKeys: readonly Buffer[]; readonly publicKeys: readonly Buffer[] } => {
  const of = (objectClass: number): readonly Buffer[] => findObjects(session, [{ type: CKA.CLASS, value: objectClass }, { type: CKA.ID, value: keyId }]);
  return { privateKeys: of(CKO.PRIVATE_KEY), publicKeys: of(CKO.PUBLIC_KEY) };
};
