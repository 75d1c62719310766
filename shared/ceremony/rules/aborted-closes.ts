
import type { Rule } from '../rule.ts';

/** After an abort or a postponement only the closing entry with that outcome may follow. */
export const abortedCloses: Rule = {
  id: 'ABORTED_CLOSES',
  says: 'After an abort or a postponement only the closing entry with that outcome may follow.',
  check: (state, fact) => {
    const aborted = state.opening !== null && state.current === null && state.closing === null;
    if (!aborted) return null;
    const allowed = (fact.type === 'closing' && fact.body.outcome === (state.ended ?? 'aborted')) || fact.type === 'restarted' || fact.type === 'repair';
    return allowed ? null : `the ceremony was ${state.ended ?? 'aborted'}`;
  },
};
