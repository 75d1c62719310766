/** Reading a share from a card. What comes out is not judged here: it is what the card holds. */
import { AppError } from '../../../shared/errors.ts';
import type { Sha256Hex } from '../../../shared/brand.ts';
import type { VaultContext } from '../context.ts';
import { withCard, type CardRequest } from './card.ts';
import { openContainer, readShareObjects, wipeObjects, type ShareObject } from './share-objects.ts';

export interface ReadRequest extends CardRequest {
  /** What is looked for first. A card with one share of another set or number gives that one, so that the judge can name it. */
  readonly expect: { readonly setName?: string; readonly setId?: Sha256Hex; readonly share: number | null };
}

const fits = (object: ShareObject, { setName, setId, share }: ReadRequest['expect']): boolean =>
  (share === null || object.share === share) && (setId === undefined || object.setId === null || object.setId === setId) && (setName === undefined || object.setName === setName);

const nameOf = ({ setName, share }: ShareObject): string => `${setName ?? 'unknown'} ${share ?? 'unknown'}`;

/** @throws CARD_NO_SHARE, SHARE_CARD_OBJECT (several) */
const choose = (objects: readonly ShareObject[], expect: ReadRequest['expect'], serial: string): ShareObject => {
  const fitting = objects.filter((object) => fits(object, expect)), wanted = fitting.length > 0 ? fitting : objects;
  if (wanted.length === 1) return wanted[0]!;
  if (objects.length === 0) throw new AppError('CARD_NO_SHARE', { serial });
  if (fitting.length === 0) throw new AppError('CARD_NO_SHARE', { serial, found: objects.map(nameOf) });
  throw new AppError('SHARE_CARD_OBJECT', { serial, reason: 'several', found: fitting.map(nameOf) });
};

/**
 * Identifies the card by its serial number, logs in, reads the share's object, opens it with the card's key where it is encrypted, logs out.
 * @returns the whole share as it was issued, not judged; the caller wipes it
 * @throws CARD_ABSENT, CARD_OTHER, CARD_NO_SHARE (`found`: what is there instead), SHARE_CARD_OBJECT (`reason`), HSM_PIN_* (`of`: card),
 * HSM_TOKEN_REMOVED, HSM_CALL_FAILED, VAULT_ENTRY_MISSING, VAULT_STATE (token-in-use)
 */
export const readShareFromCard = (context: VaultContext, request: ReadRequest): Promise<Buffer> =>
  withCard(context, request, (card) => card.use(async (session) => {
    const objects = readShareObjects(session);
    try { return await openContainer(session, choose(objects, request.expect, request.serial)); } finally { wipeObjects(objects); }
  }));
