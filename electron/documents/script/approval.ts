/** Who approved this script, and that the witness is independent: signed before the ceremony begins. */
import { peopleIn } from '../../../shared/ceremony/people.ts';
import { html } from '../html.ts';
import type { Html, HtmlValue } from '../html.ts';
import { firstWords, table } from '../parts.ts';
import { brokenRules } from '../separation.ts';
import type { ScriptInput } from './script-input.ts';

const APPROVAL_ROWS = 2;
const box = (): Html => html`<i></i>`;
export const approval = ({ plan, planSha256 }: ScriptInput): Html => {
  const why = plan.source ?? plan.decision, witness = peopleIn(plan, 'internal-witness')[0]?.name ?? '';
  return html`<section class="keep"><h2>Approval</h2><p>This script, with the plan whose digest begins <b>${firstWords(planSha256).join(' ')}</b>, is approved${why ? html` on this decision: ${why.authority}` : null}. What changed since the last approved script is named in the decision.</p>
${table('appr', ['Approved by, name and role', 'Decision or reference', 'Date', 'Signature'], [...Array.from({ length: APPROVAL_ROWS }, () => ['', '', '', box()]), [html`<b>${witness}</b><br><span class="s">Internal witness</span>`, html`<span class="s">Independence, as below</span>`, '', box()]])}
<p class="after s">The witness says: “I do not answer for the key or for the people who hold it, and nobody in this room can order me what to write.”</p></section>`;
};
/** Approved with the script; null where the plan keeps every rule. */
export const approvedExceptions = ({ plan }: ScriptInput): HtmlValue => {
  const broken = brokenRules(plan);
  return broken && html`<section><h2>Exceptions from the separation of duties</h2><p>Whoever approves this script approves these too. The rules are judged again at the end of the roll call, for who is there.</p><div style="margin-top:2mm">${broken}</div></section>`;
};
