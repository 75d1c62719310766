/**
 * Edits of a charter in a draft. Pure. There is one place to type: a member of the roster. Whoever is in the room follows the roster,
 * and the quorum of the ceremony follows both.
 */
import { memberOf, versionsOf } from '../../../shared/charter/changes.ts';
import * as room from '../../../shared/charter/room-roles.ts';
import { STANDINGS, type Charter, type Member, type Policy, type Standing } from '../../../shared/charter/charter-schema.ts';
import { isKeyPlan } from '../../../shared/ceremony/people.ts';
import { ROLES, type Credential, type Person, type Plan, type Role } from '../../../shared/ceremony/plan-schema.ts';
import type { PersonId } from '../../../shared/brand.ts';

export type CharterPlan = Plan & { readonly charter: Charter };
/** Whether the draft gives the archive a charter. */
export const isCharterPlan = (plan: Plan): plan is CharterPlan => !isKeyPlan(plan) && plan.charter !== undefined;

/** The charter in force; null at a founding. Of the charters that a merge replaces it is the first, which numbers are compared with. */
export const inForce = (plan: Plan): Charter | null => plan.before?.[0]?.charter ?? null;
/** The charters in force; null at a founding. */
const replacedBy = ({ before }: Plan): readonly Charter[] | null => before?.map(({ charter }) => charter) ?? null;
/** The member as the charter in force has them, of several the one that trusts them least; null for a newcomer. */
export const memberBefore = (plan: Plan, id: string): Member | null =>
  versionsOf(replacedBy(plan), id).reduce<Member | null>((gravest, one) => (gravest === null || STANDINGS.indexOf(one.standing) > STANDINGS.indexOf(gravest.standing) ? one : gravest), null);

/** What a person may be enrolled for; candidate and holder are what somebody is in one ceremony. */
export const ROSTER_ROLES: readonly Role[] = ROLES.filter((role) => role !== 'candidate' && role !== 'holder');

export const showsKey = (plan: Plan, member: Member): boolean => room.showsKey(replacedBy(plan), member);

export const roomRoles = (plan: Plan, member: Member): readonly Role[] => room.roomRoles(replacedBy(plan), member);

const follow = (member: Member, role: Role, person: Person | null): Person => {
  const { deputyOf } = person ?? {};
  const deputy = role.startsWith('deputy-') && deputyOf !== undefined;
  return { id: member.id, name: member.name, organisation: member.organisation, role, credential: member.credential, reportsTo: member.reportsTo, ...(deputy ? { deputyOf } : {}) };
};
const inTheRoom = (plan: CharterPlan, member: Member): readonly Person[] => {
  const person = plan.people.find(({ id }) => id === member.id) ?? null, roles = roomRoles(plan, member);
  // A new key is shown by its person, so this one cannot stay away.
  if ((person === null && !showsKey(plan, member)) || roles.length === 0) return [];
  return [follow(member, person && roles.includes(person.role) ? person.role : roles[0]!, person)];
};

const MIN = 2;
/** People as the roster has them, and the approval of the charter as the quorum. */
export const inStep = (plan: CharterPlan): CharterPlan => {
  const people = plan.charter.members.flatMap((member) => inTheRoom(plan, member));
  const approvals = plan.before?.map(({ charter }) => charter.approval) ?? [plan.charter.approval];
  return { ...plan, people, quorum: { threshold: Math.max(...approvals), shares: Math.max(MIN, people.filter(({ role }) => role === 'custodian').length) } };
};

const change = (plan: Plan, with_: (plan: CharterPlan) => CharterPlan): Plan => (isCharterPlan(plan) ? inStep(with_(plan)) : plan);
const withMembers = (plan: CharterPlan, members: readonly Member[]): CharterPlan => ({ ...plan, charter: { ...plan.charter, members: [...members] } });
export const withCharter = (plan: Plan, part: Partial<Charter>): Plan => change(plan, (own) => ({ ...own, charter: { ...own.charter, ...part } }));
const TITLE_ROOM = 64;
const foundingTitle = (organisation: string): string => `Founding of ${organisation}`.slice(0, TITLE_ROOM).trim();
/** Whose ceremony it is. A founding is of one organisation, which is typed once: what was of its old name goes with it. */
export const withOrganisation = (plan: Plan, organisation: string): Plan => {
  const old = plan.ceremony.organisation, next = { ...plan, ceremony: { ...plan.ceremony, organisation } };
  const of = (text: string): string => (text === old ? organisation : text);
  return plan.ceremony.kind !== 'founding' ? next : change(next, (own) => ({
    ...own, ceremony: { ...own.ceremony, title: own.ceremony.title === foundingTitle(old) ? foundingTitle(organisation) : own.ceremony.title },
    charter: { ...own.charter, organisation: of(own.charter.organisation), members: own.charter.members.map((member) => ({ ...member, organisation: of(member.organisation) })) },
  }));
};
export const withPolicy = (plan: Plan, part: Partial<Policy>): Plan => change(plan, (own) => ({ ...own, charter: { ...own.charter, policy: { ...own.charter.policy, ...part } } }));

