
import type { Rule } from '../rule.ts';

/** Nothing follows the closing entry. */
export const closedIsClosed: Rule = {
  id: 'CLOSED_IS_CLOSED',
  says: 'Nothing follows the closing entry.',
  check: (state, fact) => {
    return state.closing ? `closed before ${fact.type}` : null;
  },
};
