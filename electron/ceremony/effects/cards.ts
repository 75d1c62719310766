/** A custodian's card at the desk: waited for by its serial, and its PIN asked for only when it is the right one. */
import type { PersonId } from '../../../shared/brand.ts';
import { custodyOf } from '../../../shared/ceremony/people.ts';
import { personOf } from '../../../shared/ceremony/select.ts';
import { AppError } from '../../../shared/errors.ts';
import type { EntryId, TokenInfo } from '../../../shared/vault/contract.ts';
import { ask } from '../ask.ts';
import type { Session } from '../session.ts';

export interface CardPlace { readonly module: string; readonly serial: string }

/** @throws CARD_ABSENT when the plan gives this person no card */
export const cardOf = (session: Session, person: PersonId): CardPlace => {
  const found = personOf(session.state, person);
  const card = found && custodyOf(found).card;
  if (!card || card.serial === null) throw new AppError('CARD_ABSENT', { person });
  return { module: card.module, serial: card.serial };
};

/** Readers are asked twice a second while a card is waited for, and at no other time. */
const INTERVAL_MS = 500;
/** After this the room is told instead of waiting on; it can wait again. */
const PATIENCE_MS = 120_000;
const later = (): Promise<void> => new Promise((resolve) => { setTimeout(resolve, INTERVAL_MS); });

const look = (session: Session, card: CardPlace) => session.ports.vault.call('card.look', { module: card.module, serial: card.serial });
/** Whose cards are in the readers instead, by name where the plan knows them: no PIN was tried on any. */
const others = (session: Session, person: PersonId, serials: readonly string[]): AppError['details'] => {
  const known = session.state.plan.people.find((person) => serials.includes(custodyOf(person).card?.serial ?? ''));
  return { found: [...serials], ...(known ? { owner: known.name } : {}), person: personOf(session.state, person)?.name ?? person };
};

const wait = async (session: Session, person: PersonId, card: CardPlace, until: 'inserted' | 'removed'): Promise<void> => {
  const began = session.ports.now().getTime(), cancels = session.ports.desk.cancelled?.() ?? 0;
  let shown: string | null = null;
  try {
    for (;;) {
      const seen = await look(session, card);
      if (seen.present === (until === 'inserted')) return;
      if (until === 'removed' && seen.present && !seen.removable) return;
      // The room may say cancel, or pause: nothing has been tried on any card then.
      if ((session.ports.desk.cancelled?.() ?? 0) !== cancels || session.state.pause !== null) throw new AppError('VAULT_ENTRY_CANCELLED', { person });
      if (session.ports.now().getTime() - began > PATIENCE_MS) throw new AppError(seen.others.length > 0 && until === 'inserted' ? 'CARD_OTHER' : 'CARD_ABSENT', { serial: card.serial, ...others(session, person, seen.others) });
      const state = seen.others.join();
      if (shown !== state) session.setActivity({ kind: 'card', person, serial: card.serial, until, others: seen.others, since: session.ports.now().toISOString() });
      shown = state;
      await later();
    }
  } finally { session.setActivity(null); }
};

/** Comes back when the card is in a reader. @throws CARD_ABSENT, CARD_OTHER (nobody's try was used), VAULT_ENTRY_CANCELLED */
export const cardIn = (session: Session, person: PersonId, card: CardPlace): Promise<void> => wait(session, person, card, 'inserted');
/** Comes back when the card is out; at once for a software token, which cannot be taken out. */
export const cardOut = (session: Session, person: PersonId, card: CardPlace): Promise<void> => wait(session, person, card, 'removed');

const tokenOf = async (session: Session, person: PersonId, card: CardPlace): Promise<TokenInfo> => {
  const seen = await look(session, card);
  if (!seen.present) throw new AppError(seen.others.length > 0 ? 'CARD_OTHER' : 'CARD_ABSENT', { serial: card.serial, ...others(session, person, seen.others) });
  return seen.token;
};

/** The PIN of the card that is in the reader; none where the reader has a pad of its own. @throws HSM_PIN_LOCKED before anyone types */
export const askCardPin = async (session: Session, person: PersonId, card: CardPlace): Promise<readonly EntryId[]> => {
  const token = await tokenOf(session, person, card);
  if (token.userPin === 'locked') throw new AppError('HSM_PIN_LOCKED', { serial: card.serial, of: 'card' });
  if (token.protectedAuthenticationPath) return [];
  return [await ask(session, { kind: 'pin', person, token: card.serial, minLength: token.minPinLength, maxLength: token.maxPinLength, of: 'card' })];
};
