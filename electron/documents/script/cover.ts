/** Cover and second page of the script: what will be done, the digest that names the plan, who takes part and how the script is used. */
import type { Plan } from '../../../shared/ceremony/plan-schema.ts';
import type { Script, StepKind } from '../../../shared/ceremony/script-types.ts';
import { allSteps } from '../../../shared/ceremony/build-script.ts';
import { custodiansOf, peopleIn } from '../../../shared/ceremony/people.ts';
import { listed } from '../format.ts';
import { html } from '../html.ts';
import type { Html, HtmlValue } from '../html.ts';
import { icon } from '../icons.ts';
import { keyValues, longCode, table, wordGrid } from '../parts.ts';
import { roleOf } from '../people-words.ts';
import { aimSentence, coverFacts } from './cover-facts.ts';
import type { ScriptInput } from './script-input.ts';

const irreversible = (script: Script): Html => html`<ul class="irrlist">${allSteps(script).filter((step) => step.irreversible).map((step) => html`<li><b>${step.id}</b> ${step.title}</li>`)}</ul>`;

const cover = (input: ScriptInput): Html => html`<section class="cover onepage${input.plan.source ? ' dense' : ''}"><h1>${input.plan.ceremony.title}</h1>
<p class="lead">${aimSentence(input.plan)} It was made from one reviewed plan. Do only what it says; write down everything that goes differently.</p>
${coverFacts(input)}
<h3>Steps that can’t be undone</h3>${irreversible(input.script)}
<div class="keep"><h3>Digest of the plan, SHA-256 of plan.json</h3>${wordGrid(input.planSha256, 'sm')}<p class="s" style="margin-top:1.5mm">${longCode(input.planSha256)}<br>Compare it in full, rows A to D. The app asks for two of these words by number.</p></div></section>`;

const people = ({ plan }: ScriptInput): Html => html`<section class="page"><h2>Participants</h2>${table('folk', ['Role', 'Name and organisation', 'Signature', 'Time UTC', 'Initials'],
  plan.people.map((person) => [roleOf(plan, person), html`<b>${person.name}</b><br><span class="s">${person.organisation}. ${credential(person.credential.kind)}</span>`, html`<i></i>`, html`<i></i>`, html`<i></i>`]))}
<p class="s after">By signing, each person says that they have read this page and know the plan by its digest.</p></section>`;
const credential = (kind: Plan['people'][number]['credential']['kind']): string =>
  ({ file: 'Signs with a credential file', token: 'Signs with a token', paper: 'Signs on paper only' })[kind];

const howTo = ({ plan, script }: ScriptInput): Html => html`<section><h2>How to use this script</h2><div class="how"><ol>
<li>The ceremony administrator reads. The person named under Who acts or answers. One step is open at a time, on screen and here.</li>
<li>The internal witness writes the initials and the time of every step. Times are UTC, 24 hours, from the wall clock.</li>
<li>Values are read from paper, a label or a device, never from the screen that asks for them.</li>
<li>Four words name a thing. They prove nothing. What counts is compared in full.</li>
<li>A wrong entry is struck through once, with initials and time. Nothing is erased.</li></ol><ol>
<li>Anything that goes differently: stop, say “exception”, press F9, fill in an exception form and write its number beside the step.</li>
<li>Anyone may say “stop”. The ceremony pauses (F8) and goes on only when everyone named has answered.</li>
<li>A thick box is a hold point: the people named in it sign there, as many different ones as it says, or it is not passed.</li>
<li>A double rule at the left and the word IRREVERSIBLE: it can’t be undone once done.</li>
<li>At the end the witness and the auditor copy the closing head on their own paper and take it away.</li></ol></div>
<div class="keep"><h3>Words used</h3>${keyValues([
  ['Custodian', `Holds one share and signs at hold points. Here: ${listed(custodiansOf(plan).map((person) => person.name))}.`],
  peopleIn(plan, 'holder').length > 0 ? ['Holder', `Holds a share of the old set and gets none of the new: ${listed(peopleIn(plan, 'holder').map((person) => person.name))}.`] : null,
  ['Share', 'One of the parts of the wrapping key. Alone it tells nothing.'],
  ['Hold point', 'Nothing after it is done before the quorum has signed.'],
  ['Head', 'SHA-256 of the last line of the transcript. It names everything before it.'],
  ['HSM, PIN, SO', 'The device that holds the key; what opens it; its security officer.'],
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
  return keyValues(KINDS.filter(([kind]) => used.has(kind)).map(([, name, words]) => [name, words]));
};

/** Everything before act 1. */
export const scriptFront = (input: ScriptInput): HtmlValue => [cover(input), people(input), howTo(input)];
