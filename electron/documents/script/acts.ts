/** Act pages of the script: the same numbers and words as on screen, with room for ink. */
import type { PersonId } from '../../../shared/brand.ts';
import type { Act, SignStep, Step, StepKind } from '../../../shared/ceremony/script-types.ts';
import type { Plan } from '../../../shared/ceremony/plan-schema.ts';
import { custodiansOf, personById } from '../../../shared/ceremony/people.ts';
import { listed, plural } from '../format.ts';
import { html } from '../html.ts';
import type { Html, HtmlValue } from '../html.ts';
import { blankWordGrid, kindOf } from '../parts.ts';
import { shortRoleOf } from '../people-words.ts';
import type { ScriptInput } from './script-input.ts';
import { actForms } from './desk-forms.ts';
import { blanksOf } from './observed.ts';

const roles = (plan: Plan, ids: readonly PersonId[]): readonly string[] => ids.map((id) => { const person = personById(plan, id); return person === null ? id : shortRoleOf(plan, person); });
const who = (plan: Plan, step: Step): string => {
  if (step.kind === 'gather') return `${roles(plan, step.actors.slice(0, 1)).join('')}; ${step.threshold} of the holders`;
  const names = roles(plan, step.actors);
  if (step.kind === 'check' && step.answeredBy) return `${names[0]!} asks; ${listed(roles(plan, step.answeredBy.map(({ person }) => person))).toLowerCase()} answer`;
  if (step.kind === 'check' && names.length === 2) return `${names[0]!} asks, ${names[1]!.toLowerCase()} answers`;
  return step.kind === 'login' && names.length === 2 ? `${names[0]!}, then ${names[1]!.toLowerCase()}` : listed(names);
};

/** "3 of 5 custodians", or "3 of 5 holders" where those of an older set sign. */
const signersOf = (plan: Plan, step: SignStep): string =>
  `${step.threshold} of ${step.actors.length} ${step.actors.some((id) => personById(plan, id)?.role === 'holder') ? 'holders' : 'custodians'}`;
/** People who are named on the act's page; signers and holders who bring shares are only counted. */
const namedIn = (step: Step): readonly PersonId[] => (step.kind === 'sign' ? [] : step.kind === 'gather' ? step.actors.slice(0, 1) : step.actors);
const countedIn = (plan: Plan, step: Step): readonly string[] => (step.kind === 'sign' ? [signersOf(plan, step)] : step.kind === 'gather' ? [`${step.threshold} of the holders`] : []);
const peopleOfAct = (plan: Plan, act: Act): string => {
  const ids = new Set(act.steps.flatMap(namedIn));
  const custodians = new Set(custodiansOf(plan).map((person) => person.id)), all = [...custodians].every((id) => ids.has(id));
  const names = plan.people.filter((person) => ids.has(person.id) && !(all && person.role === 'custodian')).map((person) => shortRoleOf(plan, person));
  return [...names, ...(all ? ['each custodian'] : [...new Set(act.steps.flatMap((step) => countedIn(plan, step)))])].join('; ');
};

const SIGN_COLUMNS = 5;
const signCells = (plan: Plan, ids: readonly PersonId[]): readonly Html[] => ids.flatMap((id) => {
  const person = personById(plan, id);
  return person ? [html`<td>${person.name}<br><span class="grey">${shortRoleOf(plan, person)}</span></td>`] : [];
});
const rowsOf = (cells: readonly Html[]): HtmlValue => Array.from({ length: Math.ceil(cells.length / SIGN_COLUMNS) }, (_, row) => {
  const width = Math.min(SIGN_COLUMNS, cells.length), part = cells.slice(row * SIGN_COLUMNS, (row + 1) * SIGN_COLUMNS);
  return html`<tr>${part}${Array.from({ length: width - part.length }, () => html`<td class="none"></td>`)}</tr>`;
});
const signBox = (plan: Plan, step: SignStep): Html => html`<tr class="hold"><td colspan="6"><div><b class="hn">${step.id}</b><div><p><b>Hold point: ${step.title}.</b> ${step.text} Each is asked in turn: “Do you agree? Does anything make you unsure?” They sign this sentence: “${step.statement}”</p></div>
<table class="in">${rowsOf(signCells(plan, step.actors))}</table></div></td></tr>`;

