/** Tables of a charter: its roster, its policy, and what differs from the charter before. Script and record share them. */
import type { Charter } from '../../../shared/charter/charter-schema.ts';
import { charterDigest } from '../../../shared/charter/charter-digest.ts';
import { keyOfMember } from '../../../shared/charter/changes.ts';
import { charterDifference, charterRows, rolesText, signsWithText, standingText } from '../../../shared/charter/difference.ts';
import type { Plan } from '../../../shared/ceremony/plan-schema.ts';
import { fourDigits, hexGroups, plural } from '../format.ts';
import { html } from '../html.ts';
import type { Html, HtmlValue } from '../html.ts';
import { firstWords, keyValues, longCode, table } from '../parts.ts';

const capital = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
const credential = (member: Charter['members'][number]): HtmlValue => {
  const key = keyOfMember(member);
  return html`${capital(signsWithText(member))}${key === null ? null : html`<br><code class="fit">${hexGroups(key.slice(0, 16))}</code><br><span class="s grey">${firstWords(key).join(' ')}</span>`}`;
};
export const rosterTable = (charter: Charter): Html => table('roster', ['Name and organisation', 'May be', 'Signs with, key begins', 'Reports to', 'Standing'], charter.members.map((member) => [
  html`<b>${member.name}</b><br><span class="s">${member.organisation}</span>`, capital(rolesText(member)), credential(member), member.reportsTo ?? '–', capital(standingText(member))]));
export const policyTable = (charter: Charter): Html => html`${keyValues([...charterRows(charter).map(([what, text]) => [what, capital(text)] as const), ['Digest of the charter', html`${longCode(charterDigest(charter))}<br>${firstWords(charterDigest(charter)).join(' ')}`]])}`;

const said = (text: string | null, none: string): HtmlValue => text ?? html`<span class="grey">${none}</span>`;
const differenceOf = (before: Charter | null, after: Charter): Html => {
  const rows = charterDifference(before, after);
  return rows.length === 0 ? html`<p>Nothing differs.</p>` : table('diff', ['What', 'Before', 'From now on'], rows.map((row) => [html`<b>${row.what}</b>`, said(row.before, 'not there'), said(row.after, 'not there any more')]));
};
/** One table for each charter that is replaced; at a founding, that there was none. */
export const differenceTables = (plan: Plan): HtmlValue => (plan.before ?? []).map(({ ceremony, head, charter }) => {
  const count = charterDifference(charter, plan.charter!).length;
  return html`<h3>Against the charter of ceremony ${fourDigits(ceremony)}: ${plural(count, 'difference')}</h3><p class="s">Digest of that charter begins ${firstWords(charterDigest(charter)).join(' ')}; the closing head of its ceremony ${firstWords(head).join(' ')}.</p>${differenceOf(charter, plan.charter!)}`;
});
