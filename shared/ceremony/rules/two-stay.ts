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
      const { stayed, reason } = fact.body;
      for (const id of stayed) if (!personOf(state, id)) return 'someone who is not on the roster';
      return reason !== 'break' || stayed.some((id) => id !== stayed[0]) ? null : 'two people stay with the machine';
    }
    if (fact.type !== 'resumed') return null;
    const { present } = fact.body;
    const needed = [administratorOf(state.plan), witnessOf(state.plan)];
    if (!needed.every((id) => present.includes(id))) return `must be here: ${needed.filter((id) => !present.includes(id)).map((id) => personOf(state, id)?.name ?? id).join(', ')}`;
    const tooFew = tooFewOf(state.plan, (id) => present.includes(id));
    if (tooFew !== null) return tooFew;
    const tokens = tokensOf(state.plan);
    return tokens.length === 0 || tokens.includes(fact.body.serial) ? null : 'another serial than the plan';
  },
};
