/** The card that holds a share of an existing set: the one it was written to, whatever card its holder has by now. */
import type { PersonId } from '../../../shared/brand.ts';
import { heldCustodyOf } from '../../../shared/ceremony/people.ts';
import type { SetRef } from '../../../shared/ceremony/plan-schema.ts';
import { AppError } from '../../../shared/errors.ts';
import type { Session } from '../session.ts';
import type { CardPlace } from './cards.ts';

/** @throws CARD_ABSENT when the plan knows of no card of this holder */
export const heldCardOf = (session: Session, holder: PersonId, set: SetRef): CardPlace => {
  const { plan } = session.state, { card } = heldCustodyOf(plan, set, holder), number = set.holders.find((one) => one.person === holder)?.number;
  if (!card) throw new AppError('CARD_ABSENT', { person: holder });
  const written = plan.source?.copies.find(({ copy }) => copy.kind === 'card' && copy.setId === set.setId && copy.share === number)?.copy;
  const serial = written?.kind === 'card' ? written.serial : card.serial;
  if (serial === null) throw new AppError('CARD_ABSENT', { person: holder });
  return { module: card.module, serial };
};
