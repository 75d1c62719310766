import { witnessOf } from '../people.ts';
import { accountOf, bagsInUse, copiesToAccount, sameCopy, stepOf } from '../select.ts';
import { openedCopies } from '../opened-copies.ts';
import type { AccountStep, ProveStep } from '../script-types.ts';
import type { CeremonyState } from '../state.ts';
import type { Body } from '../../transcript/entry-schema.ts';

type Account = Body<'copy-accounted'>;
/** Outcomes each kind of account may give. */
export const OUTCOMES: Readonly<Record<AccountStep['about'] | 'proved', readonly Account['outcome'][]>> = {
  used: ['resealed', 'destroyed', 'missing'], superseded: ['destroyed', 'collected', 'retained', 'missing'], all: ['destroyed', 'retained', 'missing'], proved: ['resealed'],
};
const allowed = (state: CeremonyState, step: AccountStep | ProveStep, copy: Account['copy']): boolean =>
  (step.kind === 'prove' ? openedCopies(state, step) : copiesToAccount(state, step.about).map((one) => one.copy)).some((one) => sameCopy(one, copy));
const bagFault = (state: CeremonyState, { outcome, bag }: Account): string | null => {
  if ((outcome === 'resealed' || outcome === 'collected') !== (bag !== null)) return 'what is sealed has a bag number, and nothing else has';
  return bag !== null && bagsInUse(state).includes(bag) ? `bag ${bag} is in use` : null;
};
const destroyedFault = (state: CeremonyState, { copy, outcome, effect }: Account): string | null => {
  const needsApp = outcome === 'destroyed' && copy.kind !== 'sheet';
  const done = state.destroyedCopies.some((one) => one.effect === effect && sameCopy(one.copy, copy));
  if (!needsApp) return effect === null ? null : 'the app destroys no sheets';
  return effect !== null && done ? null : 'the app has not looked and deleted';
};
import type { RuleAbout } from '../rule.ts';

/** Every copy the step is about is accounted for once, before the witness, with an outcome the step allows; a card or medium is called destroyed only after the app looked and deleted. */
export const copiesAccounted: RuleAbout<'step-completed' | 'copy-accounted'> = {
  id: 'COPIES_ACCOUNTED',
  says: 'Every copy the step is about is accounted for once, before the witness, with an outcome the step allows; a card or medium is called destroyed only after the app looked and deleted.',
  about: ['step-completed', 'copy-accounted'],
  check: (state, fact) => {
    const step = stepOf(state);
    if (step?.kind === 'account' && fact.type === 'step-completed') {
      const open = copiesToAccount(state, step.about).filter(({ copy }) => accountOf(state, copy) === null);
      return open.length === 0 ? null : `${open.length} copies are not accounted for`;
    }
    if (fact.type !== 'copy-accounted' || (step?.kind !== 'account' && step?.kind !== 'prove')) return null;
    const { copy, witness, outcome } = fact.body;
    if (witness !== witnessOf(state.plan)) return 'the internal witness stands by';
    if (!allowed(state, step, copy)) return 'not a copy this step is about';
    if (accountOf(state, copy)) return 'accounted for already';
    if (!OUTCOMES[step.kind === 'prove' ? 'proved' : step.about].includes(outcome)) return `${outcome} is no outcome here`;
    return bagFault(state, fact.body) ?? destroyedFault(state, fact.body);
  },
};
