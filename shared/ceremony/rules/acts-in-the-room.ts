import { hasRoomProtocol } from '../people.ts';
import { isPresent, stepOf } from '../select.ts';
import type { CeremonyState } from '../state.ts';
import type { Fact, Rule } from '../rule.ts';

const isEmpty = (record: object): boolean => { for (const _ in record) return false; return true; };

/** Who must be here where the entry itself says who acts in it; null where its actor does. */
const namedIn = ({ plan }: CeremonyState, fact: Fact): readonly string[] | null => {
  switch (fact.type) {
    case 'signoff': case 'objection': case 'read-back': return [fact.body.person];
    case 'sealed': return [fact.body.custodian, fact.body.witness];
    // Where a quorum's shares open the token nobody types: who brought the shares was here, and a holder may have a deputy in their place.
    case 'login': return fact.body.control === 'quorum' && hasRoomProtocol(plan) ? [] : fact.body.typedBy;
    case 'share-read': case 'share-refused': return [fact.body.presenter];
    case 'copy-accounted': case 'material': return [fact.body.by, fact.body.witness];
    default: return null;
  }
};

/** Only a person who is present acts, signs, answers or objects. */
export const actsInTheRoom: Rule = {
  id: 'ACTS_IN_THE_ROOM',
  says: 'Only a person who is present acts, signs, answers or objects.',
  check: (state, fact) => {
    const step = stepOf(state);
    const beforeRoll = step !== null && (step.kind === 'roll-call' || isEmpty(state.present));
    // Whoever is marked as arrived or left: the administrator may come back too.
    if (beforeRoll || fact.type === 'presence') return null;
    const ids = namedIn(state, fact);
    if (ids === null) return fact.actor === 'app' || isPresent(state, fact.actor) ? null : `${fact.actor} is not here`;
    return ids.every((id) => isPresent(state, id)) ? null : `${ids.filter((id) => !isPresent(state, id)).join(', ')} is not here`;
  },
};
