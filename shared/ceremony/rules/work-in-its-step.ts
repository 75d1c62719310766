import { stepOf } from '../select.ts';
import { isChangeCutOff } from '../wanted-set.ts';

const STEP_OF: Readonly<Record<string, string>> = {
  'test-printer': 'test-printer', 'write-card': 'handover', rewrap: 'rewrap', 'prove-restore': 'prove-restore', 'change-pin': 'change-pin', 'destroy-copy': 'account',
  'generate-key': 'generate-key', 'sign-certificate': 'issue-certificate', 'sign-pop': 'issue-certificate', split: 'split', 'print-sheet': 'handover',
  rebuild: 'rebuild', wrap: 'wrap', restore: 'restore', lock: 'lock', wipe: 'wipe',
};
import type { RuleAbout } from '../rule.ts';

/** Each effect belongs to the step the script has for it. */
export const workInItsStep: RuleAbout<'intent'> = {
  id: 'WORK_IN_ITS_STEP',
  says: 'Each effect belongs to the step the script has for it.',
  about: ['intent'],
  check: (state, fact) => {
    if (fact.type !== 'intent' || fact.body.intent.kind === 'destroy-debris') return null;
    const step = stepOf(state);
    const here = step?.kind === 'machine' ? step.operation : step?.kind;
    const { intent } = fact.body;
    const places = intent.kind === 'split' ? [intent.holds === 'pin' ? 'split-pin' : 'split'] : intent.kind === 'rebuild' ? [state.set?.holds === 'pin' ? 'rebuild-pin' : 'rebuild'] : intent.kind === 'combine' ? ['combine', 'open-pin', ...(isChangeCutOff(state) ? ['change-pin'] : [])] : [STEP_OF[intent.kind]];
    return places.includes(here) ? null : `${fact.body.intent.kind} in step ${step?.id ?? '-'}`;
  },
};
