import { personOf } from '../select.ts';
import type { RuleAbout } from '../rule.ts';

/** A ceremony is postponed by a person of the roster before anything was done to a key, a token or a card, and before a share was opened. */
export const postponedBeforeEffect: RuleAbout<'postponed'> = {
  id: 'POSTPONED_BEFORE_EFFECT',
  says: 'A ceremony is postponed by a person of the roster before anything was done to a key, a token or a card, and before a share was opened.',
  about: ['postponed'],
  check: (state, fact) => {
    if (fact.type !== 'postponed') return null;
    if (!personOf(state, fact.body.by)) return 'postponed by someone who is not on the roster';
    return state.begun ? 'something has been done already: the ceremony can only be ended' : null;
  },
};
