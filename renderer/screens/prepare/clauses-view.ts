/** What Prepare says of clauses of standards before a plan is approved. Pure. */
import type { Plan } from '../../../shared/ceremony/plan-schema.ts';
import { STANDARDS } from '../../../shared/clauses/clause.ts';
import type { Standard } from '../../../shared/clauses/clause.ts';
import { UNVERIFIED } from '../../../shared/clauses/clauses.ts';
import { coverageOf, practiceSentence, STATUS_WORDS } from '../../../shared/clauses/coverage.ts';
import type { Coverage, CoverageStatus } from '../../../shared/clauses/coverage.ts';
import type { IconName } from '../../components/icon.tsx';
import type { Tone } from '../../components/parts.tsx';

export interface ClauseRow {
  readonly id: string; readonly number: string; readonly says: string; readonly word: string; readonly icon: IconName; readonly tone: Tone;
  /** Ids of the steps, as on the printed script. */
  readonly steps: string; readonly gaps: readonly string[]; readonly outside: string | null;
}
export interface ClauseGroup { readonly standard: Standard; /** Said beside the name where the originals could not be read. */ readonly unverified: boolean; readonly rows: readonly ClauseRow[] }
export interface ClausesView { readonly groups: readonly ClauseGroup[]; /** Clauses with something missing, first of all. */ readonly missing: readonly ClauseRow[]; readonly count: string; readonly practice: string | null }

const SIGNS: Readonly<Record<CoverageStatus, readonly [IconName, Tone]>> = { covered: ['done', 'done'], shared: ['done', 'plain'], partly: ['check', 'wait'], open: ['stop', 'stop'], outside: ['note', 'plain'] };

const rowOf = ({ clause, status, steps, gaps }: Coverage): ClauseRow => ({
  id: clause.id, number: `${clause.number}${clause.verified ? '' : ` (${UNVERIFIED})`}`, says: clause.says, word: STATUS_WORDS[status], icon: SIGNS[status][0], tone: SIGNS[status][1],
  steps: steps.map(({ id }) => id).join(', '), gaps, outside: clause.outside,
});

/** @param plan as Prepare has it; one that is not finished is judged as it stands. */
export const clausesView = (plan: Plan): ClausesView => {
  const coverage = coverageOf(plan);
  const missing = coverage.filter(({ gaps }) => gaps.length > 0);
  const groups = STANDARDS.map((standard): ClauseGroup => {
    const own = coverage.filter(({ clause }) => clause.standard === standard);
    return { standard, unverified: own.some(({ clause }) => !clause.verified), rows: own.map(rowOf) };
  }).filter(({ rows }) => rows.length > 0);
  return { groups, missing: missing.map(rowOf), count: `${missing.length} of ${coverage.length} with something missing`, practice: practiceSentence(plan) };
};
