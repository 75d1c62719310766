import { cardsWritten, sheetsOut } from '../shares.ts';
import type { RuleAbout } from '../rule.ts';

/** A share set is voided only before its restore is proved, and every medium that held a key wrapped under it is cleared. */
export const voidOpensNothing: RuleAbout<'set-voided'> = {
  id: 'VOID_OPENS_NOTHING',
  says: 'A share set is voided only before its restore is proved, and every medium that held a key wrapped under it is cleared.',
  about: ['set-voided'],
  check: (state, fact) => {
    if (fact.type !== 'set-voided') return null;
    if (!state.set || fact.body.setId !== state.set.setId) return 'no such set';
    if (state.openEffect) return `${state.openEffect.effect} is not finished`;
    if (state.set.holds === 'pin' ? state.pinChanged || state.pinUncertain : state.backup?.restored) return state.set.holds === 'pin' ? 'the PIN is changed' : 'the restore is proved';
    const out = sheetsOut(state.set).map(({ share, attempt }) => `${share}.${attempt}`);
    if (fact.body.sheets.map((sheet) => `${sheet.share}.${sheet.attempt}`).join() !== out.join()) return 'the sheets that are out are not listed';
    if ((fact.body.cards ?? []).map(({ share, serial }) => `${share} ${serial}`).join() !== cardsWritten(state.set).map(({ share, serial }) => `${share} ${serial}`).join()) return 'the cards that were written are not listed';
    return fact.body.mediaCleared.join() === (state.set.holds === 'pin' ? [] : state.backup?.media ?? []).join() ? null : 'media that hold the wrapped key are not cleared';
  },
};
