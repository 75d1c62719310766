/** Rules of the separation of duties that a plan breaks, and who excepted each of them why: approved with the script, shown again in the record. */
import type { Plan } from '../../shared/ceremony/plan-schema.ts';
import { judgePlan, type Judged } from '../../shared/duties/judge.ts';
import { unverifiedClause } from '../../shared/text/duties.ts';
import { listed } from './format.ts';
import { html } from './html.ts';
import type { HtmlValue } from './html.ts';
import { lines, table } from './parts.ts';
import { nameOf } from './people-words.ts';

const row = (plan: Plan, { duty, violation, waiver }: Judged): readonly HtmlValue[] => [
  html`<b>${duty.says}</b><br><span class="s">${duty.clause}${unverifiedClause(duty)}</span>`, violation.text,
  waiver === null ? html`<b>Nobody</b>` : lines([listed(waiver.by.map((id) => nameOf(plan, id))), html`<span class="s">${waiver.reason}</span>`]),
];
/** @returns null where the plan keeps every rule. */
export const brokenRules = (plan: Plan): HtmlValue => {
  const judged = judgePlan(plan);
  return judged.length === 0 ? null : table('duties', ['Rule', 'Who breaks it', 'Excepted by, and why'], judged.map((one) => row(plan, one)));
};
