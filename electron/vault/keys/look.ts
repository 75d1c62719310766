/** Asks a token what became of a key: nothing, a complete pair that signs, or debris; and removes debris. */
import { toBase64 } from '../../../shared/bytes.ts';
import type { KeyProfile } from '../../../shared/ceremony/plan-schema.ts';
import { AppError } from '../../../shared/errors.ts';
import { checkPublicKey } from '../../../shared/keys/check-public-key.ts';
import type { TokenObject } from '../../../shared/transcript/entry-schema.ts';
import type { KeyPresence, VaultRequest, VaultResponse } from '../../../shared/vault/contract.ts';
import type { VaultContext } from '../context.ts';
import { CKA } from '../pkcs11/constants.ts';
import { ckrOf } from '../pkcs11/faults.ts';
import { describeObject, findKeyPair, findObjects, readAttribute, readClaims } from '../pkcs11/objects.ts';
import { readSpki } from '../pkcs11/public-key.ts';
import type { Session } from '../pkcs11/token.ts';
import { signsAndVerifies } from './generate.ts';

const isEmpty = (session: Session, object: Buffer, type: number): boolean => (readAttribute(session, object, type)?.length ?? 0) === 0;

/**
 * What a kill during key generation leaves: an object without id and label, and without a class or without the key itself. A whole key
 * that somebody made without id and label is not one of these.
 */
const isHalfMade = (session: Session, object: Buffer): boolean => {
  const seen = describeObject(session, object);
  if (seen.id !== '' || seen.label !== '') return false;
  switch (seen.class) {
    case 'other': return true;
    case 'public-key': return readSpki(session, object) === null;
    case 'private-key': return isEmpty(session, object, CKA.MODULUS) && isEmpty(session, object, CKA.EC_PARAMS);
    default: return false;
  }
};

/**
 * Objects of any class with this CKA_ID, and half-made ones. A certificate or a data object with the id is not part of a key pair, but
 * it is shown: nothing of ours has made it.
 */
const traces = (session: Session, keyId: Buffer): readonly Buffer[] => [
  ...findObjects(session, [{ type: CKA.ID, value: keyId }]),
  ...findObjects(session, []).filter((object) => isHalfMade(session, object)),
];

/** Attributes may be missing in half-made objects, and using them may fail in any way: that is debris, unless the token is gone. */
const completePair = async (session: Session, keyId: Buffer, profile: KeyProfile): Promise<Extract<KeyPresence, { found: 'complete' }> | null> => {
  const { privateKeys: [privateKey, ...morePrivate], publicKeys: [publicKey, ...morePublic] } = findKeyPair(session, keyId);
  if (privateKey === undefined || publicKey === undefined || morePrivate.length + morePublic.length > 0) return null;
  try {
    const spki = readSpki(session, publicKey);
    if (spki === null || !checkPublicKey(spki, profile).every(({ ok }) => ok)) return null;
    if (!(await signsAndVerifies(session, privateKey, profile, spki))) return null;
    return { found: 'complete', spki: toBase64(spki), claims: readClaims(session, privateKey) };
  } catch (error) {
    if (ckrOf(error) === null || !session.token.isPresent()) throw error;
    return null;
  }
};

/** @throws HSM_NOT_LOGGED_IN, HSM_TOKEN_NOT_FOUND, HSM_TOKEN_REMOVED, HSM_CALL_FAILED */
export const lookForKey = (context: VaultContext, request: VaultRequest<'key.look'>): Promise<KeyPresence> =>
  context.modules.loggedInToken(request.module, request.serial).use(async (session) => {
    const keyId = Buffer.from(request.keyId, 'hex');
    const found = traces(session, keyId);
    if (found.length === 0) return { found: 'none' };
    const complete = await completePair(session, keyId, request.profile);
    return complete ?? { found: 'debris', objects: found.map((object) => describeObject(session, object)) };
  });

/** Removes every object of a key id. @returns what was there; throws what the module throws */
export const destroyPair = (session: Session, keyId: Buffer): TokenObject[] => traces(session, keyId).map((object) => {
  const seen = describeObject(session, object);
  session.p11.C_DestroyObject(session.handle, object);
  return seen;
});

/**
 * Removes every object that {@link lookForKey} would show as debris; what is gone is gone. The caller decides, under an intent of its own.
 * @throws HSM_CALL_FAILED when something is still there afterwards, and as {@link lookForKey}
 */
export const destroyKey = (context: VaultContext, request: VaultRequest<'key.destroy'>): Promise<VaultResponse<'key.destroy'>> =>
  context.modules.loggedInToken(request.module, request.serial).use((session) => {
    const keyId = Buffer.from(request.keyId, 'hex');
    const destroyed = destroyPair(session, keyId);
    const left = traces(session, keyId).length;
    if (left > 0) throw new AppError('HSM_CALL_FAILED', { serial: request.serial, reason: 'objects-left', left });
    return { destroyed };
  });
