/** Who is judged: the people in the room, who holds a share of what, who types a PIN, and who reports to whom. Pure questions that several rules ask. */
import type { PersonId } from '../brand.ts';
import { foldName } from '../ceremony/fold-name.ts';
import { bringerOf, personById, pinPeopleOf } from '../ceremony/people.ts';
import type { Person, Plan, SetRef } from '../ceremony/plan-schema.ts';
import { sourceSets } from '../ceremony/source-names.ts';
import { listText } from '../text/list.ts';
import type { DutyView } from './duty.ts';

/** Candidates are being enrolled and do nothing else. */
export const roomOf = ({ plan, present }: DutyView): readonly Person[] => plan.people.filter(({ id, role }) => role !== 'candidate' && (present === null || present.has(id)));
export const idsOf = (people: readonly Person[]): readonly PersonId[] => people.map(({ id }) => id);
/** "Ada, Bruno and Chen". */
export const namesOf = (people: readonly Person[]): string => listText(people.map(({ name }) => name));

/** Folded names of everyone above a person, the nearest first. The line goes on through people of the plan and ends at a name outside it, or where it comes round again. */
export const superiorsOf = (plan: Plan, person: Person): readonly string[] => {
  const above: string[] = [];
  for (let next = person.reportsTo ?? null; next !== null;) {
    const name = foldName(next);
    if (above.includes(name) || name === foldName(person.name)) break;
    above.push(name);
    next = plan.people.find((one) => foldName(one.name) === name)?.reportsTo ?? null;
  }
  return above;
};
export const reportsTo = (plan: Plan, person: Person, superior: Person): boolean => superiorsOf(plan, person).includes(foldName(superior.name));
/** The person and those of `people` who report to them, directly or through others. */
export const lineUnder = (plan: Plan, top: Person, people: readonly Person[]): readonly Person[] => people.filter((person) => person.id === top.id || reportsTo(plan, person, top));

/** People whose shares together open something, and how many of them it takes. */
export interface Quorum { readonly threshold: number; readonly people: readonly Person[] }
const holdersOf = (view: DutyView, set: SetRef): readonly Person[] => {
  const ids = new Set(set.holders.map(({ person }) => bringerOf(view.plan, person)));
  return roomOf(view).filter(({ id }) => ids.has(id));
};
/** The custodians of the plan, and the holders of each set that the ceremony opens. */
export const quorumsOf = (view: DutyView): readonly Quorum[] => {
  const custodians = { threshold: view.plan.quorum.threshold, people: roomOf(view).filter(({ role }) => role === 'custodian') };
  return [custodians, ...sourceSets(view.plan).map(({ set }) => ({ threshold: set.threshold, people: holdersOf(view, set) }))];
};
export const holdsShare = (view: DutyView, { id }: Person): boolean => quorumsOf(view).some(({ people }) => people.some((one) => one.id === id));

/** Who types which PIN of a token. Nobody, where no token is opened or a quorum holds the PIN. */
export const pinTypists = (plan: Plan): { readonly user: readonly PersonId[]; readonly so: readonly PersonId[] } => {
  const { pin, ceremony: { kind } } = plan;
  if (kind === 'share-check' || kind === 'share-destruction') return { user: [], so: [] };
  return { user: pinPeopleOf(plan), so: pin?.control === 'quorum' ? pin.soTypedBy : [] };
};
export const peopleOf = (plan: Plan, ids: readonly string[]): readonly Person[] => ids.map((id) => personById(plan, id)).filter((one) => one !== null);
