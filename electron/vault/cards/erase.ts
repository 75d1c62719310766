/** Destroying a share's object on a card, and only that one. */
import { AppError } from '../../../shared/errors.ts';
import { fromHex } from '../../../shared/bytes.ts';
import { cardLabel } from '../../../shared/custody/card-container.ts';
import { setName } from '../../../shared/custody/set-name.ts';
import type { VaultRequest, VaultResponse } from '../../../shared/vault/contract.ts';
import type { VaultContext } from '../context.ts';
import type { Session } from '../pkcs11/token.ts';
import { withCard } from './card.ts';
import { readShareObjects, wipeObjects, type ShareObject } from './share-objects.ts';

type Target = Pick<VaultRequest<'card.erase'>, 'setId' | 'share'> & { readonly label: string };

/** By what the container says; by the label where a cut-off write left no container. */
const isTarget = (object: ShareObject, { setId, share, label }: Target): boolean =>
  object.ours && (object.container === null ? object.label === label : object.setId === setId && object.share === share);

const targets = <T>(session: Session, target: Target, work: (objects: readonly ShareObject[]) => T): T => {
  const objects = readShareObjects(session);
  try { return work(objects.filter((object) => isTarget(object, target))); } finally { wipeObjects(objects); }
};

/**
 * What is gone already counts as gone: `erased` is then 0. The absence is read in a new session.
 * @throws IPC_REQUEST (setId), HSM_CALL_FAILED (`reason`: object-remains), and as {@link withCard}
 */
export const eraseCard = (context: VaultContext, request: VaultRequest<'card.erase'>): Promise<VaultResponse<'card.erase'>> =>
  withCard(context, request, (card) => card.use(async (session) => {
    const setId = fromHex(request.setId);
    if (setId?.length !== 32) throw new AppError('IPC_REQUEST', { field: 'setId' });
    const target: Target = { ...request, label: cardLabel(setName(setId), request.share) };
    const erased = targets(session, target, (objects) => {
      for (const { handle } of objects) session.p11.C_DestroyObject(session.handle, handle);
      return objects.length;
    });
    const left = await card.use((fresh) => targets(fresh, target, (objects) => objects.length));
    if (left > 0) throw new AppError('HSM_CALL_FAILED', { serial: card.serial, call: 'C_DestroyObject', reason: 'object-remains' });
    return { absent: true, erased };
  }));
