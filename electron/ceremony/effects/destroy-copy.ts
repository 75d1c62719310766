/** Deletes what the app itself can reach of a copy that is destroyed: the object on a card, the wrapped key on a medium; then accounts for it. */
import path from 'node:path';
import type { EffectId, PersonId } from '../../../shared/brand.ts';
import { admit } from '../../../shared/ceremony/admit.ts';
import { accountEntry, type AccountCommand } from '../../../shared/ceremony/decide.ts';
import { gatheredSetOf, sourceOf } from '../../../shared/ceremony/people.ts';
import type { Copy, SetRef } from '../../../shared/ceremony/plan-schema.ts';
import { AppError } from '../../../shared/errors.ts';
import { busy } from '../ask.ts';
import type { Session } from '../session.ts';
import { mediumDir } from './backup.ts';
import { askCardPin, cardIn } from './cards.ts';
import { failUnlessGone } from './fail.ts';
import { heldCardOf } from './held-card.ts';

type CardCopy = Extract<Copy, { kind: 'card' }>;
type MediumCopy = Extract<Copy, { kind: 'medium' }>;

const holderOf = (session: Session, copy: CardCopy): { readonly person: PersonId; readonly set: SetRef } => {
  const { plan } = session.state;
  const set = [gatheredSetOf(plan, 'wrapping-key'), gatheredSetOf(plan, 'pin')].find((one) => one?.setId === copy.setId);
  const holder = set?.holders.find((one) => one.number === copy.share);
  if (!set || !holder) throw new AppError('RULE_COPIES_ACCOUNTED', { reason: 'not a copy this step is about', entry: 'copy-accounted' });
  return { person: holder.person, set };
};

const eraseCard = async (session: Session, copy: CardCopy): Promise<(run: EffectId) => Promise<void>> => {
  const { person, set } = holderOf(session, copy);
  const place = { module: heldCardOf(session, person, set).module, serial: copy.serial };
  await cardIn(session, person, place);
  const pinEntries = await askCardPin(session, person, place);
  return async (effect) => {
    const { erased } = await busy(session, 'destroy-copy', 'Erasing the share on the card', () => session.ports.vault.call('card.erase', { ...place, setId: copy.setId, share: copy.share, pinEntries }));
    await session.conclude(effect, { kind: 'destroy-copy', found: erased > 0 });
  };
};

const clearMedium = (session: Session, copy: MediumCopy) => async (effect: EffectId): Promise<void> => {
  const wrapped = sourceOf(session.state.plan).wrapped;
  if (!wrapped) throw new AppError('RULE_COPIES_ACCOUNTED', { reason: 'no wrapped key is known', entry: 'copy-accounted' });
  const mediaFile = path.join(mediumDir(session, copy.number), wrapped.fileName);
  const { found } = await busy(session, 'destroy-copy', `Deleting the wrapped key on medium ${copy.number}`, () => session.ports.vault.call('backup.clear', { mediaFile, sha256: wrapped.sha256 }));
  await session.conclude(effect, { kind: 'destroy-copy', found });
};

/** Judged as if it were done, so that nothing is deleted for an account that would be refused. */
const assertWouldPass = (session: Session, account: AccountCommand): void => {
  const refusal = admit({ ...session.state, destroyedCopies: [...session.state.destroyedCopies, { copy: account.copy, found: true, effect: 'e9999' as EffectId }] }, accountEntry(session.state, account, 'e9999' as EffectId));
  if (refusal) throw new AppError(refusal.fault.code, refusal.fault.details);
};

export const destroyCopy = async (session: Session, account: AccountCommand): Promise<void> => {
  const { copy } = account;
  if (copy.kind === 'sheet') throw new AppError('RULE_COPIES_ACCOUNTED', { reason: 'the app destroys no sheets', entry: 'copy-accounted' });
  assertWouldPass(session, account);
  const run = copy.kind === 'card' ? await eraseCard(session, copy) : clearMedium(session, copy);
  const effect = await session.intend({ kind: 'destroy-copy', copy });
  try { await run(effect); } catch (error) { await failUnlessGone(session, effect, error, 'unknown'); }
  await session.append(accountEntry(session.state, account, effect));
};
