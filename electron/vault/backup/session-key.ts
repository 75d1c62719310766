/**
 * A wrapped key opened inside a token for one use: a session object that is destroyed whatever happens. What the token itself holds is
 * looked at before and after, and must be the same.
 */
import { randomBytes } from 'node:crypto';
import type { Attribute } from 'pkcs11js';
import type { KeyProfile } from '../../../shared/ceremony/plan-schema.ts';
import { AppError } from '../../../shared/errors.ts';
import { CKA } from '../pkcs11/constants.ts';
import { describeObject, findObjects, readBoolean } from '../pkcs11/objects.ts';
import { restoredKeyTemplate } from '../pkcs11/templates.ts';
import type { Session } from '../pkcs11/token.ts';
import { unwrapBlob } from './blob.ts';
import { probeWrap } from './probe.ts';
import { destroyQuietly } from './wrapping-object.ts';
import type { Algorithm } from './strategies.ts';

/** A wrapped key and what opens it. `algorithm` is the one that opened it in software. */
export interface Sealed { readonly kek: Buffer; readonly blob: Buffer; readonly algorithm: Algorithm; readonly profile: KeyProfile }

/** The object's name while it is there: random, so that nothing takes it for the token's own copy. */
const templateOf = (profile: KeyProfile, extractable: boolean): Attribute[] =>
  restoredKeyTemplate(profile, `quorate session ${randomBytes(8).toString('hex')}`, randomBytes(16))
    .map((attribute) => (attribute.type === CKA.TOKEN ? { ...attribute, value: false } : attribute.type === CKA.EXTRACTABLE ? { ...attribute, value: extractable } : attribute));

/** Class, names and lock of every object that the token shows; session objects of other sessions are among them in some modules. */
const inventoryOf = (session: Session): string =>
  JSON.stringify(findObjects(session, []).map((object) => JSON.stringify([describeObject(session, object), readBoolean(session, object, CKA.TOKEN), readBoolean(session, object, CKA.EXTRACTABLE)])).sort());

/** @throws HSM_CALL_FAILED (`reason`: objects-changed), and what `work` throws */
const leavingNoTrace = async <T>(session: Session, work: () => Promise<T>): Promise<T> => {
  const before = inventoryOf(session), result = await work();
  if (inventoryOf(session) !== before) throw new AppError('HSM_CALL_FAILED', { serial: session.token.serial, reason: 'objects-changed' });
  return result;
};

/**
 * @param extractable true only where the key is to be wrapped again. @param work gets the object's handle, of no use afterwards
 * @throws HSM_MECHANISM_MISSING, HSM_BLOB_DAMAGED, HSM_CALL_FAILED (`reason`: objects-changed), and what `work` throws; inside Token.use
 */
export const withSessionKey = <T>(session: Session, { kek, blob, algorithm, profile }: Sealed, extractable: boolean, work: (key: Buffer) => Promise<T>): Promise<T> =>
  leavingNoTrace(session, async () => {
    const strategy = await probeWrap(session, algorithm);
    const key = await unwrapBlob(session, strategy, kek, blob, templateOf(profile, extractable));
    // SECURITY: CUST-6 — an extractable copy of a locked key exists here, and only here.
    try { return await work(key); } finally { destroyQuietly(session, key); }
  });
