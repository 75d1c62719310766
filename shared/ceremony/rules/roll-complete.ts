import { isPresent, mustBePresent, personOf, stepOf, tooFewOf } from '../select.ts';
import type { RuleAbout } from '../rule.ts';

/** The roll call ends when everyone has been called, the administrator, the witness and the auditor are here, and a quorum of custodians is. */
export const rollComplete: RuleAbout<'presence' | 'step-completed'> = {
  id: 'ROLL_COMPLETE',
  says: 'The roll call ends when everyone has been called, the administrator, the witness and the auditor are here, and a quorum of custodians is.',
  about: ['presence', 'step-completed'],
  check: (state, fact) => {
    if (fact.type === 'presence') return personOf(state, fact.body.person) ? null : 'not on the roster';
    if (fact.type !== 'step-completed' || stepOf(state)?.kind !== 'roll-call') return null;
    const uncalled = state.plan.people.filter((person) => !(person.id in state.present));
    if (uncalled.length > 0) return `not called: ${uncalled.map((person) => person.name).join(', ')}`;
    const missing = mustBePresent(state).filter((id) => !isPresent(state, id));
    if (missing.length > 0) return `must be here: ${missing.map((id) => personOf(state, id)?.name ?? id).join(', ')}`;
    return tooFewOf(state.plan, (id) => isPresent(state, id));
  },
};
