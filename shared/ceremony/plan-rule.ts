/** The form of a plan rule, and what several of them ask. */
import { personById } from './people.ts';
import type { Person, Plan, Role } from './plan-schema.ts';

export interface Offence { readonly where: string; readonly text: string }
export type PlanRule = (plan: Plan) => readonly Offence[];

export const when = (broken: boolean, where: string, text: string): readonly Offence[] => (broken ? [{ where, text }] : []);
export const inRole = (plan: Plan, role: Role): readonly Person[] => plan.people.filter((person) => person.role === role);
export const eachPerson = (plan: Plan, judge: (person: Person, where: string) => readonly Offence[]): readonly Offence[] =>
  plan.people.flatMap((person, index) => judge(person, `people.${index}`));
export const canSign = ({ credential }: Person): boolean => credential.kind !== 'paper';
export const personExists = (plan: Plan, id: string, where: string): readonly Offence[] =>
  when(personById(plan, id) === null, where, `Nobody in the plan has the id "${id}". Write the id of one of the people.`);

/** Reports each thing of a list after the first whose key (of `keyOf`) another has already; null keys are not compared. @param path of the list in the plan. */
export const repeatedIn = <T>(all: readonly T[], path: string, keyOf: (one: T) => string | null, report: (one: T, earlier: T, where: string) => readonly Offence[]): readonly Offence[] => {
  const seen = new Map<string, T>();
  return all.flatMap((one, index) => {
    const key = keyOf(one);
    const earlier = key === null ? undefined : seen.get(key);
    if (key !== null && earlier === undefined) seen.set(key, one);
    return earlier === undefined ? [] : report(one, earlier, `${path}.${index}`);
  });
};
export const repeated = (plan: Plan, keyOf: (person: Person) => string | null, report: (person: Person, earlier: Person, where: string) => readonly Offence[]): readonly Offence[] =>
  repeatedIn(plan.people, 'people', keyOf, report);
