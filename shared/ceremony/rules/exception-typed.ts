import { hasRoomProtocol } from '../people.ts';
import { personOf } from '../select.ts';
import type { RuleAbout } from '../rule.ts';

/** Under the room protocol an exception says what was expected and who of the roster decided; a note need not. */
export const exceptionTyped: RuleAbout<'exception'> = {
  id: 'EXCEPTION_TYPED',
  says: 'Under the room protocol an exception says what was expected and who of the roster decided; a note need not.',
  about: ['exception'],
  check: (state, fact) => {
    if (fact.type !== 'exception') return null;
    const { decidedBy, expected, kind } = fact.body;
    if (decidedBy !== undefined && !personOf(state, decidedBy)) return 'decided by someone who is not on the roster';
    if (!hasRoomProtocol(state.plan) || kind === 'note') return null;
    if (expected === undefined) return 'what was expected is missing';
    return decidedBy === undefined ? 'who decided is missing' : null;
  },
};
