
import type { RuleAbout } from '../rule.ts';

/** The opening has the mode of the plan, and a link to a previous ceremony only from a later number. */
export const planBound: RuleAbout<'opening'> = {
  id: 'PLAN_BOUND',
  says: 'The opening has the mode of the plan, and a link to a previous ceremony only from a later number.',
  about: ['opening'],
  check: (state, fact) => {
    if (fact.type !== 'opening') return null;
    if (fact.body.mode !== state.plan.mode) return `the plan is ${state.plan.mode}`;
    const previous = fact.body.previous;
    if (previous && previous.number >= fact.body.number) return 'the previous ceremony has a lower number';
    return null;
  },
};
