/** How a key that came back from its wrapping proves itself: a fresh challenge, signed by the token and verified outside it. */
import { randomBytes } from 'node:crypto';
import { toBase64 } from '../../../shared/bytes.ts';
import type { Base64, Sha256Hex } from '../../../shared/brand.ts';
import type { KeyProfile } from '../../../shared/ceremony/plan-schema.ts';
import { restoreMessage } from '../../../shared/custody/restore-challenge.ts';
import { AppError } from '../../../shared/errors.ts';
import { verifiesByProfile } from '../keys/verify.ts';
import { signByProfile } from '../pkcs11/sign.ts';
import type { Session } from '../pkcs11/token.ts';

export interface Proof { readonly challenge: Sha256Hex; readonly signature: Base64 }

/** @param spki the public key that the signature must verify under. @throws HSM_KEY_CHECK_FAILED (`challenge-signature`), what the module throws */
export const proveKey = async (session: Session, privateKey: Buffer, profile: KeyProfile, spki: Uint8Array): Promise<Proof> => {
  const challenge = randomBytes(32).toString('hex') as Sha256Hex, message = restoreMessage(challenge);
  const signature = await signByProfile(session, privateKey, profile, message);
  if (!verifiesByProfile(profile, spki, message, signature)) throw new AppError('HSM_KEY_CHECK_FAILED', { serial: session.token.serial, checks: ['challenge-signature'] });
  return { challenge, signature: toBase64(signature) };
};
