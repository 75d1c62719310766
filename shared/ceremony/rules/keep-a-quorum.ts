import { witnessOf } from '../people.ts';
import { accountOf, sameCopy } from '../select.ts';
import type { RuleAbout } from '../rule.ts';

/** In a recovery no share is destroyed that leaves fewer shares of a current set than open it, unless the witness recorded an exception for the step. */
export const keepAQuorum: RuleAbout<'copy-accounted'> = {
  id: 'KEEP_A_QUORUM',
  says: 'In a recovery no share is destroyed that leaves fewer shares of a current set than open it, unless the witness recorded an exception for the step.',
  about: ['copy-accounted'],
  check: (state, fact) => {
    if (fact.type !== 'copy-accounted' || state.plan.ceremony.kind !== 'recovery' || fact.body.outcome !== 'destroyed') return null;
    const { set, copies } = state.plan.source!;
    const left = copies.filter(({ copy }) => copy.kind !== 'medium' && !sameCopy(copy, fact.body.copy) && !['destroyed', 'missing'].includes(accountOf(state, copy)?.outcome ?? ''));
    const shares = new Set(left.map(({ copy }) => (copy.kind === 'medium' ? 0 : copy.share))).size;
    const excepted = state.exceptions.some((one) => one.step === fact.body.step && one.noticedBy === witnessOf(state.plan));
    return shares >= set.threshold || excepted ? null : `only ${shares} of ${set.threshold} needed shares would be left`;
  },
};
