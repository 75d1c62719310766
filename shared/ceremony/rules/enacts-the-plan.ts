import { memberChanges, sameChange, type MemberChange } from '../../charter/changes.ts';
import { charterDigest } from '../../charter/charter-digest.ts';
import { onceAPlan } from '../once-a-plan.ts';
import { chartersBefore } from '../people.ts';
import type { RuleAbout } from '../rule.ts';

/** What the plan does to the people of the archive, in the order of its entries. */
export const plannedChanges = onceAPlan((plan): readonly MemberChange[] => (plan.charter === undefined ? [] : memberChanges(chartersBefore(plan), plan.charter)));

/** The changes of the roster are those of the plan, each once and in order, and the charter enacted after them is the plan's. */
export const enactsThePlan: RuleAbout<'member-changed' | 'charter-enacted'> = {
  id: 'ENACTS_THE_PLAN',
  says: "The changes of the roster are those of the plan, each once and in order, and the charter enacted after them is the plan's.",
  about: ['member-changed', 'charter-enacted'],
  check: (state, fact) => {
    if (fact.type !== 'member-changed' && fact.type !== 'charter-enacted') return null;
    const { charter } = state.plan;
    if (charter === undefined) return 'this ceremony enacts no charter';
    if (state.charter !== null) return 'the charter is enacted already';
    const next = plannedChanges(state.plan)[state.memberChanges.length];
    if (fact.type === 'charter-enacted') {
      if (next !== undefined) return `${next.person}: ${next.change} is not recorded yet`;
      return fact.body.sha256 === charterDigest(charter) ? null : 'another charter than the plan has';
    }
    return next !== undefined && sameChange(next, fact.body) ? null : 'not the next change of the plan';
  },
};
