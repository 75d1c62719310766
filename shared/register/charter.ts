/** The charter that an archive is under: enacted by a completed ceremony, in force until another one is. A fold of all its ceremonies. */
import type { PersonId, Sha256Hex } from '../brand.ts';
import { memberOf } from '../charter/changes.ts';
import { charterDigest } from '../charter/charter-digest.ts';
import type { Charter, Member } from '../charter/charter-schema.ts';
import { uniteCharters, type Question, type United } from '../charter/unite.ts';
import { isKeyPlan } from '../ceremony/people.ts';
import type { Person, Plan, Role } from '../ceremony/plan-schema.ts';
import type { Link } from '../transcript/links.ts';
import type { ToldCeremony } from './issued-set.ts';
import { pastOf, sharedPast, toldLineage } from './told-lineage.ts';

/** `ceremony`, `head`, `at`: number, closing head and time of the ceremony that enacted it. */
export interface CharterInForce { readonly charter: Charter; readonly sha256: Sha256Hex; readonly ceremony: number; readonly head: Sha256Hex; readonly at: string }

const isEnacting = ({ state }: ToldCeremony): boolean => state.charter !== null && state.closing?.outcome === 'completed';
/** @param told the closed ceremonies of an archive. @returns null before the founding; in an archive whose branches no merge joins yet, the one of them that was enacted last. */
export const charterInForce = (told: readonly ToldCeremony[]): CharterInForce | null => {
  const enacting = told.filter(isEnacting), enacted = enacting.length < 2 ? enacting[0] : toldLineage(told).order.map((index) => told[index]!).findLast(isEnacting);
  if (enacted === undefined) return null;
  const { state: { charter, head, plan }, number } = enacted;
  return { charter: plan.charter!, sha256: charter!.sha256, ceremony: number, head, at: charter!.at };
};
/** @returns the charters in force at the ends that a merge joins, in their order, each once. */
export const chartersAtEnds = (told: readonly ToldCeremony[], ends: readonly Pick<Link, 'head'>[]): readonly CharterInForce[] => {
  const all = ends.flatMap(({ head }) => charterInForce(pastOf(told, head)) ?? []);
  return all.filter(({ sha256 }, index) => all.findIndex((one) => one.sha256 === sha256) === index);
};

/** The charters in force at those ends, and the one that is drawn up out of them; null where none of the ends has a charter. */
export const unitedAtEnds = (told: readonly ToldCeremony[], ends: readonly Pick<Link, 'head'>[]): { readonly atEnds: readonly CharterInForce[]; readonly united: United | null } => {
  const atEnds = chartersAtEnds(told, ends), base = charterInForce(sharedPast(told, ends.map(({ head }) => head)));
  return { atEnds, united: atEnds.length === 0 ? null : uniteCharters(atEnds.map((one) => one.charter), base?.charter ?? null) };
};
/** What a merge of the archive as it is has to settle: where the charters of its ends contradict each other and neither is the stricter one. */
export const questionsAtEnds = (told: readonly ToldCeremony[]): readonly Question[] => {
  const ends = toldLineage(told).tips.map((index) => told[index]!.state);
  return ends.length < 2 ? [] : unitedAtEnds(told, ends).united?.questions ?? [];
};

/**
 * How a plan departs from the charter its archive is under. `unfounded`: a real ceremony about a key in an archive without a charter.
 * `under`, `before`: the plan names another charter, or none. `founded`: a second founding. `person`: somebody whom the charter does not let act so.
 */
export type CharterDeparture = { readonly part: 'unfounded' | 'not-founded' | 'founded' | 'under' | 'before' } | { readonly part: 'person'; readonly person: PersonId; readonly why: 'unknown' | 'standing' | 'role' | 'credential' | 'details' };

/** Who brings a share of an old set is a custodian of the roster. */
const rosterRole = (role: Role): Role => (role === 'holder' ? 'custodian' : role);
const whyNot = (member: Member | null, person: Person): Extract<CharterDeparture, { part: 'person' }>['why'] | null => {
  if (member === null) return 'unknown';
  if (member.standing !== 'active') return 'standing';
  if (!member.roles.includes(rosterRole(person.role))) return 'role';
  if (JSON.stringify(member.credential) !== JSON.stringify(person.credential)) return 'credential';
  const reports = person.reportsTo ?? null;
  return member.name === person.name && member.organisation === person.organisation && member.reportsTo === reports ? null : 'details';
};

const ofKeyPlan = (plan: Plan, inForce: CharterInForce | null): readonly CharterDeparture[] => {
  const { under } = plan;
  if (inForce === null) return under !== undefined ? [{ part: 'not-founded' }] : plan.mode === 'production' ? [{ part: 'unfounded' }] : [];
  const isThis = under !== undefined && under.sha256 === inForce.sha256 && under.head === inForce.head && under.ceremony === inForce.ceremony && JSON.stringify(under.policy) === JSON.stringify(inForce.charter.policy);
  return [
    ...(isThis ? [] : [{ part: 'under' as const }]),
    ...plan.people.flatMap((person): readonly CharterDeparture[] => { const why = whyNot(memberOf(inForce.charter, person.id), person); return why === null ? [] : [{ part: 'person', person: person.id, why }]; }),
  ];
};

const isCharter = ({ ceremony, head, charter }: NonNullable<Plan['before']>[number], one: CharterInForce): boolean => head === one.head && ceremony === one.ceremony && charterDigest(charter) === one.sha256;
const ofMerge = ({ before = [] }: Plan, atEnds: readonly CharterInForce[]): readonly CharterDeparture[] =>
  (before.length === atEnds.length && before.every((one) => atEnds.some((other) => isCharter(one, other))) ? [] : [{ part: 'before' }]);

/**
 * @param told the closed ceremonies that the plan can know of. @param inForce the charter that they put in force, where it is known already.
 * @returns how the plan departs from the charter in force, the gravest first; empty when it keeps to it. A merge names that of each end that it joins.
 */
export const departuresFrom = (plan: Plan, told: readonly ToldCeremony[], inForce: CharterInForce | null = charterInForce(told)): readonly CharterDeparture[] =>
  (plan.ceremony.kind === 'merge' ? ofMerge(plan, chartersAtEnds(told, plan.parents ?? [])) : charterDepartures(plan, inForce));

/** @returns how the plan departs from the charter in force, the gravest first; empty when it keeps to it. A merge is judged by {@link departuresFrom}. */
export const charterDepartures = (plan: Plan, inForce: CharterInForce | null): readonly CharterDeparture[] => {
  if (isKeyPlan(plan)) return ofKeyPlan(plan, inForce);
  if (plan.ceremony.kind === 'founding') return inForce === null ? [] : [{ part: 'founded' }];
  if (plan.ceremony.kind !== 'amendment') return [];
  if (inForce === null) return [{ part: 'not-founded' }];
  const before = plan.before?.[0];
  return before !== undefined && isCharter(before, inForce) ? [] : [{ part: 'before' }];
};
