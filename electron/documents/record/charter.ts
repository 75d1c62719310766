/** Section "The charter": what was enacted, what it replaced, who showed their keys, who approved, and which entries say so. */
import { memberOf } from '../../../shared/charter/changes.ts';
import { allSteps } from '../../../shared/ceremony/build-script.ts';
import { chartersBefore, personById } from '../../../shared/ceremony/people.ts';
import type { SignStep } from '../../../shared/ceremony/script-types.ts';
import { differenceTables, policyTable, rosterTable } from '../charter/charter-tables.ts';
import type { CeremonyFolder } from '../folder.ts';
import { clock, fourDigits, hexGroups } from '../format.ts';
import { html } from '../html.ts';
import type { Html, HtmlValue } from '../html.ts';
import { table } from '../parts.ts';
import { nameOf, roleOf } from '../people-words.ts';
import { heading } from './sections.ts';

const CHANGES: Readonly<Record<string, string>> = { enrolled: 'Enrolled', 'credential-replaced': 'New key', left: 'Left', revoked: 'Key revoked', returned: 'Returned', changed: 'Details changed' };
const key = (hex: string | null): HtmlValue => (hex === null ? '–' : html`<code class="fit">${hexGroups(hex.slice(0, 16))}</code>`);
const changesTable = ({ entries, plan }: CeremonyFolder): HtmlValue => {
  const charters = [...(plan.charter ? [plan.charter] : []), ...chartersBefore(plan)];
  const name = (id: string): string => charters.map((charter) => memberOf(charter, id)?.name).find((found) => found !== undefined) ?? id;
  const rows = entries.flatMap(({ entry }) => (entry.type === 'member-changed' ? [[html`<b>${name(entry.body.person)}</b>`, CHANGES[entry.body.change] ?? entry.body.change, key(entry.body.keyBefore), key(entry.body.keyAfter), `${clock(entry.at)} · ${entry.seq}`]] : []));
  return rows.length === 0 ? html`<p>No change of a person was recorded.</p>` : table('', ['Person', 'Change', 'Key before, begins', 'Key after, begins', 'Time UTC · entry'], rows);
};

/** Hold points of the act about the charter: people who show their keys, and people who approve. */
const signedTable = ({ plan, state }: CeremonyFolder): HtmlValue => {
  const steps = allSteps(state.script).filter((step): step is SignStep => step.kind === 'sign');
  const rows = steps.flatMap((step) => state.signoffs.filter((one) => one.step === step.id).map((one) => {
    const person = personById(plan, one.person);
    return [html`<b>${step.id}</b> ${step.title}`, html`<b>${nameOf(plan, one.person)}</b>`, person ? roleOf(plan, person) : '', one.method === 'token' ? 'Token' : 'Credential file', `${clock(one.at)} · ${one.seq}`];
  }));
  return rows.length === 0 ? html`<p><b>Nobody signed.</b></p>` : table('', ['Hold point', 'Who', 'Role', 'Signed with', 'Time UTC · entry'], rows);
};

const enacted = ({ entries, state, plan }: CeremonyFolder): Html => {
  const entry = entries.findLast((one) => one.entry.type === 'charter-enacted')?.entry;
  if (!entry) return html`<p><b>No charter was enacted.</b> What follows is what the plan proposed.</p>`;
  const replaced = plan.before === undefined ? 'It is the first of this archive.' : `It replaces that of ceremony ${plan.before.map(({ ceremony }) => fourDigits(ceremony)).join(' and ')}.`;
  return html`<p>The charter below was enacted at ${clock(entry.at)} UTC, entry ${entry.seq}. ${replaced}${state.closing?.outcome === 'completed' ? null : html` <b>The ceremony was not completed: the charter does not count.</b>`}</p>`;
};

export const charterSection = (folder: CeremonyFolder): Html => {
  const { plan } = folder, { charter } = plan;
  if (!charter) return html`<section>${heading(plan, 'charter', 'The charter')}<p><b>The plan has no charter.</b></p></section>`;
  return html`<section class="page charter">${heading(plan, 'charter', 'The charter')}${enacted(folder)}${differenceTables(plan)}<h3>Policy</h3>${policyTable(charter)}<h3>Roster</h3>${rosterTable(charter)}
<h3>Changes of people, as entries</h3>${changesTable(folder)}<h3>Who showed their keys, and who approved</h3>${signedTable(folder)}</section>`;
};
