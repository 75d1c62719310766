import { hasRoomProtocol } from '../people.ts';
import { isPresent, stepOf } from '../select.ts';
import type { Rule } from '../rule.ts';

const NOBODY: readonly string[] = [];
const isEmpty = (record: object): boolean => { for (const _ in record) return false; return true; };

/** Only a person who is present acts, signs, answers or objects. */
export const actsInTheRoom: Rule = {
  id: 'ACTS_IN_THE_ROOM',
  says: 'Only a person who is present acts, signs, answers or objects.',
  check: (state, fact) => {
    const step = stepOf(state);
    const beforeRoll = step !== null && (step.kind === 'roll-call' || isEmpty(state.present));
    // Whoever is marked as arrived or left: the administrator may come back too.
    if (beforeRoll || fact.type === 'presence') return null;
    const ids = fact.type === 'signoff' || fact.type === 'objection' || fact.type === 'read-back' ? [fact.body.person]
      : fact.type === 'sealed' ? [fact.body.custodian, fact.body.witness]
      // Where a quorum's shares open the token nobody types: who brought the shares was here, and a holder may have a deputy in their place.
      : fact.type === 'login' ? (fact.body.control === 'quorum' && hasRoomProtocol(state.plan) ? [] : fact.body.typedBy)
      : fact.type === 'share-read' || fact.type === 'share-refused' ? [fact.body.presenter]
      : fact.type === 'material' ? [fact.body.by, fact.body.witness]
      : fact.type === 'copy-accounted' ? [fact.body.by, fact.body.witness]
      : fact.actor === 'app' ? NOBODY : [fact.actor];
    if (ids.every((id) => isPresent(state, id))) return null;
    return `${ids.filter((id) => !isPresent(state, id)).join(', ')} is not here`;
  },
};
