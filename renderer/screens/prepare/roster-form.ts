/** Who comes to a ceremony about a key in a founded archive: people of the roster, as the roster has them. Pure. */
import type { Member } from '../../../shared/charter/charter-schema.ts';
import type { Person, Plan, Role } from '../../../shared/ceremony/plan-schema.ts';
import type { CharterInForce } from '../../../shared/register/charter.ts';
import { stayAway, withPerson } from './plan-form.ts';

/** The roster of the charter that the plan is held under; null under none, or where the archive has another by now. */
export const rosterOf = (plan: Plan, inForce: CharterInForce | null): readonly Member[] | null =>
  (plan.under === undefined || inForce === null || inForce.sha256 !== plan.under.sha256 ? null : inForce.charter.members);

/** Who leaves a set, or brings a copy to be destroyed, is a custodian of the roster. */
const hasHolders = ({ ceremony: { kind } }: Plan): boolean => kind === 're-share' || kind === 'share-destruction';
export const rolesHere = (plan: Plan, member: Member): readonly Role[] =>
  (hasHolders(plan) && member.roles.includes('custodian') ? [...member.roles, 'holder'] : member.roles);

/** As {@link rolesHere} for somebody of the plan; a role that the roster does not give stays in sight until another is chosen. Null: not on the roster, or gone. */
export const rolesOfPerson = (plan: Plan, members: readonly Member[], { id, role }: Person): readonly Role[] | null => {
  const member = members.find((one) => one.id === id && one.standing === 'active'), roles = member ? rolesHere(plan, member) : null;
  return roles === null || roles.includes(role) ? roles : [role, ...roles];
};

/** @param before as they were when they were taken out: what they carry a share on is theirs. */
const personFrom = ({ id, name, organisation, reportsTo, credential }: Member, role: Role, before: Person | null): Person => ({
  id, name, organisation, role, credential, ...(role === 'custodian' && before?.custody ? { custody: before.custody } : {}), reportsTo,
});
/** Somebody of the roster comes after all. */
export const bring = (plan: Plan, member: Member, role: Role, kept: readonly Person[] = []): Plan =>
  (plan.people.some(({ id }) => id === member.id) ? plan : withPerson(plan, personFrom(member, role, kept.find(({ id }) => id === member.id) ?? null)));

/** Active people of the roster who are not in the plan and hold no share of its set: those are listed as holders. */
export const restOfRoster = (plan: Plan, members: readonly Member[]): readonly Member[] => members
  .filter(({ id, standing }) => standing === 'active' && !plan.people.some((person) => person.id === id) && !stayAway(plan).some(({ person }) => person === id));
/** The next custodian of the roster who is not in the plan; null when all of them come. */
export const nextCustodian = (plan: Plan, members: readonly Member[]): Member | null => restOfRoster(plan, members).find(({ roles }) => roles.includes('custodian')) ?? null;
