import { witnessOf } from '../people.ts';
import { stepOf } from '../select.ts';
import type { RuleAbout } from '../rule.ts';

/** The air-gap step ends when every row is as expected, or the witness recorded an exception for the rows that are not. */
export const airGapAccepted: RuleAbout<'step-completed'> = {
  id: 'AIR_GAP_ACCEPTED',
  says: 'The air-gap step ends when every row is as expected, or the witness recorded an exception for the rows that are not.',
  about: ['step-completed'],
  check: (state, fact) => {
    const step = stepOf(state);
    if (fact.type !== 'step-completed' || step?.kind !== 'machine' || step.operation !== 'preflight') return null;
    if (state.preflight.length === 0) return 'the checks have not run';
    if (state.preflight.every((row) => row.ok)) return null;
    const excepted = state.exceptions.some((one) => one.step === step.id && one.noticedBy === witnessOf(state.plan));
    return excepted ? null : `not as expected: ${state.preflight.filter((row) => !row.ok).map((row) => row.id).join(', ')}`;
  },
};
