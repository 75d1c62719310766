import { inventoryDifferences } from '../inventory.ts';
import { stepOf } from '../select.ts';
import type { RuleAbout } from '../rule.ts';

/** Every object that appeared on a token or is gone from it is explained by an entry, or an exception is recorded. */
export const inventoryExplained: RuleAbout<'step-completed'> = {
  id: 'INVENTORY_EXPLAINED',
  says: 'Every object that appeared on a token or is gone from it is explained by an entry, or an exception is recorded.',
  about: ['step-completed'],
  check: (state, fact) => {
    const step = stepOf(state);
    if (fact.type !== 'step-completed' || step?.kind !== 'machine' || step.operation !== 'inventory-after') return null;
    const unexplained = inventoryDifferences(state).filter((difference) => !difference.explained);
    if (unexplained.length === 0 || state.exceptions.some((one) => one.step === step.id)) return null;
    return `not explained: ${unexplained.map(({ serial, change, object }) => `${object.class} ${object.label || object.id} ${change} on ${serial}`).join('; ')}`;
  },
};
