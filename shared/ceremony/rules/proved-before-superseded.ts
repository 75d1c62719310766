import type { RuleAbout } from '../rule.ts';

/** A set is superseded by the set of this ceremony, after its new backup was proved. */
export const provedBeforeSuperseded: RuleAbout<'set-superseded'> = {
  id: 'PROVED_BEFORE_SUPERSEDED',
  says: 'A set is superseded by the set of this ceremony, after its new backup was proved.',
  about: ['set-superseded'],
  check: (state, fact) => {
    if (fact.type !== 'set-superseded') return null;
    if (state.superseded) return 'superseded already';
    if (fact.body.setId !== state.plan.source?.set.setId || fact.body.by !== state.set?.setId) return 'not the sets of this ceremony';
    return state.backup?.restored ? null : 'the new backup is not proved';
  },
};
