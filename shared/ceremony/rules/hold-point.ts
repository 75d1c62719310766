import { quorumOf, stepOf } from '../select.ts';
import type { Rule } from '../rule.ts';

/** A hold point opens only when M distinct custodians have signed it. */
export const holdPoint: Rule = {
  id: 'HOLD_POINT',
  says: 'A hold point opens only when M distinct custodians have signed it.',
  check: (state, fact) => {
    const step = stepOf(state);
    if (fact.type !== 'step-completed' || step?.kind !== 'sign') return null;
    const quorum = quorumOf(state, step.id);
    return quorum.signed >= step.threshold ? null : `${quorum.signed} of ${step.threshold} have signed`;
  },
};
