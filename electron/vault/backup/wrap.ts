/** Wraps the key of the ceremony under the rebuilt wrapping key, opens the result here once without any token, and writes the media. */
import { AppError } from '../../../shared/errors.ts';
import type { VaultRequest, VaultResponse } from '../../../shared/vault/contract.ts';
import type { VaultContext } from '../context.ts';
import { withSecretInHand } from '../custody/set-in-hand.ts';
import { findKeyPair } from '../pkcs11/objects.ts';
import { readSpki } from '../pkcs11/public-key.ts';
import type { Session } from '../pkcs11/token.ts';
import { assertOpens } from './blob.ts';
import { sha256Of, writeMedia } from './media.ts';
import { probeWrap, wrapBlob } from './probe.ts';
import { withWrappingKey } from './wrapping-object.ts';

const onlyPair = (session: Session, keyId: Buffer): { privateKey: Buffer; spki: Uint8Array } => {
  const { privateKeys: [privateKey, ...morePrivate], publicKeys: [publicKey, ...morePublic] } = findKeyPair(session, keyId);
  const spki = publicKey === undefined ? null : readSpki(session, publicKey);
  if (privateKey === undefined || spki === null || morePrivate.length + morePublic.length > 0) throw new AppError('HSM_KEY_NOT_FOUND', { serial: session.token.serial });
  return { privateKey, spki };
};

const wrapIn = async (context: VaultContext, request: VaultRequest<'backup.wrap'>, kek: Buffer): Promise<VaultResponse<'backup.wrap'>> => {
  const { blob, strategy } = await context.modules.loggedInToken(request.module, request.serial).use(async (session) => {
    const { privateKey, spki } = onlyPair(session, Buffer.from(request.keyId, 'hex'));
    const proven = await probeWrap(session);
    const wrapped = await withWrappingKey(session, kek, 'wrap', (wrappingKey) => wrapBlob(session, proven, wrappingKey, privateKey));
    assertOpens(proven.algorithm, kek, wrapped, spki, request.serial);
    return { blob: wrapped, strategy: proven };
  });
  const media = await writeMedia(request.media, request.fileName, blob);
  return { algorithm: strategy.algorithm, mechanism: strategy.name, length: blob.length, sha256: sha256Of(blob), media };
};

/**
 * @throws VAULT_STATE (no-set, holds, not-rebuilt), HSM_KEY_NOT_FOUND, HSM_MECHANISM_MISSING (nothing proven), HSM_KEY_NOT_WRAPPABLE,
 * HSM_KEY_CHECK_FAILED, and as writeMedia
 */
export const wrapKey = (context: VaultContext, request: VaultRequest<'backup.wrap'>): Promise<VaultResponse<'backup.wrap'>> =>
  withSecretInHand(context, 'wrapping-key', (kek) => wrapIn(context, request, kek));
