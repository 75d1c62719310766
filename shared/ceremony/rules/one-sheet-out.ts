import { isPresent, nextAttempt, personOf, shareOf, stepOf } from '../select.ts';
import type { RuleAbout } from '../rule.ts';

/** One sheet is out at a time, for the custodian at the desk, and only their card is written; a sheet is printed again only after the one before was destroyed. */
export const oneSheetOut: RuleAbout<'intent'> = {
  id: 'ONE_SHEET_OUT',
  says: 'One sheet is out at a time, for the custodian at the desk, and only their card is written; a sheet is printed again only after the one before was destroyed.',
  about: ['intent'],
  check: (state, fact) => {
    if (fact.type !== 'intent' || (fact.body.intent.kind !== 'print-sheet' && fact.body.intent.kind !== 'write-card')) return null;
    const step = stepOf(state);
    const { kind, share: number, attempt } = fact.body.intent;
    if (step?.kind !== 'handover' || step.shareNumber !== number) return 'not the share of this step';
    if (!isPresent(state, step.custodian)) return `${personOf(state, step.custodian)?.name ?? step.custodian} is not here`;
    const share = shareOf(state, number);
    // The vault gives a share away only until one carrier of it was read back.
    if (share?.paper === 'read-back' || share?.card?.status === 'read-back') return 'this share was read back already';
    if (kind === 'write-card') {
      if (!share?.card || share.card.serial !== fact.body.intent.serial) return 'not the card of this custodian';
      return attempt === share.card.attempts + 1 ? null : 'attempts are numbered in order';
    }
    if (share?.paper !== 'waiting') return share?.paper === null ? 'this share goes to a card only' : 'a sheet of this share is out';
    return attempt === nextAttempt(state, number) ? null : 'attempts are numbered in order';
  },
};
