/** Proof of possession in two calls, as for the root certificate: the exact bytes first, then the signature over exactly those. */
import { equalBytes, toBase64 } from '../../../shared/bytes.ts';
import { AppError } from '../../../shared/errors.ts';
import type { VaultRequest, VaultResponse } from '../../../shared/vault/contract.ts';
import { encodePossessionTbs, parsePossession } from '../../../shared/x509/possession.ts';
import { assembleSigned } from '../../../shared/x509/root-certificate.ts';
import type { VaultContext } from '../context.ts';
import { signWithKey } from '../keys/use-key.ts';
import { bytesOf } from '../request.ts';

export const preparePossession = async (request: VaultRequest<'pki.prepare-pop'>): Promise<VaultResponse<'pki.prepare-pop'>> =>
  ({ tbs: toBase64(encodePossessionTbs(bytesOf(request.spki, 'spki'), request.subject, request.mode, request.head)) });

/**
 * SECURITY: the key signs only what reads back as a request of this key with one transcript head; never free bytes.
 * @throws PKI_TBS_MISMATCH, PKI_SIGNATURE_INVALID, HSM_KEY_NOT_FOUND, HSM_NOT_LOGGED_IN, HSM_TOKEN_REMOVED, HSM_CALL_FAILED
 */
export const signPossession = async (context: VaultContext, request: VaultRequest<'pki.sign-pop'>): Promise<VaultResponse<'pki.sign-pop'>> => {
  const tbs = bytesOf(request.tbs, 'tbs'), spki = bytesOf(request.spki, 'spki');
  const read = parsePossession(assembleSigned(tbs, request.profile, Buffer.alloc(1)));
  if (read === null || !equalBytes(read.tbs, tbs) || !equalBytes(read.spki, spki)) throw new AppError('PKI_TBS_MISMATCH', { when: 'before-signing' });
  const signature = await signWithKey(context, request, request.profile, spki, tbs);
  return { request: toBase64(assembleSigned(tbs, request.profile, signature)) };
};
