import type { PersonId } from '../../brand.ts';
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
    const { present } = fact.body, isHere = (id: string): boolean => present.includes(id as PersonId);
    const administrator = administratorOf(state.plan), witness = witnessOf(state.plan);
    if (!isHere(administrator) || !isHere(witness)) return `must be here: ${[administrator, witness].filter((id) => !isHere(id)).map((id) => personOf(state, id)?.name ?? id).join(', ')}`;
    const tooFew = tooFewOf(state.plan, isHere);
    if (tooFew !== null) return tooFew;
    const tokens = tokensOf(state.plan);
    return tokens.length === 0 || tokens.includes(fact.body.serial) ? null : 'another serial than the plan';
  },
};