/** What the witness ticks when a step does not go as it says; the exception form has the rest. */
const BRANCHES: Readonly<Partial<Record<StepKind, string>>> = {
  'roll-call': 'Somebody needed is absent', check: 'It differs twice', machine: 'It fails or differs', login: 'It does not open', handover: 'Not read back, or not whole',
  gather: 'Too few good shares', prove: 'Not proved', account: 'A copy is missing',
};
const branch = ({ kind }: Step): HtmlValue => BRANCHES[kind] === undefined ? null : html`<span class="br"><i class="tick"></i>${BRANCHES[kind]}: E ____</span>`;
/** What is only said has nothing to observe: the words take the room. */
const isWide = (plan: Plan, step: Step): boolean => step.kind !== 'sign' && blanksOf(plan, step).length === 0;
const observedCell = (plan: Plan, step: Step): HtmlValue => isWide(plan, step) ? null : html`<td>${blanksOf(plan, step).map((label) => html`<span class="fill">${label}<u></u></span>`)}</td>`;

const stepRow = (plan: Plan, step: Step): Html => step.kind === 'sign' ? signBox(plan, step) : html`<tr${step.irreversible ? html` class="irr"` : null}><td><b>${step.id}</b></td><td>${kindOf(step)}<br>${who(plan, step)}</td>
<td${isWide(plan, step) ? html` colspan="2"` : null}>${step.irreversible ? html`<b class="w">IRREVERSIBLE</b> ` : null}<b>${step.title}.</b> ${step.text}${branch(step)}</td>
${observedCell(plan, step)}<td class="bx"><i></i></td><td class="bx t"><i></i></td></tr>`;

/** Written as it is read out where the key is made; elsewhere the words are on the paper of that ceremony. */
const fingerprintGrid = ({ source }: Plan, act: Act): HtmlValue => {
  const at = act.steps.findIndex((step) => step.kind === 'check' && step.check === 'key-words'), check = act.steps[at], read = act.steps[at - 1];
  if (check === undefined || read === undefined) return null;
  return source === undefined ? html`<div class="end"><p><b>Fingerprint of the key, step ${read.id}.</b> The internal witness writes the words as they are read aloud.</p>${blankWordGrid()}</div>`
    : html`<div class="end"><p><b>Fingerprint of the key, step ${check.id}.</b> The words are read from the paper of the ceremony that made the key, where its witness wrote them. That paper is brought into the room.</p></div>`;
};
const completion = (act: Act): Html => html`<div class="end"><p><b>Act ${act.number} complete.</b> Four words of the transcript’s head, from the screen; initials and time of the witness:</p><div class="four"><u></u><u></u><u></u><u></u><i></i><i></i></div></div>`;
const closingHead = (act: Act): HtmlValue => act.steps.some((step) => step.kind === 'machine' && step.operation === 'close')
  ? html`<div class="end"><p><b>Closing head.</b> The internal witness and the external auditor each write these 32 words on their own paper too.</p>${blankWordGrid()}</div>` : completion(act);

const actPage = (plan: Plan, act: Act): Html => html`<section class="page"><div class="acth"><span class="no">${act.number}</span><div><h2>${act.title}</h2><p>${act.aim}</p></div><dl><dt>People</dt><dd>${peopleOfAct(plan, act)}</dd><dt>Expected</dt><dd>${plural(act.expectedMinutes, 'minute')}</dd></dl></div>
<table class="steps"><thead><tr><th>No.</th><th>Kind and who</th><th>Words to say, or what to do</th><th>Observed value</th><th>Initials</th><th>Time UTC</th></tr></thead><tbody>${act.steps.map((step) => stepRow(plan, step))}</tbody></table>
${fingerprintGrid(plan, act)}${actForms(plan, act)}${closingHead(act)}</section>`;

export const actPages = ({ plan, script }: ScriptInput): HtmlValue => script.acts.map((act) => actPage(plan, act));
