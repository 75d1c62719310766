/** The duties as rules of a plan: what Prepare says, and what makes waivers sound. Only plans with the room protocol are judged. */
import { hasRoomProtocol, personById } from '../ceremony/people.ts';
import type { Offence } from '../ceremony/plan-rule.ts';
import type { Plan, Waiver } from '../ceremony/plan-schema.ts';
import { dutyOf } from './duties.ts';
import { covers, exceptedBy, judgePlan, mayExcept, notExcepted, type Judged } from './judge.ts';

const placeOf = (plan: Plan, { duty, violation }: Judged): string => {
  if (!duty.place.startsWith('.')) return duty.place;
  const at = plan.people.findIndex(({ id }) => id === violation.people[0]);
  return `people.${at}${duty.place === '.' ? '' : duty.place}`;
};

/** @returns violations that nobody excepted, each with the id of its duty; none for a plan of format 1. */
export const dutyOffences = (plan: Plan): readonly (Offence & { readonly rule: string })[] => (!hasRoomProtocol(plan) ? []
  : notExcepted(judgePlan(plan)).map((judged) => ({ where: placeOf(plan, judged), text: `${judged.violation.text} The rule: ${judged.duty.says}`, rule: judged.duty.id })));

/** The violations that a waiver covers, and of them only people whom it names. */
const excepts = (plan: Plan, waiver: Waiver): boolean => {
  const covered = judgePlan(plan).filter(({ duty, violation }) => covers(waiver, duty, violation));
  const people = new Set(covered.flatMap(({ violation }) => violation.people));
  return covered.length > 0 && waiver.people.every((id) => people.has(id));
};
const faultOf = (plan: Plan, waiver: Waiver): string | null => {
  const by = new Set(waiver.by), needed = exceptedBy(plan);
  if (dutyOf(waiver.rule) === null) return `There is no rule "${waiver.rule}".`;
  if (!mayExcept(plan, waiver.rule)) return 'This rule may not be excepted: the policy of the archive does not list it, or there is no charter. Mend the plan instead.';
  if (waiver.by.some((id) => personById(plan, id) === null)) return 'It is excepted by somebody who is not in the plan.';
  if (waiver.by.some((id) => waiver.people.includes(id))) return 'Nobody excepts a rule for themselves. Name others.';
  if (by.size < needed || by.size !== waiver.by.length) return `It takes ${needed} different people to except a rule.`;
  return excepts(plan, waiver) ? null : 'This exception excepts nothing: nobody breaks this rule, or not exactly these people. Remove it.';
};

/** Each waiver is of a rule that may be excepted, by enough people who are not concerned, and for a violation that there is. */
export const waiverOffences = (plan: Plan): readonly Offence[] => {
  if (plan.waivers === undefined) return [];
  if (!hasRoomProtocol(plan)) return [{ where: 'waivers', text: 'A plan of this format has no exceptions from separation rules. Remove this field.' }];
  return plan.waivers.flatMap((waiver, index) => {
    const text = faultOf(plan, waiver);
    return text === null ? [] : [{ where: `waivers.${index}`, text }];
  });
};
