import { quorumOf, stepOf } from '../select.ts';
import type { RuleAbout } from '../rule.ts';

/** A hold point opens only when M distinct custodians have signed it. */
export const holdPoint: RuleAbout<'step-completed'> = {
  id: 'HOLD_POINT',
  says: 'A hold point opens only when M distinct custodians have signed it.',
  about: ['step-completed'],
  check: (state, fact) => {
    const step = stepOf(state);
    if (fact.type !== 'step-completed' || step?.kind !== 'sign') return null;
    const quorum = quorumOf(state, step.id);
    return quorum.signed >= step.threshold ? null : `${quorum.signed} of ${step.threshold} have signed`;
  },
};
