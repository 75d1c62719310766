import { personOf, signersOf, stepOf } from '../select.ts';
import type { RuleAbout } from '../rule.ts';

/** A hold point is signed by the distinct people it names, and a slip by its holder, with the kind of credential the roster gives them. */
export const custodianSignsOnce: RuleAbout<'signoff'> = {
  id: 'CUSTODIAN_SIGNS_ONCE',
  says: 'A hold point is signed by the distinct people it names, and a slip by its holder, with the kind of credential the roster gives them.',
  about: ['signoff'],
  check: (state, fact) => {
    if (fact.type !== 'signoff') return null;
    const step = stepOf(state);
    const person = personOf(state, fact.body.person);
    const asked = step?.kind === 'sign' ? step.actors.includes(fact.body.person) : step?.kind === 'prove' && step.custodian === fact.body.person;
    if (!step || !asked || person === null) return 'not asked at this hold point';
    if (signersOf(state, step.id).includes(fact.body.person)) return `${person.name} has signed already`;
    return person.credential.kind === fact.body.method ? null : 'another kind of credential than the roster has';
  },
};
