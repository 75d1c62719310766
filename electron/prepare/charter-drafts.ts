/** Drafts of ceremonies about the archive, and how the charter in force enters the draft of any other. */
import type { Charter, Member } from '../../shared/charter/charter-schema.ts';
import { memberOf } from '../../shared/charter/changes.ts';
import type { KeyPlan, Person, Plan, Role } from '../../shared/ceremony/plan-schema.ts';
import { isKeyPlan } from '../../shared/ceremony/people.ts';
import { charterDepartures, type CharterInForce } from '../../shared/register/charter.ts';

const POLICY: Charter['policy'] = {
  quorum: { threshold: 2, shares: 3 }, headCount: { always: 3, irreversible: 4 },
  credentials: { holdPoint: ['file', 'token'], record: ['file', 'token', 'paper'] }, exceptable: [], exceptedBy: 2,
};
const memberFrom = ({ id, name, organisation, role, reportsTo, credential }: Person): Member => ({ id, name, organisation, reportsTo: reportsTo ?? null, roles: [role], credential, standing: 'active' });
export const inRole = (people: readonly Person[], role: Role): number => people.filter((person) => person.role === role).length;

/** What of the materials a ceremony needs that opens no token. */
export const onTheTable = ({ materials }: KeyPlan): Pick<Plan, 'materials'> => {
  const kept = (materials ?? []).filter(({ kind }) => kind === 'workstation' || kind === 'boot-medium' || kind === 'printer' || kind === 'document');
  return kept.length === 0 ? {} : { materials: kept };
};

/** @param from the plan a root key generation would start from: its people, place, paper and printer. */
export const foundingDraft = (from: KeyPlan): Plan => {
  const { format, mode, ceremony, people, quorum, sheets } = from, { organisation } = ceremony;
  return {
    format, mode, ceremony: { ...ceremony, kind: 'founding', title: `Founding of ${organisation}`.slice(0, 64).trim() }, people: people.map((person) => ({ ...person, reportsTo: person.reportsTo ?? null })),
    quorum: { threshold: quorum.threshold, shares: inRole(people, 'custodian') }, sheets, ...onTheTable(from),
    decision: { purpose: `Set up the key management of ${organisation}`, authority: organisation },
    charter: { format: 'quorate-charter/1', organisation, members: people.map(memberFrom), approval: quorum.threshold, policy: POLICY },
  };
};

export const personOf = ({ id, name, organisation, reportsTo, credential }: Member, role: Role): Person => ({ id, name, organisation, role, credential, reportsTo });
/** Who would come: one person for each office and every custodian, none of them twice. */
export const roomFrom = ({ members }: Charter): readonly Person[] => {
  const active = members.filter(({ standing }) => standing === 'active'), chosen: Person[] = [];
  const take = (role: Role, most: number): void => {
    for (const member of active) if (chosen.filter((one) => one.role === role).length < most && member.roles.includes(role) && !chosen.some(({ id }) => id === member.id)) chosen.push(personOf(member, role));
  };
  take('administrator', 1); take('internal-witness', 1); take('external-auditor', members.length); take('custodian', members.length);
  return active.flatMap(({ id }) => chosen.find((person) => person.id === id) ?? []);
};

/** @param from as {@link foundingDraft}. @returns a draft that changes nothing yet. */
export const amendmentDraft = (from: KeyPlan, { charter, ceremony, head }: CharterInForce): Plan => {
  const people = roomFrom(charter), { format, mode, sheets } = from;
  return {
    format, mode, ceremony: { ...from.ceremony, kind: 'amendment', organisation: charter.organisation, title: 'Change of people or policy' }, people: [...people],
    quorum: { threshold: charter.approval, shares: inRole(people, 'custodian') }, sheets, ...onTheTable(from),
    decision: { purpose: 'Change who may act', authority: charter.organisation }, charter, before: [{ ceremony, head, charter }],
  };
};

/** A plan about a key says which charter it is held under, and its people are as the roster has them. */
export const underCharter = <P extends Plan>(plan: P, { charter, ceremony, head, sha256 }: CharterInForce): P => ({
  ...plan, under: { ceremony, head, sha256, policy: charter.policy },
  people: plan.people.map((person) => { const member = memberOf(charter, person.id); return member === null ? person : { ...person, ...personOf(member, person.role) }; }),
});

const mayCome = (charter: Charter, { id }: Person): boolean => memberOf(charter, id)?.standing === 'active';
/** A draft on a share set without the people who may not act any more: they stay away, and the others have to be enough. */
export const withoutGone = (plan: KeyPlan, { charter }: CharterInForce): KeyPlan => {
  const people = plan.people.filter((person) => mayCome(charter, person)), shares = inRole(people, 'custodian');
  if (people.length === plan.people.length || plan.ceremony.kind !== 're-share') return { ...plan, people };
  return { ...plan, people, quorum: { threshold: Math.min(plan.quorum.threshold, shares), shares } };
};

/**
 * A draft about a key that was begun under another charter, or under none: what the archive says is filled in anew. Of a key generation the people are
 * chosen again where one of them may not act any more; who brings a share of a set stays, and is told of when the plan is frozen.
 * @returns null for a draft that is under the charter in force, or about no key.
 */
export const broughtUnder = (draft: Plan, inForce: CharterInForce): Plan | null => {
  if (!isKeyPlan(draft) || !charterDepartures(draft, inForce).some(({ part }) => part === 'under')) return null;
  const plan = underCharter(draft, inForce);
  return plan.ceremony.kind === 'root-key-generation' && charterDepartures(plan, inForce).length > 0 ? generationUnder(plan, inForce) : plan;
};

/** A key generation in a founded archive starts from the people of the roster. */
export const generationUnder = (from: KeyPlan, inForce: CharterInForce): KeyPlan => {
  const people = roomFrom(inForce.charter), shares = inRole(people, 'custodian');
  const first = people.find(({ role }) => role === 'administrator')?.id, second = people.find(({ role }) => role === 'internal-witness')?.id;
  return underCharter({
    ...from, ceremony: { ...from.ceremony, organisation: inForce.charter.organisation }, people: [...people],
    quorum: { threshold: Math.min(Math.max(inForce.charter.policy.quorum.threshold, Math.min(from.quorum.threshold, shares)), shares), shares },
    ...(first && second ? { pin: { control: 'halves' as const, first, second } } : {}),
  }, inForce);
};
