import { isPresent, nextAttempt, personOf, shareOf, stepOf } from '../select.ts';
import type { Rule } from '../rule.ts';

/** One sheet is out at a time, for the custodian at the desk; a sheet is printed again only after the one before was destroyed. */
export const oneSheetOut: Rule = {
  id: 'ONE_SHEET_OUT',
  says: 'One sheet is out at a time, for the custodian at the desk; a sheet is printed again only after the one before was destroyed.',
  check: (state, fact) => {
    if (fact.type !== 'intent' || fact.body.intent.kind !== 'print-sheet') return null;
    const step = stepOf(state);
    const { share: number, attempt } = fact.body.intent;
    if (step?.kind !== 'handover' || step.shareNumber !== number) return 'not the share of this step';
    if (!isPresent(state, step.custodian)) return `${personOf(state, step.custodian)?.name ?? step.custodian} is not here`;
    const share = shareOf(state, number);
    if (!share || share.status !== 'waiting') return 'a sheet of this share is out';
    return attempt === nextAttempt(state, number) ? null : 'attempts are numbered in order';
  },
};
