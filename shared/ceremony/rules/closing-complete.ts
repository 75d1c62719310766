import { stepOf } from '../select.ts';
import type { RuleAbout } from '../rule.ts';

/** A completed ceremony closes in its last step; an aborted or postponed one after it was ended; the closing counts the exceptions. */
export const closingComplete: RuleAbout<'closing'> = {
  id: 'CLOSING_COMPLETE',
  says: 'A completed ceremony closes in its last step; an aborted or postponed one after it was ended; the closing counts the exceptions.',
  about: ['closing'],
  check: (state, fact) => {
    if (fact.type !== 'closing') return null;
    if (fact.body.exceptions !== state.exceptions.length) return 'exceptions are not counted right';
    const step = stepOf(state);
    if (fact.body.outcome === 'completed') return step?.kind === 'machine' && step.operation === 'close' ? null : 'steps are still open';
    return state.current === null && state.opening !== null && fact.body.outcome === (state.ended ?? 'aborted') ? null : `not ${fact.body.outcome}`;
  },
};