/** Whether named people may except a rule of the separation of duties. */
export const withExceptable = (plan: Plan, rule: string, on: boolean): Plan => change(plan, (own) => {
  const { policy } = own.charter, others = policy.exceptable.filter((id) => id !== rule);
  return { ...own, charter: { ...own.charter, policy: { ...policy, exceptable: on ? [...others, rule] : others } } };
});

export const withMember = (plan: Plan, id: string, part: Partial<Omit<Member, 'id'>>): Plan =>
  change(plan, (own) => withMembers(own, own.charter.members.map((member) => (member.id === id ? { ...member, ...part } : member))));

/** Gives a role or takes it; the last one stays, since nobody is on the roster for nothing. */
export const withMemberRole = (plan: Plan, id: string, role: Role, on: boolean): Plan => change(plan, (own) => withMembers(own, own.charter.members.map((member) => {
  if (member.id !== id) return member;
  const roles = ROLES.filter((one) => (one === role ? on : member.roles.includes(one)));
  return roles.length === 0 ? member : { ...member, roles };
})));

const fresh = (credential: Credential): Credential => (credential.kind === 'paper' ? credential : credential.kind === 'file' ? { ...credential, publicKey: null } : { ...credential, publicKey: null, serial: null });
/** A key that was revoked is never trusted again: whoever returns gets another. */
export const withStanding = (plan: Plan, id: string, standing: Standing): Plan => {
  const was = memberBefore(plan, id), now = isCharterPlan(plan) ? memberOf(plan.charter, id) : null;
  if (!was || !now || now.standing === standing) return plan;
  return withMember(plan, id, { standing, credential: was.standing === 'revoked' && standing === 'active' ? fresh(was.credential) : was.credential });
};

export const withCredential = (plan: Plan, id: string, credential: Credential): Plan =>
  isCharterPlan(plan) ? withMember(plan, id, { credential }) : { ...plan, people: plan.people.map((person) => (person.id === id ? { ...person, credential } : person)) };
/** The key that the charter in force gives stays. */
export const keepCredential = (plan: Plan, id: string): Plan => { const was = memberBefore(plan, id); return was ? withMember(plan, id, { credential: was.credential }) : plan; };
export const replaceCredential = (plan: Plan, id: string): Plan => { const was = memberBefore(plan, id); return was ? withMember(plan, id, { credential: fresh(was.credential) }) : plan; };

const isTaken = (plan: CharterPlan, id: string): boolean => plan.charter.members.some((member) => member.id === id) || plan.people.some((person) => person.id === id);
const freeId = (plan: CharterPlan): PersonId => {
  for (let number = plan.charter.members.length + 1; ; number++) if (!isTaken(plan, `person-${number}`)) return `person-${number}` as PersonId;
};
export const addMember = (plan: Plan): Plan => change(plan, (own) => withMembers(own, [...own.charter.members, {
  id: freeId(own), name: '', organisation: own.charter.organisation, reportsTo: null, roles: ['custodian'], credential: { kind: 'file', algorithm: 'Ed25519', publicKey: null }, standing: 'active',
}]));
/** Only a newcomer can be taken off the draft: who is on a roster stays there. */
export const removeNewcomer = (plan: Plan, id: string): Plan =>
  (memberBefore(plan, id) ? plan : change(plan, (own) => withMembers(own, own.charter.members.filter((member) => member.id !== id))));
/** The id of a newcomer; one that is another's is not taken. */
export const withMemberId = (plan: Plan, id: string, next: string): Plan => change(plan, (own) => {
  if (memberBefore(own, id) || isTaken(own, next)) return own;
  const rename = <T extends { readonly id: PersonId }>(one: T): T => (one.id === id ? { ...one, id: next as PersonId } : one);
  return { ...withMembers(own, own.charter.members.map(rename)), people: own.people.map(rename).map((person) => (person.deputyOf === id ? { ...person, deputyOf: next as PersonId } : person)) };
});

/** The member comes in a role; null: stays away. A role that is not theirs to come in is not taken. */
export const comesAs = (plan: Plan, id: string, role: Role | null): Plan => change(plan, (own) => {
  const member = memberOf(own.charter, id);
  if (!member || (role !== null && !roomRoles(own, member).includes(role))) return own;
  const others = own.people.filter((person) => person.id !== id);
  return { ...own, people: role === null ? others : [...others, follow(member, role, own.people.find((person) => person.id === id) ?? null)] };
});
/** Whom a deputy stands in for; null: not said yet. */
export const standsInFor = (plan: Plan, id: string, other: string | null): Plan => change(plan, (own) => ({
  ...own, people: own.people.map((person) => {
    if (person.id !== id) return person;
    const { deputyOf: _, ...rest } = person;
    return other === null ? rest : { ...rest, deputyOf: other as PersonId };
  }),
}));
