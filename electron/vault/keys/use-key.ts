/** Finds the one private key of a reference and signs with it; the signature is verified outside before it is given on. */
import { AppError } from '../../../shared/errors.ts';
import type { KeyProfile } from '../../../shared/ceremony/plan-schema.ts';
import type { KeyRef } from '../../../shared/vault/contract.ts';
import type { VaultContext } from '../context.ts';
import { findKeyPair } from '../pkcs11/objects.ts';
import { signByProfile } from '../pkcs11/sign.ts';
import { verifiesByProfile } from './verify.ts';

/**
 * @param spki the public key that the signature must verify under
 * @throws HSM_KEY_NOT_FOUND when there is not exactly one, PKI_SIGNATURE_INVALID, HSM_NOT_LOGGED_IN, HSM_TOKEN_REMOVED, HSM_CALL_FAILED
 */
export const signWithKey = (context: VaultContext, ref: KeyRef, profile: KeyProfile, spki: Uint8Array, message: Uint8Array): Promise<Buffer> =>
  context.modules.loggedInToken(ref.module, ref.serial).use(async (session) => {
    const { privateKeys } = findKeyPair(session, Buffer.from(ref.keyId, 'hex'));
    if (privateKeys.length !== 1) throw new AppError('HSM_KEY_NOT_FOUND', { serial: ref.serial, found: privateKeys.length });
    const signature = await signByProfile(session, privateKeys[0]!, profile, message);
    if (!verifiesByProfile(profile, spki, message, signature)) throw new AppError('PKI_SIGNATURE_INVALID', { serial: ref.serial });
    return signature;
  });
