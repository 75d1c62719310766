/** Finds people of a plan by role. The plan has been checked, so the single roles are there. */
import type { PersonId } from '../brand.ts';
import type { Person, Plan, Role } from './plan-schema.ts';

export const peopleIn = (plan: Plan, role: Role): readonly Person[] => plan.people.filter((person) => person.role === role);
export const personById = (plan: Plan, id: string): Person | null => plan.people.find((person) => person.id === id) ?? null;
const single = (plan: Plan, role: Role): PersonId => peopleIn(plan, role)[0]!.id;
export const administratorOf = (plan: Plan): PersonId => single(plan, 'administrator');
export const witnessOf = (plan: Plan): PersonId => single(plan, 'internal-witness');
export const auditorOf = (plan: Plan): PersonId => single(plan, 'external-auditor');
/** Custodians in roster order; share k belongs to the k-th. */
export const custodiansOf = (plan: Plan): readonly Person[] => peopleIn(plan, 'custodian');
/** Who types the User PIN, in order. */
export const pinPeopleOf = (plan: Plan): readonly PersonId[] =>
  plan.pin.control === 'single' ? [plan.pin.person] : [plan.pin.first, plan.pin.second];
/** Serials of the tokens this ceremony works on: the first, and the second when there is a backup. */
export const tokensOf = (plan: Plan): readonly string[] => [plan.hsm.serial, plan.hsm.secondSerial].filter((serial): serial is string => serial !== null);
