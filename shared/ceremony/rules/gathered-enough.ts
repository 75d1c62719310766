import { gatheringOf, stepOf } from '../select.ts';
import type { RuleAbout } from '../rule.ts';

/** A gather step ends when a quorum of shares has been accepted. */
export const gatheredEnough: RuleAbout<'step-completed'> = {
  id: 'GATHERED_ENOUGH',
  says: 'A gather step ends when a quorum of shares has been accepted.',
  about: ['step-completed'],
  check: (state, fact) => {
    const step = stepOf(state);
    if (fact.type !== 'step-completed' || step?.kind !== 'gather') return null;
    const have = gatheringOf(state, step)?.shares.length ?? 0;
    return have >= step.threshold ? null : `${have} of ${step.threshold} shares are accepted`;
  },
};
