/** Cover and second page of the script: what will be done, the digest that names the plan, who takes part and how the script is used. */
import type { Plan } from '../../../shared/ceremony/plan-schema.ts';
import type { Script } from '../../../shared/ceremony/script-types.ts';
import { allSteps } from '../../../shared/ceremony/build-script.ts';
import { keyName, profileName } from '../../../shared/text/script.ts';
import { custodiansOf, personById } from '../../../shared/ceremony/people.ts';
import { commonNameOf } from '../../../shared/x509/names.ts';
import { day, listed, longDate, plural } from '../format.ts';
import { html } from '../html.ts';
import type { Html, HtmlValue } from '../html.ts';
import { icon } from '../icons.ts';
import { keyValues, lines, longCode, roleOf, table, wordGrid } from '../parts.ts';

export interface ScriptInput { readonly plan: Plan; readonly script: Script; readonly planSha256: string; readonly number: string | null; readonly printedAt: string }

const pinSentence = (plan: Plan): string => {
  const name = (id: string): string => personById(plan, id)?.name ?? id;
  return plan.pin.control === 'single'
    ? `${name(plan.pin.person)} alone: single control`
    : `${name(plan.pin.first)} and ${name(plan.pin.second)}, one half each`;
};
export const backupSentence = (plan: Plan): string => plan.key.backup.kind === 'split'
  ? `Wrapped under a fresh key that is split into ${plan.quorum.shares} shares; any ${plan.quorum.threshold} recover it. ${plural(plan.media, 'numbered medium', 'numbered media')}.`
  : `None. ${plan.key.backup.reason} Approved by ${plan.key.backup.approvedBy}.`;
const tokens = (plan: Plan): HtmlValue => lines([
  html`First: <code>${plan.hsm.serial ?? 'not chosen'}</code>`,
  plan.hsm.secondSerial === null ? 'No second token' : html`Second: <code>${plan.hsm.secondSerial}</code>`,
]);
const subject = ({ certificate, mode }: Plan): string => {
  const { organization, country } = certificate.subject;
  return [`CN=${commonNameOf(certificate.subject, mode)}`, `O=${organization}`, ...(country === null ? [] : [`C=${country}`])].join(', ');
};

const facts = ({ plan, number }: ScriptInput): Html => keyValues([
  ['Ceremony', `${number ?? 'Number is given at the opening'}. ${plan.ceremony.organisation}`],
  ['Date and place', `${longDate(plan.ceremony.date)}. ${plan.ceremony.place}`],
  ['Mode', plan.mode === 'rehearsal' ? 'Rehearsal. Nothing made here may be used.' : 'Production'],
  ['Key', `${plan.key.label}, ${profileName(plan.key.profile)}`],
  ['Certificate', html`${subject(plan)}. <span class="nb">Valid ${day(plan.certificate.notBefore)}</span> <span class="nb">to ${day(plan.certificate.notAfter)}</span>`],
  ['HSM, by serial', tokens(plan)],
  ['PKCS#11 module', html`<code class="long">${plan.hsm.module.path}</code><br><span class="s">SHA-256 ${plan.hsm.module.sha256 === null ? 'not pinned' : longCode(plan.hsm.module.sha256)}</span>`],
  ['Quorum', `${plan.quorum.threshold} of ${plan.quorum.shares} custodians sign at each hold point`],
  ['PIN of the HSM', pinSentence(plan)],
  ['Backup', backupSentence(plan)],
]);

const irreversible = (script: Script): Html => html`<ul class="irrlist">${allSteps(script).filter((step) => step.irreversible).map((step) => html`<li><b>${step.id}</b> ${step.title}</li>`)}</ul>`;

const cover = (input: ScriptInput): Html => html`<section class="cover onepage"><h1>${input.plan.ceremony.title}</h1>
<p class="lead">This script makes the root key <b>${keyName(input.plan)}</b>. It was made from one reviewed plan. Do only what it says; write down everything that goes differently.</p>
${facts(input)}
<h3>Steps that can’t be undone</h3>${irreversible(input.script)}
<div class="keep"><h3>Digest of the plan, SHA-256 of plan.json</h3>${wordGrid(input.planSha256, 'sm')}<p class="s" style="margin-top:1.5mm">${longCode(input.planSha256)}<br>Compare it in full, rows A to D. The app asks for two of these words by number.</p></div></section>`;

const people = ({ plan }: ScriptInput): Html => html`<section class="page"><h2>Participants</h2>${table('folk', ['Role', 'Name and organisation', 'Signature', 'Time UTC', 'Initials'],
  plan.people.map((person) => [roleOf(plan, person), html`<b>${person.name}</b><br><span class="s">${person.organisation}. ${credential(person.credential.kind)}</span>`, html`<i></i>`, html`<i></i>`, html`<i></i>`]))}
<p class="s after">By signing, each person says that they have read this page and know the plan by its digest.</p></section>`;
const credential = (kind: Plan['people'][number]['credential']['kind']): string =>
  ({ file: 'Signs with a credential file', token: 'Signs with a token', paper: 'Signs on paper only' })[kind];

const howTo = ({ plan }: ScriptInput): Html => html`<section><h2>How to use this script</h2><div class="how"><ol>
<li>The ceremony administrator reads. The person named under Who acts or answers. One step is open at a time, on screen and here.</li>
<li>The internal witness writes the initials and the time of every step. Times are UTC, 24 hours, from the wall clock.</li>
<li>Values are read from paper, a label or a device, never from the screen that asks for them.</li>
<li>Four words name a thing. They prove nothing. What counts is compared in full.</li>
<li>A wrong entry is struck through once, with initials and time. Nothing is erased.</li></ol><ol>
<li>Anything that goes differently: stop, say “exception”, press F9, fill in an exception form and write its number beside the step.</li>
<li>Anyone may say “stop”. The ceremony pauses (F8) and goes on only when everyone named has answered.</li>
<li>A thick box is a hold point: ${plan.quorum.threshold} different custodians sign there, or it is not passed.</li>
<li>A double rule at the left and the word IRREVERSIBLE: it can’t be undone once done.</li>
<li>At the end the witness and the auditor copy the closing head on their own paper and take it away.</li></ol></div>
<div class="keep"><h3>Words used</h3>${keyValues([
  ['Custodian', `Holds one share and signs at hold points. There are ${plan.quorum.shares}: ${listed(custodiansOf(plan).map((person) => person.name))}.`],
  ['Share', 'One of the parts of the wrapping key. Alone it tells nothing.'],
  ['Hold point', 'Nothing after it is done before the quorum has signed.'],
  ['Head', 'SHA-256 of the last line of the transcript. It names everything before it.'],
  ['HSM, PIN, SO', 'The device that holds the key; what opens it; its security officer.'],
])}</div><div class="keep"><h3>Kinds of step</h3>${kinds()}</div></section>`;
const kinds = (): Html => keyValues([
  ['Say', html`${icon('say')} Read aloud, as printed.`], ['Check', html`${icon('check')} One person asks, another reads a value from something that is not the screen.`],
  ['Machine', html`${icon('machine')} The app or the HSM acts; the room watches.`], ['PIN', html`${icon('login')} The named people type a PIN, each alone at the window.`],
  ['Sign', html`${icon('sign')} Custodians sign, each with their own credential.`], ['Hand over', html`${icon('handover')} One custodian at the desk: sheet, read-back, bag.`],
]);

/** Everything before act 1. */
export const scriptFront = (input: ScriptInput): HtmlValue => [cover(input), people(input), howTo(input)];
