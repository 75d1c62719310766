/** Wording about the separation of duties that more than one process needs. */
import { UNVERIFIED } from '../clauses/clauses.ts';
import { personById } from '../ceremony/people.ts';
import type { Plan } from '../ceremony/plan-schema.ts';
import type { Duty } from '../duties/duty.ts';
import { listText } from './list.ts';

/** ", unverified" after the name of a clause that could not be read in the original. */
export const unverifiedClause = ({ verified }: Pick<Duty, 'verified'>): string => (verified ? '' : `, ${UNVERIFIED}`);
/** "Ada Okafor and Bruno Keller". */
export const namesIn = (plan: Plan, ids: readonly string[]): string => listText(ids.map((id) => personById(plan, id)?.name ?? id));
