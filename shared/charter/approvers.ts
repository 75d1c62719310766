/** Who approves a charter. */
import { custodiansOf } from '../ceremony/people.ts';
import type { Person, Plan } from '../ceremony/plan-schema.ts';
import { actsAs, sameCredential } from './changes.ts';
import type { Charter } from './charter-schema.ts';

/** The custodians of the plan who have a say under a charter, with the credential that it gives them. */
export const approversOf = (plan: Plan, charter: Charter): readonly Person[] =>
  custodiansOf(plan).filter((person) => actsAs(charter, 'custodian').some((member) => member.id === person.id && sameCredential(member, person)));
