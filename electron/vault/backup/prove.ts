/** Proves a wrapped key under the set in hand on another token, without leaving a copy there. */
import type { VaultRequest, VaultResponse } from '../../../shared/vault/contract.ts';
import type { VaultContext } from '../context.ts';
import { withSecretInHand } from '../custody/set-in-hand.ts';
import { bytesOf } from '../request.ts';
import { algorithmOf, readBlob } from './blob.ts';
import { proveKey } from './challenge.ts';
import { sha256Of } from './media.ts';
import { withSessionKey, type Sealed } from './session-key.ts';

/**
 * @throws VAULT_STATE (no-set, holds, not-rebuilt), HSM_BLOB_DAMAGED (`why`), HSM_KEY_CHECK_FAILED, HSM_MECHANISM_MISSING, HSM_CALL_FAILED
 * (objects-changed), STORAGE_IO
 */
export const proveWrapped = (context: VaultContext, request: VaultRequest<'backup.prove'>): Promise<VaultResponse<'backup.prove'>> =>
  withSecretInHand(context, 'wrapping-key', async (kek) => {
    const spki = bytesOf(request.spki, 'spki'), blob = await readBlob(request);
    const sealed: Sealed = { kek, blob, algorithm: algorithmOf(kek, blob, spki), profile: request.profile };
    const proof = await context.modules.loggedInToken(request.module, request.serial)
      .use((session) => withSessionKey(session, sealed, false, (key) => proveKey(session, key, request.profile, spki)));
    return { spkiSha256: sha256Of(spki), ...proof };
  });
