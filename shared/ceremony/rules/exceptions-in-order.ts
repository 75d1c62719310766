import { personOf } from '../select.ts';
import type { RuleAbout } from '../rule.ts';

/** Exceptions are numbered from 1 and noticed by a person of the roster. */
export const exceptionsInOrder: RuleAbout<'exception'> = {
  id: 'EXCEPTIONS_IN_ORDER',
  says: 'Exceptions are numbered from 1 and noticed by a person of the roster.',
  about: ['exception'],
  check: (state, fact) => {
    if (fact.type !== 'exception') return null;
    if (fact.body.number !== state.exceptions.length + 1) return 'exceptions are numbered in order';
    return personOf(state, fact.body.noticedBy) ? null : 'noticed by someone who is not on the roster';
  },
};
