import { bodySchemas, ENTRY_TYPES } from '../../transcript/entry-schema.ts';
import { stepOfFact } from '../rule.ts';
import type { Rule } from '../rule.ts';

/** An entry belongs to the one step that is open. */
export const oneStepOpen: Rule = {
  id: 'ONE_STEP_OPEN',
  says: 'An entry belongs to the one step that is open.',
  about: ENTRY_TYPES.filter((type) => 'step' in bodySchemas[type].entries),
  check: (state, fact) => {
    const step = stepOfFact(fact);
    if (step === null || state.current === null) return null;
    return step === state.current ? null : `step ${state.current} is open, not ${step}`;
  },
};
