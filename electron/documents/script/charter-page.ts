/** Page of the script that is read aloud where a charter is given or changed: the policy, what differs, the roster. */
import type { Plan } from '../../../shared/ceremony/plan-schema.ts';
import { html } from '../html.ts';
import type { HtmlValue } from '../html.ts';
import { differenceTables, policyTable, rosterTable } from '../charter/charter-tables.ts';

/** @returns null for a ceremony about a key. */
export const charterPage = (plan: Plan): HtmlValue => {
  const { charter } = plan;
  if (!charter) return null;
  const changes = plan.before !== undefined;
  return html`<section class="page charter"><h2>${changes ? 'What changes' : 'The charter that is given'}</h2><p>${changes ? 'Each line is read aloud in the act about the charter. It holds once the charter is enacted, and not before.' : 'Policy and roster are read aloud in the act about the charter. They hold once the charter is enacted, and not before.'}</p>${differenceTables(plan)}</section>
<section class="charter"><h2>Policy${changes ? ' from now on' : ''}</h2>${policyTable(charter)}</section><section class="charter"><h2>Roster${changes ? ' from now on' : ''}</h2>${rosterTable(charter)}</section>`;
};
