import { stepOf } from '../select.ts';

const STEP_OF: Readonly<Record<string, string>> = {
  'generate-key': 'generate-key', 'sign-certificate': 'issue-certificate', 'sign-pop': 'issue-certificate', split: 'split', 'print-sheet': 'handover',
  rebuild: 'rebuild', wrap: 'wrap', restore: 'restore', lock: 'lock', wipe: 'wipe',
};
import type { Rule } from '../rule.ts';

/** Each effect belongs to the step the script has for it. */
export const workInItsStep: Rule = {
  id: 'WORK_IN_ITS_STEP',
  says: 'Each effect belongs to the step the script has for it.',
  check: (state, fact) => {
    if (fact.type !== 'intent' || fact.body.intent.kind === 'destroy-debris') return null;
    const step = stepOf(state);
    const here = step?.kind === 'machine' ? step.operation : step?.kind;
    return STEP_OF[fact.body.intent.kind] === here ? null : `${fact.body.intent.kind} in step ${step?.id ?? '-'}`;
  },
};
