
import type { Rule } from '../rule.ts';

/** A share set is voided only before its restore is proved, and every medium that held a key wrapped under it is cleared. */
export const voidOpensNothing: Rule = {
  id: 'VOID_OPENS_NOTHING',
  says: 'A share set is voided only before its restore is proved, and every medium that held a key wrapped under it is cleared.',
  check: (state, fact) => {
    if (fact.type !== 'set-voided') return null;
    if (!state.set || fact.body.setId !== state.set.setId) return 'no such set';
    if (state.openEffect) return `${state.openEffect.effect} is not finished`;
    if (state.backup?.restored) return 'the restore is proved';
    const out = state.set.shares.flatMap((share) => share.attempts.filter((attempt) => !share.destroyed.includes(attempt)).map((attempt) => `${share.number}.${attempt}`));
    if (fact.body.sheets.map((sheet) => `${sheet.share}.${sheet.attempt}`).join() !== out.join()) return 'the sheets that are out are not listed';
    return fact.body.mediaCleared.join() === (state.backup?.media ?? []).join() ? null : 'media that hold the wrapped key are not cleared';
  },
};
