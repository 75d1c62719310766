/** How script and record write things, and the abbreviations in them. */
import { isKeyPlan } from '../../shared/ceremony/people.ts';
import type { Plan } from '../../shared/ceremony/plan-schema.ts';
import { html } from './html.ts';
import type { Html, HtmlValue } from './html.ts';

type Term = readonly [string, HtmlValue];
const ALWAYS: readonly Term[] = [['UTC', 'Universal time; all printed times, 24 hours'], ['2027-03-02', 'Year, month, day'], ['SHA-256', 'A digest: 64 hex digits or 32 words that name a file and nothing else'], ['Head', 'SHA-256 of the last line of the transcript'], ['DSSE', 'The envelope a signature comes in'], ['E1', 'The first exception']];
const KEYED: readonly Term[] = [['HSM', 'The device that holds the key'], ['PIN, SO', 'What opens it; its security officer'], ['CKA_, CKR_', 'Names of PKCS#11, the language of HSMs'], ['M of N', 'How many shares of how many are needed'], ['Epoch', 'How often shares of this secret were issued']];
const ARCHIVE: readonly Term[] = [['Charter', 'Roster and policy of an archive'], ['Roster', 'The people who may act, with their keys'], ['Standing', 'Active, left, or key revoked']];

/** Two columns of short terms. */
export const abbreviations = (plan: Plan): Html => html`<dl class="abbr">${[...ALWAYS, ...(isKeyPlan(plan) ? KEYED : ARCHIVE)].map(([term, words]) => html`<div><dt>${term}</dt><dd>${words}</dd></div>`)}</dl>`;
export const CONVENTIONS_CSS = `
.abbr{columns:2;column-gap:8mm;font-size:9.5pt;line-height:1.35}.abbr>div{display:grid;grid-template-columns:25mm 1fr;break-inside:avoid;padding:.6mm 0;border-bottom:var(--hair) solid}.abbr dt{font-weight:700}.abbr.kinds>div{grid-template-columns:20mm 1fr}
.tasks{table-layout:fixed;font-size:9.5pt}.tasks th:nth-child(1){width:38mm}.tasks td{padding:1.3mm 3mm 1.3mm 0}.du{padding-left:3mm;text-indent:-3mm}.du::before{content:'– '}.du+.du{margin-top:.6mm}
`;
