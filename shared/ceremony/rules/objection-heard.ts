import { personOf } from '../select.ts';
import type { Rule } from '../rule.ts';

/** Only a person of the roster objects, and after an objection the ceremony pauses before anything else. */
export const objectionHeard: Rule = {
  id: 'OBJECTION_HEARD',
  says: 'Only a person of the roster objects, and after an objection the ceremony pauses before anything else.',
  check: (state, fact) => {
    if (fact.type === 'objection') return personOf(state, fact.body.person) ? null : 'not on the roster';
    const objected = state.objections.at(-1)?.seq ?? -1;
    const unheard = !state.pause && objected > (state.pauses.at(-1)?.seq ?? -1);
    return unheard && fact.type !== 'paused' && fact.type !== 'restarted' && fact.type !== 'repair' ? 'an objection pauses the ceremony first' : null;
  },
};
