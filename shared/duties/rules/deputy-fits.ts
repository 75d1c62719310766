import { foldName } from '../../ceremony/fold-name.ts';
import { DEPUTIES, personById } from '../../ceremony/people.ts';
import type { Person, Plan } from '../../ceremony/plan-schema.ts';
import type { Duty } from '../duty.ts';

const fault = (plan: Plan, deputy: Person): string | null => {
  const kind = DEPUTIES[deputy.role];
  if (kind === undefined) return deputy.deputyOf === undefined ? null : `${deputy.name} is named as a deputy, but has another role.`;
  if (deputy.deputyOf === undefined) return `It is not said for whom the deputy ${deputy.name} stands in.`;
  const person = personById(plan, deputy.deputyOf);
  if (person === null) return `${deputy.name} is the deputy of nobody in the plan.`;
  if (person.id === deputy.id || foldName(person.name) === foldName(deputy.name)) return `${deputy.name} cannot stand in for themselves.`;
  return person.role === kind ? null : `${deputy.name} is a deputy ${kind}, but ${person.name} is none.`;
};

/** A deputy stands in for one person of the plan, in a role of the same kind, and has no other role. */
export const deputyFits: Duty = {
  id: 'deputy-fits',
  says: 'A deputy stands in for another person of the plan who has the role that the deputy would take, and has no other role.',
  clause: 'Root KSK ceremony roles (IANA)', verified: false, place: '.deputyOf',
  judge: ({ plan }) => plan.people.flatMap((person) => {
    const text = fault(plan, person);
    return text === null ? [] : [{ people: [person.id], text }];
  }),
};
