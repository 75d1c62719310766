/** Which clauses a plan covers, before it is approved: the steps that meet each, and what is missing. Pure. */
import { allSteps, buildScript } from '../ceremony/build-script.ts';
import type { Plan } from '../ceremony/plan-schema.ts';
import type { Step } from '../ceremony/script-types.ts';
import { CLAUSES } from './clauses.ts';
import type { Clause } from './clause.ts';
import { gapOf } from './needs.ts';
import { refOf, STEP_NAMES } from './step-names.ts';

/**
 * covered: every step is in the script and the plan says what it must. shared: the same, and something stays with the organisation beside it.
 * partly: something is missing. open: none of its steps is there. outside: no program shows it.
 */
export type CoverageStatus = 'covered' | 'shared' | 'partly' | 'open' | 'outside';
export const STATUS_WORDS: Readonly<Record<CoverageStatus, string>> = { covered: 'Covered', shared: 'Covered as far as a program can', partly: 'Partly covered', open: 'Not covered', outside: 'Outside the program' };
export interface Coverage { readonly clause: Clause; readonly status: CoverageStatus; /** In the order of the script. */ readonly steps: readonly Step[]; /** Sentences; empty when covered. */ readonly gaps: readonly string[] }

const statusOf = (clause: Clause, asked: number, steps: readonly Step[], gaps: readonly string[]): CoverageStatus =>
  asked === 0 ? 'outside' : gaps.length > 0 ? (steps.length === 0 ? 'open' : 'partly') : clause.outside === null ? 'covered' : 'shared';

/** @returns null for a clause that is not asked of this kind of ceremony. */
const coverOne = (clause: Clause, plan: Plan, script: readonly Step[]): Coverage | null => {
  const asked = clause.steps[plan.ceremony.kind];
  if (asked === undefined) return null;
  const missing = asked.filter((need) => !script.some((step) => need.includes(refOf(step))));
  const steps = script.filter((step) => asked.some((need) => need.includes(refOf(step))));
  const gaps = [
    ...missing.map((need) => `No step of this ceremony is ${need.map((ref) => STEP_NAMES[ref]).join(' or ')}.`),
    ...clause.needs.flatMap((need) => gapOf(need, plan) ?? []),
  ];
  return { clause, status: statusOf(clause, asked.length, steps, gaps), steps, gaps };
};

/** @param plan checked; a draft may lack what only the day knows. @returns one row for each clause that is asked of its kind of ceremony. */
export const coverageOf = (plan: Plan): readonly Coverage[] => {
  const script = allSteps(buildScript(plan));
  return CLAUSES.flatMap((clause) => coverOne(clause, plan, script) ?? []);
};

/** What makes every row worth nothing as evidence; null in a production ceremony with real shares. */
export const practiceSentence = (plan: Plan): string | null =>
  plan.mode === 'rehearsal' ? 'A rehearsal is evidence for no clause. This shows what the same plan covers in a production ceremony.'
  : plan.drill === true ? 'A drill is evidence for no clause. This shows what the same plan covers in a real ceremony.' : null;
