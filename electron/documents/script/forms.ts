/** Forms at the end of the script: exceptions, media and seals, sign-out, handwriting sample. */
import { isKeyPlan } from '../../../shared/ceremony/people.ts';
import type { KeyPlan } from '../../../shared/ceremony/plan-schema.ts';
import { html } from '../html.ts';
import type { Html, HtmlValue } from '../html.ts';
import { table } from '../parts.ts';
import { roleOf } from '../people-words.ts';
import { leavingList } from './room-form.ts';
import { logForm } from './log-form.ts';
import type { ScriptInput } from './script-input.ts';

const EXCEPTION_FORMS = 4;
const MEDIA_ROWS = 6;
const option = (label: string): Html => html`<span class="opt"><i class="tick"></i>${label}</span>`;
const writing = (label: string, count: number): Html => html`<small>${label}</small>${Array.from({ length: count }, () => html`<div class="ln"></div>`)}`;
const field = (label: string): Html => html`<div><small>${label}</small><div class="ln"></div></div>`;

const exceptionForm = (): Html => html`<div class="form"><h3>E ____ &nbsp; Exception at step ______</h3>
<p>${['Deviation', 'Equipment fault', 'Person change', 'Interruption', 'Correction', 'Note'].map(option)}</p>
<div class="row" style="grid-template-columns:1fr 1fr 1fr">${field('From, UTC')}${field('To, UTC')}${field('Noticed by')}</div>
<div class="row">${writing('What was expected, and what happened', 3)}</div><div class="row">${writing('What was done, and who decided', 3)}</div>
<p>Effect on the result: ${['None', 'Uncertain', 'Not usable'].map(option)}</p>
<div class="row" style="grid-template-columns:1fr 1fr 1fr">${field('Administrator, initials')}${field('Internal witness, initials')}${field('Entered as entry no.')}</div></div>`;
const exceptions = (): Html => html`<section class="page"><h2>Exception forms</h2>${Array.from({ length: EXCEPTION_FORMS }, exceptionForm)}
<p class="after">${option('Not used')} Initials of administrator and witness: ______ &nbsp; ______</p></section>`;

const keyMedia = (plan: KeyPlan): readonly (readonly HtmlValue[])[] => [
  ...(plan.hsm.serial === null ? [] : [['HSM', html`<code>${plan.hsm.serial}</code>`, '', '', '', '', '']]),
  ...(plan.hsm.secondSerial === null ? [] : [['Second HSM', html`<code>${plan.hsm.secondSerial}</code>`, '', '', '', '', '']]),
  ...Array.from({ length: plan.media }, (_, index) => ['Medium, wrapped key', String(index + 1), '', '', '', '', '']),
  ...(plan.key.backup.kind === 'split' ? Array.from({ length: plan.quorum.shares }, (_, index) => ['Share sheet', String(index + 1), '–', '', '', '', '']) : []),
];
const media = ({ plan }: ScriptInput): Html => html`<section class="page"><h2>Media and seals</h2>${table('log', ['Item', 'Number', 'Bag or seal before', 'Bag or seal after', 'Goes to', 'Time UTC', 'Initials'], [
  ...(isKeyPlan(plan) ? keyMedia(plan) : []),
  ...Array.from({ length: MEDIA_ROWS }, () => ['', '', '', '', '', '', '']),
])}</section>`;

const signOut = (input: ScriptInput): Html => html`<section class="page"><h2>Sign-out</h2><p>I was present from the time I signed in to the time below. The ceremony followed this script, except as noted in the exceptions.</p>
<div style="margin-top:3mm">${table('folk', ['Role', 'Name', 'Signature', 'Time UTC', 'Initials'], input.plan.people.map((person) => [roleOf(input.plan, person), html`<b>${person.name}</b>`, html`<i></i>`, html`<i></i>`, html`<i></i>`]))}</div>${leavingList(input)}</section>`;

const sampleRow = (letters: string): Html => html`<table class="hand" style="margin-top:3mm"><thead><tr>${[...letters].map((letter) => html`<th>${letter}</th>`)}</tr></thead><tbody><tr>${[...letters].map(() => html`<td></td>`)}</tr></tbody></table>`;
const handwriting = (): Html => html`<section class="keep"><h2>Handwriting sample</h2><p>The person who writes the values writes each character once, so that 0 and O, 1 and I, 5 and S can be told apart later.</p>
${['0123456789', 'ABCDEFGHIJKLM', 'NOPQRSTUVWXYZ', 'abcdefghijklm', 'nopqrstuvwxyz'].map(sampleRow)}</section>`;

export const scriptForms = (input: ScriptInput): HtmlValue => [exceptions(), media(input), logForm(), signOut(input), handwriting()];
