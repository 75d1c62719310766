/** Takes the key's way out: CKA_EXTRACTABLE false on each token, read back, and a wrap that would have worked is shown to be refused. */
import { AppError } from '../../../shared/errors.ts';
import type { VaultRequest, VaultResponse } from '../../../shared/vault/contract.ts';
import type { VaultContext } from '../context.ts';
import { CKA, CKK, CKM, CKO } from '../pkcs11/constants.ts';
import { ckrOf } from '../pkcs11/faults.ts';
import { findKeyPair, readBoolean } from '../pkcs11/objects.ts';
import type { Session } from '../pkcs11/token.ts';

const WRAPS = [CKM.AES_KEY_WRAP_PAD, CKM.AES_KEY_WRAP_KWP, CKM.AES_KEY_WRAP, CKM.AES_CBC_PAD] as const;
/** Recorded when the token has no mechanism that wraps anything, so that there is nothing to be refused. */
export const NO_WRAPPING = 'no wrapping mechanism';
const REFUSALS: ReadonlySet<string> = new Set(['CKR_KEY_UNEXTRACTABLE', 'CKR_KEY_NOT_WRAPPABLE']);

/** An AES key of the session only. A control key may leave, so that a mechanism can be shown to work. */
const makeAesKey = (session: Session, use: 'wrapping' | 'control'): Promise<Buffer> =>
  session.p11.C_GenerateKeyAsync(session.handle, { mechanism: CKM.AES_KEY_GEN }, [
    { type: CKA.CLASS, value: CKO.SECRET_KEY }, { type: CKA.KEY_TYPE, value: CKK.AES }, { type: CKA.VALUE_LEN, value: 32 },
    { type: CKA.TOKEN, value: false }, { type: CKA.PRIVATE, value: true }, { type: CKA.SENSITIVE, value: true },
    { type: CKA.EXTRACTABLE, value: use === 'control' }, { type: CKA.WRAP, value: use === 'wrapping' },
  ]);

const wrap = async (session: Session, mechanism: number, wrappingKey: Buffer, key: Buffer): Promise<void> => {
  const parameter = mechanism === CKM.AES_CBC_PAD ? { parameter: Buffer.alloc(16) } : {};
  (await session.p11.C_WrapKeyAsync(session.handle, { mechanism, ...parameter }, wrappingKey, key, Buffer.alloc(16_384))).fill(0);
};

const firstWorkingWrap = async (session: Session, wrappingKey: Buffer, control: Buffer): Promise<number | null> => {
  for (const mechanism of WRAPS) {
    try { await wrap(session, mechanism, wrappingKey, control); return mechanism; } catch (error) { if (ckrOf(error) === null) throw error; }
  }
  return null;
};

/** @returns the CKR_ name that refused, {@link NO_WRAPPING}, or null when the key was wrapped. */
const tryToWrap = async (session: Session, privateKey: Buffer): Promise<string | null> => {
  if (!session.token.mechanisms().has(CKM.AES_KEY_GEN)) return NO_WRAPPING;
  const made: Buffer[] = [];
  try {
    made.push(await makeAesKey(session, 'wrapping'), await makeAesKey(session, 'control'));
    const mechanism = await firstWorkingWrap(session, made[0]!, made[1]!);
    if (mechanism === null) return NO_WRAPPING;
    await wrap(session, mechanism, made[0]!, privateKey);
    return null;
  } catch (error) {
    const ckr = ckrOf(error);
    if (ckr === null) throw error;
    return ckr;
  } finally {
    for (const key of made) session.p11.C_DestroyObject(session.handle, key);
  }
};

type LockedToken = VaultResponse<'key.lock'>['tokens'][number];

const lockOne = async (session: Session, keyId: Buffer): Promise<LockedToken> => {
  const { serial } = session.token;
  const { privateKeys } = findKeyPair(session, keyId);
  if (privateKeys.length !== 1) throw new AppError('HSM_KEY_NOT_FOUND', { serial, found: privateKeys.length });
  const privateKey = privateKeys[0]!;
  if (readBoolean(session, privateKey, CKA.EXTRACTABLE) !== false) session.p11.C_SetAttributeValue(session.handle, privateKey, [{ type: CKA.EXTRACTABLE, value: false }]);
  const extractable = readBoolean(session, privateKey, CKA.EXTRACTABLE);
  if (extractable !== false) throw new AppError('HSM_LOCK_FAILED', { serial, extractable });
  const refusedWith = await tryToWrap(session, privateKey);
  if (refusedWith === null || !(REFUSALS.has(refusedWith) || refusedWith === NO_WRAPPING)) throw new AppError('HSM_LOCK_FAILED', { serial, extractable, ckr: refusedWith ?? 'CKR_OK' });
  return { serial, extractable, refusedWith };
};

/** Locks each token in turn. @throws HSM_LOCK_FAILED, HSM_KEY_NOT_FOUND, HSM_NOT_LOGGED_IN, HSM_TOKEN_REMOVED, HSM_CALL_FAILED */
export const lockKey = async (context: VaultContext, request: VaultRequest<'key.lock'>): Promise<VaultResponse<'key.lock'>> => {
  const keyId = Buffer.from(request.keyId, 'hex');
  const tokens: LockedToken[] = [];
  for (const serial of request.serials) tokens.push(await context.modules.loggedInToken(request.module, serial).use((session) => lockOne(session, keyId)));
  return { tokens };
};
