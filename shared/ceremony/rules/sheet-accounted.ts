import { witnessOf } from '../people.ts';
import { openSheets, shareOf } from '../select.ts';
import type { RuleAbout } from '../rule.ts';

/** A sheet is destroyed once, under the internal witness, and a new set is made only when every sheet of a void set is destroyed. */
export const sheetAccounted: RuleAbout<'intent' | 'sheet-destroyed'> = {
  id: 'SHEET_ACCOUNTED',
  says: 'A sheet is destroyed once, under the internal witness, and a new set is made only when every sheet of a void set is destroyed.',
  about: ['intent', 'sheet-destroyed'],
  check: (state, fact) => {
    if (fact.type === 'intent' && fact.body.intent.kind === 'split') return openSheets(state).length === 0 ? null : 'sheets of a void set are not destroyed';
    if (fact.type !== 'sheet-destroyed') return null;
    const { share, attempt, witness } = fact.body;
    if (witness !== witnessOf(state.plan)) return 'the internal witness stands by';
    const facts = shareOf(state, share);
    const spoilt = facts !== null && facts.paper === 'printed' && facts.attempts.includes(attempt) && !facts.destroyed.includes(attempt);
    return spoilt || openSheets(state).some((sheet) => sheet.share === share && sheet.attempt === attempt) ? null : 'no such sheet is out';
  },
};
