/** Cover and second page of the script: what will be done, the digest that names the plan, who takes part and how the script is used. */
import type { Plan } from '../../../shared/ceremony/plan-schema.ts';
import type { Script, StepKind } from '../../../shared/ceremony/script-types.ts';
import { allSteps } from '../../../shared/ceremony/build-script.ts';
import { custodiansOf, isKeyPlan, peopleIn } from '../../../shared/ceremony/people.ts';
import { abbreviations } from '../conventions.ts';
import { dutiesTable } from '../duties-table.ts';
import { listed } from '../format.ts';
import { html } from '../html.ts';
import type { Html, HtmlValue } from '../html.ts';
import { icon } from '../icons.ts';
import { keyValues, lines, longCode, table, wordGrid } from '../parts.ts';
import { nameOf, roleOf } from '../people-words.ts';
import { zoomFor } from '../styles.ts';
import { approval, approvedExceptions } from './approval.ts';
import { aimSentence, coverFacts } from './cover-facts.ts';
import { roomForm } from './room-form.ts';
import type { ScriptInput } from './script-input.ts';

const irreversible = (script: Script): Html => html`<ul class="irrlist">${allSteps(script).filter((step) => step.irreversible).map((step) => html`<li><b>${step.id}</b> ${step.title}</li>`)}</ul>`;

/** Lines beyond the first that a row takes as a rule. */
const MORE_LINES: Readonly<Record<string, number>> = { 'Share set': 1, Certificate: 1, 'HSM, by serial': 1, 'PKCS#11 module': 2, 'PIN of the HSM': 1, Backup: 1, 'New backup': 1, 'Shares go': 1, Charter: 2 };
const linesOf = ({ plan, script }: ScriptInput, rows: ReturnType<typeof coverFacts>): number =>
  rows.reduce((sum, [name]) => sum + 1 + (MORE_LINES[name] ?? 0), 0) + Math.ceil(allSteps(script).filter(({ irreversible: is }) => is).length / 2) + (plan.source ? 3 : 0);
const cover = (input: ScriptInput): Html => {
  const rows = coverFacts(input);
  return html`<section class="cover" style="zoom:${zoomFor('cover', input.plan.sheets.paper, linesOf(input, rows))}"><h1>${input.plan.ceremony.title}</h1>
<p class="lead">${aimSentence(input.plan)} It was made from one reviewed plan. Do only what it says; write down everything that goes differently.</p>
${keyValues(rows)}
<h3>Steps that can’t be undone</h3>${irreversible(input.script)}
<div class="keep"><h3>Digest of the plan, SHA-256 of plan.json</h3>${wordGrid(input.planSha256, 'sm')}<p class="s" style="margin-top:1.5mm">${longCode(input.planSha256)}<br>Compare it in full, rows A to D. The app asks for two of these words by number.</p></div></section>`;
};

const people = ({ plan }: ScriptInput): Html => html`<section class="page"><h2>Participants</h2>${table('folk', ['Role', 'Name and organisation', 'Signature', 'Time UTC', 'Initials'],
  plan.people.map((person) => [person.deputyOf === undefined ? roleOf(plan, person) : lines([roleOf(plan, person), html`<span class="s">for ${nameOf(plan, person.deputyOf)}</span>`]), html`<b>${person.name}</b><br><span class="s">${person.organisation}. ${credential(person.credential.kind)}</span>`, html`<i></i>`, html`<i></i>`, html`<i></i>`]))}
<p class="s after">By signing, each person says that they have read this page and know the plan by its digest.</p></section>`;
const credential = (kind: Plan['people'][number]['credential']['kind']): string =>
  ({ file: 'Signs with a credential file', token: 'Signs with a token', paper: 'Signs on paper only' })[kind];

const howTo = ({ plan, script }: ScriptInput): Html => html`<section><div class="keep"><h2>How to use this script</h2><div class="how"><ol>
<li>The ceremony administrator reads. The person named under Who acts or answers. One step is open at a time, on screen and here.</li>
<li>The internal witness writes the initials and the time of every step. Times are UTC, 24 hours, from the wall clock.</li>
<li>Values are read from paper, a label or a device, never from the screen that asks for them.</li>
<li>Four words name a thing. They prove nothing. What counts is compared in full.</li>
<li>Black or blue ink. A wrong entry is struck through once, with initials and time; space that stays empty is struck through too. Nothing is erased.</li></ol><ol>
<li>Anything that goes differently: stop, say “exception”, press F9, fill in an exception form. Tick the small box of the step and write the number of the form after E.</li>
<li>Anyone may say “stop”. The ceremony pauses (F8) and goes on only when everyone named has answered.</li>
<li>A thick box is a hold point: the people named in it sign there, as many different ones as it says, or it is not passed.</li>
<li>A double rule at the left and the word IRREVERSIBLE: it can’t be undone once done.</li>
<li>At the end the witness and the auditor copy the closing head on their own paper and take it away.</li></ol></div></div>
<div class="keep"><h3>Abbreviations</h3>${abbreviations(plan)}</div><div class="keep"><h3>Words used</h3>${keyValues([
  ['Custodian', `${isKeyPlan(plan) ? 'Holds one share and signs' : 'Signs'} at hold points. Here: ${listed(custodiansOf(plan).map((person) => person.name))}.`],
  peopleIn(plan, 'holder').length > 0 ? ['Holder', `Holds a share of the old set and gets none of the new: ${listed(peopleIn(plan, 'holder').map((person) => person.name))}.`] : null,
  isKeyPlan(plan) ? ['Share', 'One of the parts of the wrapping key. Alone it tells nothing.'] : null,
  ['Hold point', 'Nothing after it is done before the quorum has signed.'],
])}</div><div class="keep"><h3>Kinds of step</h3>${kinds(script)}</div></section>`;
const KINDS: readonly (readonly [StepKind, string, HtmlValue])[] = [
  ['say', 'Say', html`${icon('say')} Read aloud, as printed.`], ['check', 'Check', html`${icon('check')} One person asks, another reads a value from something that is not the screen.`],
  ['machine', 'Machine', html`${icon('machine')} The app or the HSM acts; the room watches.`], ['login', 'PIN', html`${icon('login')} The named people type a PIN, each alone at the window.`],
  ['sign', 'Sign', html`${icon('sign')} The named people sign, each with their own credential.`], ['handover', 'Hand over', html`${icon('handover')} One custodian at the desk: share, read-back, bag.`],
  ['gather', 'Gather', html`${icon('handover')} Holders bring their shares to the desk, one after the other.`], ['prove', 'Prove', html`${icon('check')} One holder at the desk: the share is read, judged, forgotten and sealed again.`],
  ['materials', 'Materials', html`${icon('check')} Each thing is called by its number; two people read its bag.`],
  ['account', 'Account', html`${icon('note')} Every copy is called by its number, and it is said what became of it.`],
];
const kinds = (script: Script): Html => {
  const used = new Set(allSteps(script).map((step) => step.kind));
  return html`<dl class="abbr kinds">${KINDS.filter(([kind]) => used.has(kind)).map(([, name, words]) => html`<div><dt>${name}</dt><dd>${words}</dd></div>`)}</dl>`;
};

/** Everything before act 1. */
export const scriptFront = (input: ScriptInput): HtmlValue => [cover(input), people(input), approval(input), approvedExceptions(input), duties(input), howTo(input), roomForm(input)];
const duties = ({ plan }: ScriptInput): Html => html`<section class="page"><h2>Responsibilities</h2>${dutiesTable(plan)}</section>`;
