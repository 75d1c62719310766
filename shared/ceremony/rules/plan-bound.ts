import { linksOf, sameLink } from '../../transcript/links.ts';
import type { RuleAbout } from '../rule.ts';

/** The opening has the mode of the plan, and names another ceremony before it; that of a merge names the parents of the plan, in their order. */
export const planBound: RuleAbout<'opening'> = {
  id: 'PLAN_BOUND',
  says: 'The opening has the mode of the plan, and names another ceremony before it; that of a merge names the parents of the plan, in their order.',
  about: ['opening'],
  check: (state, fact) => {
    if (fact.type !== 'opening') return null;
    const { mode, number, previous } = fact.body, { plan } = state;
    if (mode !== plan.mode) return `the plan is ${plan.mode}`;
    const links = linksOf(previous);
    if (links.some((link) => link.number === number)) return 'the ceremony before has another number';
    if (Array.isArray(previous) !== (plan.parents !== undefined)) return plan.parents === undefined ? 'only a merge names more than one ceremony before it' : 'a merge names every archive that it joins';
    if (plan.parents === undefined) return null;
    return links.length === plan.parents.length && plan.parents.every((parent, index) => sameLink(parent, links[index]!)) ? null : 'not the parents of the plan';
  },
};
