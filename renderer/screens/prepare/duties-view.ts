/** What Prepare says of the separation of duties: which rules are broken by whom, and who may except them. Pure. */
import type { PersonId } from '../../../shared/brand.ts';
import { hasRoomProtocol, personById } from '../../../shared/ceremony/people.ts';
import type { Person, Plan, Waiver } from '../../../shared/ceremony/plan-schema.ts';
import { DUTIES, dutyOf } from '../../../shared/duties/duties.ts';
import { exceptedBy, judgePlan, mayExcept, policyOf } from '../../../shared/duties/judge.ts';
import { namesIn, unverifiedClause } from '../../../shared/text/duties.ts';

/** A rule that is broken. `mayExcept`: named people may let it be. */
export interface BrokenDuty { readonly rule: string; readonly says: string; readonly clause: string; readonly text: string; readonly people: readonly PersonId[]; /** Who excepted it and why; null where nobody did. */ readonly waiver: WaiverRow | null; readonly mayExcept: boolean }
export interface DutiesView { readonly rules: number; readonly kept: number; readonly broken: readonly BrokenDuty[]; readonly exceptedBy: number; /** Exceptions that except nothing. */ readonly idle: readonly WaiverRow[]; /** Why no rule may be excepted; null where some may. */ readonly noExceptions: string | null }

const noExceptions = (plan: Plan): string | null => {
  const policy = policyOf(plan);
  if (policy === null) return plan.mode === 'rehearsal' ? null : 'Without a charter a ceremony keeps every rule: none may be excepted.';
  return policy.exceptable.length > 0 ? null : 'The policy of the archive lets no rule be excepted.';
};
/** @returns null for a plan that is not judged. */
export const dutiesView = (plan: Plan): DutiesView | null => {
  if (!hasRoomProtocol(plan)) return null;
  const judged = judgePlan(plan), rows = waiverRows(plan);
  const rowOf = (waiver: Waiver | null): WaiverRow | null => (waiver === null ? null : rows[plan.waivers!.indexOf(waiver)] ?? null);
  const broken = judged.map(({ duty, violation, waiver }): BrokenDuty =>
    ({ rule: duty.id, says: duty.says, clause: `${duty.clause}${unverifiedClause(duty)}`, text: violation.text, people: violation.people, waiver: rowOf(waiver), mayExcept: mayExcept(plan, duty.id) }));
  return { rules: DUTIES.length, kept: DUTIES.length - new Set(broken.map(({ rule }) => rule)).size, broken, exceptedBy: exceptedBy(plan), idle: rows.filter(({ index }) => !broken.some(({ waiver }) => waiver?.index === index)), noExceptions: noExceptions(plan) };
};

/** Who may except a rule that these people break: nobody does so for themselves, nor a candidate. */
export const mayExceptIt = (plan: Plan, people: readonly string[]): readonly Person[] => plan.people.filter(({ id, role }) => role !== 'candidate' && !people.includes(id));

export interface WaiverRow { readonly index: number; readonly says: string; readonly people: string; readonly by: string; readonly reason: string }
export const waiverRows = (plan: Plan): readonly WaiverRow[] => (plan.waivers ?? []).map(({ rule, people, by, reason }, index) =>
  ({ index, says: dutyOf(rule)?.says ?? rule, people: namesIn(plan, people), by: namesIn(plan, by), reason }));

/** The people a deputy may stand in for. */
export const stoodFor = (plan: Plan, deputy: Person): readonly Person[] => {
  const kind = deputy.role === 'deputy-administrator' ? 'administrator' : deputy.role === 'deputy-custodian' ? 'custodian' : null;
  return plan.people.filter(({ role }) => role === kind);
};
/** For whom a deputy stands in, by name; null for anybody else. */
export const deputyWords = (plan: Plan, person: Person): string | null => (person.deputyOf === undefined ? null : `for ${personById(plan, person.deputyOf)?.name ?? 'nobody in the plan'}`);
