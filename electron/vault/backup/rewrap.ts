/**
 * Re-share: the old wrapped key is opened under the gathered secret into a session object, wrapped under the set in hand, and destroyed.
 * The token's own copy stays locked and is not touched.
 */
import { timingSafeEqual } from 'node:crypto';
import { AppError } from '../../../shared/errors.ts';
import type { VaultRequest, VaultResponse } from '../../../shared/vault/contract.ts';
import type { VaultContext } from '../context.ts';
import { shareSetOf, withGatheredSecret, withSecretInHand } from '../custody/set-in-hand.ts';
import type { Session } from '../pkcs11/token.ts';
import { bytesOf } from '../request.ts';
import { algorithmOf, assertOpens, readBlob } from './blob.ts';
import { proveKey } from './challenge.ts';
import { sha256Of, writeMedia } from './media.ts';
import { probeWrap, wrapBlob } from './probe.ts';
import { withSessionKey, type Sealed } from './session-key.ts';
import type { Strategy } from './strategies.ts';
import { withWrappingKey } from './wrapping-object.ts';

type Request = VaultRequest<'backup.rewrap'>;
interface Keys { readonly oldKek: Buffer; readonly newKek: Buffer }

/** Under the same key an old quorum would open the new copies too. */
const assertOther = (context: VaultContext, { gathered }: Request, { oldKek, newKek }: Keys): void => {
  if (shareSetOf(context).manifest.setId === gathered) throw new AppError('VAULT_STATE', { reason: 'same-set' });
  if (timingSafeEqual(oldKek, newKek)) throw new AppError('VAULT_STATE', { reason: 'same-key' });
};

interface Rewrapped { readonly blob: Buffer; readonly strategy: Strategy }

const rewrapIn = async (session: Session, sealed: Sealed, newKek: Buffer, spki: Buffer): Promise<Rewrapped> => {
  const strategy = await probeWrap(session);
  const blob = await withSessionKey(session, sealed, true, async (key) => {
    await proveKey(session, key, sealed.profile, spki);
    return withWrappingKey(session, newKek, 'wrap', (wrappingKey) => wrapBlob(session, strategy, wrappingKey, key));
  });
  assertOpens(strategy.algorithm, newKek, blob, spki, session.token.serial);
  return { blob, strategy };
};

const rewrap = async (context: VaultContext, request: Request, keys: Keys): Promise<VaultResponse<'backup.rewrap'>> => {
  assertOther(context, request, keys);
  const spki = bytesOf(request.spki, 'spki'), old = await readBlob(request), { oldKek: kek, newKek } = keys;
  const sealed: Sealed = { kek, blob: old, algorithm: algorithmOf(kek, old, spki), profile: request.profile };
  const { blob, strategy } = await context.modules.loggedInToken(request.module, request.serial).use((session) => rewrapIn(session, sealed, newKek, spki));
  const media = await writeMedia(request.media, request.fileName, blob);
  return { algorithm: strategy.algorithm, mechanism: strategy.name, length: blob.length, sha256: sha256Of(blob), media };
};

/**
 * @throws VAULT_STATE (no-gather, not-combined, no-set, holds, not-rebuilt, same-set, same-key), HSM_BLOB_DAMAGED (`why`), HSM_KEY_CHECK_FAILED,
 * HSM_MECHANISM_MISSING, HSM_KEY_NOT_WRAPPABLE, HSM_CALL_FAILED (objects-changed), and as writeMedia
 */
export const rewrapKey = (context: VaultContext, request: Request): Promise<VaultResponse<'backup.rewrap'>> =>
  withGatheredSecret(context, request.gathered, (oldKek) => withSecretInHand(context, 'wrapping-key', (newKek) => rewrap(context, request, { oldKek, newKek })));
