import { isPresent, stepOf } from '../select.ts';
import type { Rule } from '../rule.ts';

/** Only a person who is present acts, signs, answers or objects. */
export const actsInTheRoom: Rule = {
  id: 'ACTS_IN_THE_ROOM',
  says: 'Only a person who is present acts, signs, answers or objects.',
  check: (state, fact) => {
    const step = stepOf(state);
    const beforeRoll = step !== null && (step.kind === 'roll-call' || !Object.keys(state.present).length);
    // Whoever is marked as arrived or left: the administrator may come back too.
    if (beforeRoll || fact.type === 'presence') return null;
    const ids = fact.type === 'signoff' || fact.type === 'objection' || fact.type === 'read-back' ? [fact.body.person]
      : fact.type === 'sealed' ? [fact.body.custodian, fact.body.witness]
      : fact.type === 'login' ? fact.body.typedBy
      : fact.type === 'share-read' || fact.type === 'share-refused' ? [fact.body.presenter]
      : fact.type === 'material' ? [fact.body.by, fact.body.witness]
      : fact.type === 'copy-accounted' ? [fact.body.by, fact.body.witness]
      : fact.actor === 'app' ? [] : [fact.actor];
    const away = ids.filter((id) => !isPresent(state, id));
    return away.length === 0 ? null : `${away.join(', ')} is not here`;
  },
};
