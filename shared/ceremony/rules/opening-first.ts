
import type { Rule } from '../rule.ts';

/** The opening is the first entry and the only one of its type. */
export const openingFirst: Rule = {
  id: 'OPENING_FIRST',
  says: 'The opening is the first entry and the only one of its type.',
  check: (state, fact) => {
    if (fact.type === 'opening') return state.opening ? 'a second opening' : null;
    return state.opening ? null : 'no opening yet';
  },
};
