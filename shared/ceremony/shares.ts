/** What happens to the shares of the set in work: made, printed or written, read back, sealed. Pure changes; rules/ say what may be. */
import type { Intent, Outcome } from '../transcript/entry-schema.ts';
import { custodiansOf, custodyOf } from './people.ts';
import type { Plan } from './plan-schema.ts';
import type { CardFacts, SetFacts, ShareFacts, ShareStatus } from './state.ts';

export type IntentOf<K extends Intent['kind']> = Extract<Intent, { kind: K }>;

/** Shares of a set that has just been made. */
const freshShares = (plan: Plan): readonly ShareFacts[] => custodiansOf(plan).map((person, index) => {
  const { carrier, sheet, card } = custodyOf(person);
  const paper = carrier === 'card' ? null : 'waiting' as const;
  const facts: CardFacts | null = carrier === 'paper' ? null : { serial: card?.serial ?? '', status: 'waiting', attempts: 0, encryptedTo: null, bag: null };
  return { number: index + 1, custodian: person.id, status: 'waiting', attempts: [], destroyed: [], bag: null, readBackFaults: 0, carrier, sheet, paper, card: facts, how: [] };
});

/** The set that a split made; `epoch` follows that of the set it replaces. */
export const freshSet = (plan: Plan, outcome: Extract<Outcome, { kind: 'split' }>, intent: IntentOf<'split'>, epoch: number): SetFacts => {
  const { setId, setName, setFingerprint, manifestSha256, sources } = outcome;
  return { holds: intent.holds ?? 'wrapping-key', epoch, setId, setName, setFingerprint, manifestSha256, sources, attempt: intent.attempt, shares: freshShares(plan), rebuilt: [] };
};

/** The place of the whole share follows from its carriers. */
const statusOf = ({ status, paper, card }: ShareFacts): ShareStatus => {
  if (status === 'sealed') return status;
  const places = [...(paper === null ? [] : [paper]), ...(card === null ? [] : [card.status])];
  if (places.every((place) => place === 'read-back')) return 'read-back';
  return places.every((place) => place === 'waiting') ? 'waiting' : 'printed';
};

export const changeShare = (set: SetFacts, number: number, change: (share: ShareFacts) => Partial<ShareFacts>): SetFacts => ({
  ...set, shares: set.shares.map((share) => {
    if (share.number !== number) return share;
    const next = { ...share, ...change(share) };
    return { ...next, status: statusOf(next) };
  }),
});

export const printed = (set: SetFacts, share: number, attempt: number): SetFacts => changeShare(set, share, ({ attempts }) => ({ paper: 'printed', attempts: [...attempts, attempt] }));
export const written = (set: SetFacts, share: number, encryptedTo: string | null): SetFacts => changeShare(set, share, ({ card }) => ({ card: card && { ...card, status: 'written', attempts: card.attempts + 1, encryptedTo } }));
export const readBack = (set: SetFacts, share: number, carrier: 'paper' | 'card', how: string): SetFacts => changeShare(set, share, (facts) => (carrier === 'paper'
  ? { paper: 'read-back', how: [...facts.how, how] } : { card: facts.card && { ...facts.card, status: 'read-back' }, how: [...facts.how, how] }));
/** With paper and a card the bags are two; with one carrier the bag is that carrier's. */
export const sealed = (set: SetFacts, share: number, bag: string, cardBag: string | null): SetFacts => changeShare(set, share, ({ card, carrier }) =>
  ({ status: 'sealed', bag, card: card && { ...card, bag: carrier === 'card' ? bag : cardBag } }));
export const sheetDestroyed = (set: SetFacts, share: number, attempt: number): SetFacts => changeShare(set, share, ({ destroyed }) => ({ destroyed: [...destroyed, attempt], paper: 'waiting' }));

/** Sheets of a set that are on paper: everything printed and not destroyed. */
export const sheetsOut = (set: SetFacts): readonly { readonly share: number; readonly attempt: number }[] =>
  set.shares.flatMap(({ number, attempts, destroyed }) => attempts.filter((attempt) => !destroyed.includes(attempt)).map((attempt) => ({ share: number, attempt })));
/** Cards that a share of the set was written to. */
export const cardsWritten = (set: SetFacts): readonly { readonly share: number; readonly serial: string }[] =>
  set.shares.flatMap(({ number, card }) => (card && card.status !== 'waiting' ? [{ share: number, serial: card.serial }] : []));
