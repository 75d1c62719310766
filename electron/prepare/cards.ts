/** Gives custodians of the draft their cards: SoftHSM tokens in a rehearsal, or a token in a reader, which is only looked at. */
import { AppError } from '../../shared/errors.ts';
import { custodyOf } from '../../shared/ceremony/people.ts';
import type { Custody, Person, Plan } from '../../shared/ceremony/plan-schema.ts';
import type { DraftView, Request } from '../../shared/ipc/contract.ts';
import { cardless } from './draft-on-set.ts';
import { changeDraft, readDraft } from './drafts.ts';
import type { EnrolPlace } from './enrol.ts';
import { softHsmModule } from './known-modules.ts';

const PIN_LENGTH = { minLength: 6, maxLength: 64 };
/** A token's label has at most 32 bytes. */
const labelOf = (person: Person): string => `card-${person.id}`.slice(0, 32);

/** The share goes to the card; a person who has paper too keeps it. */
const withCard = (plan: Plan, id: string, card: NonNullable<Custody['card']>): Plan => ({
  ...plan, people: plan.people.map((person) => {
    if (person.id !== id) return person;
    const { carrier, sheet } = custodyOf(person);
    return { ...person, custody: carrier === 'both' ? { carrier, sheet, card } : { carrier: 'card', sheet: 'standard', card } };
  }),
});

const makeCard = async (place: EnrolPlace, person: Person, module: string): Promise<string> => {
  const label = labelOf(person);
  const entry = await place.desk.ask({ kind: 'new-pin', person: person.id, token: label, ...PIN_LENGTH, half: 'whole' });
  if (entry === null) throw new AppError('VAULT_ENTRY_CANCELLED', { person: person.id });
  return (await place.vault.call('rehearsal.make-token', { module, label, pinEntries: [entry] })).serial;
};

/** Makes a card for every custodian who needs one and has none; each is written into the draft as it is made. @throws HSM_MODULE_MISSING, VAULT_ENTRY_CANCELLED */
export const makeCards = async (place: EnrolPlace): Promise<DraftView> => {
  const { plan, findings } = await readDraft(place);
  if (plan === null) throw new AppError('PLAN_FIELD', { where: findings[0]?.where ?? '' });
  const module = await softHsmModule();
  if (module === null) throw new AppError('HSM_MODULE_MISSING', { path: 'libsofthsm2.so' });
  for (const person of cardless(plan)) {
    const serial = await makeCard(place, person, module);
    await changeDraft(place, (now) => withCard(now, person.id, { module, serial }));
  }
  return await readDraft(place);
};

/** @throws CARD_ABSENT when no such token is in a reader now. */
export const setCard = async (place: EnrolPlace, { person, module, serial }: Request<'draft.set-card'>): Promise<DraftView> => {
  const there = await place.vault.call('card.look', { module, serial });
  if (!there.present) throw new AppError('CARD_ABSENT', { serial, others: [...there.others] });
  return await changeDraft(place, (plan) => withCard(plan, person, { module, serial }));
};
