import { tokensOf, administratorOf, witnessOf } from '../people.ts';
import { personOf, tooFewOf } from '../select.ts';
import type { RuleAbout } from '../rule.ts';

/** During a break two people stay; after it the administrator, the witness and a quorum are here again, and the serial is that of the plan. */
export const twoStay: RuleAbout<'paused' | 'resumed'> = {
  id: 'TWO_STAY',
  says: 'During a break two people stay; after it the administrator, the witness and a quorum are here again, and the serial is that of the plan.',
  about: ['paused', 'resumed'],
  check: (state, fact) => {
    if (fact.type === 'paused') {
      if (fact.body.stayed.some((id) => !personOf(state, id))) return 'someone who is not on the roster';
      return fact.body.reason !== 'break' || new Set(fact.body.stayed).size >= 2 ? null : 'two people stay with the machine';
    }
    if (fact.type !== 'resumed') return null;
    const here = new Set(fact.body.present);
    const needed = [administratorOf(state.plan), witnessOf(state.plan)].filter((id) => !here.has(id));
    if (needed.length > 0) return `must be here: ${needed.map((id) => personOf(state, id)?.name ?? id).join(', ')}`;
    const tooFew = tooFewOf(state.plan, (id) => here.has(id));
    if (tooFew !== null) return tooFew;
    const tokens = tokensOf(state.plan);
    return tokens.length === 0 || tokens.includes(fact.body.serial) ? null : 'another serial than the plan';
  },
};
