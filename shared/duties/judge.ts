/** Judges a plan, or a room, by every duty, and tells which violations named people have excepted. Pure. */
import type { Policy } from '../charter/charter-schema.ts';
import { onceAPlan } from '../ceremony/once-a-plan.ts';
import type { Plan, Waiver } from '../ceremony/plan-schema.ts';
import type { Step } from '../ceremony/script-types.ts';
import { DUTIES } from './duties.ts';
import type { Duty, DutyView, Violation } from './duty.ts';

/** The policy that a ceremony is held under: of the charter in force, which an amendment or merge is about to replace; null without one. */
export const policyOf = ({ under, before }: Plan): Policy | null => under?.policy ?? before?.[0]?.charter.policy ?? null;
/** @param present ids of the people in the room; null while the ceremony is prepared. */
export const viewOf = (plan: Plan, present: ReadonlySet<string> | null = null, step: Step | null = null): DutyView =>
  ({ plan, present, history: plan.source?.history ?? [], policy: policyOf(plan), step });

/** `waiver`: the exception that covers the violation; null where nobody excepted it. */
export interface Judged { readonly duty: Duty; readonly violation: Violation; readonly waiver: Waiver | null }

/** A waiver covers a violation of its rule by the people it names, or by some of them: on the day not all of them may come. */
export const covers = ({ rule, people }: Waiver, duty: Duty, violation: Violation): boolean => rule === duty.id && violation.people.every((id) => people.includes(id)) && (violation.people.length > 0 || people.length === 0);

/** @returns every violation, in the order of the duties; empty where the duties are kept. */
export const judgeDuties = (view: DutyView): readonly Judged[] => DUTIES.flatMap((duty) => duty.judge(view).map((violation) =>
  ({ duty, violation, waiver: (view.plan.waivers ?? []).find((waiver) => covers(waiver, duty, violation)) ?? null })));
/** As planned, with everybody. */
export const judgePlan = onceAPlan((plan): readonly Judged[] => judgeDuties(viewOf(plan)));
export const notExcepted = (judged: readonly Judged[]): readonly Judged[] => judged.filter(({ waiver }) => waiver === null);

/** Without a charter a rehearsal may except any rule, a production ceremony none. */
export const mayExcept = (plan: Plan, rule: string): boolean => policyOf(plan)?.exceptable.includes(rule) ?? plan.mode === 'rehearsal';
const USUAL_EXCEPTED_BY = 2;
/** How many people it takes to except a rule. */
export const exceptedBy = (plan: Plan): number => policyOf(plan)?.exceptedBy ?? USUAL_EXCEPTED_BY;
