/** Section "Steps": the script's rows, filled with what was observed, when, by which entry; exceptions stand under their step. */
import type { Act, Step } from '../../../shared/ceremony/script-types.ts';
import type { ExceptionNote } from '../../../shared/ceremony/state.ts';
import type { CeremonyFolder, PlacedEntry } from '../folder.ts';
import { clock, listed, minutesBetween, plural, shortClock } from '../format.ts';
import { html } from '../html.ts';
import type { Html, HtmlValue } from '../html.ts';
import { icon } from '../icons.ts';
import { kindOf, lines } from '../parts.ts';
import { nameOf } from '../people-words.ts';
import { observed } from './observe.ts';
import { heading } from './sections.ts';

export const EXCEPTION_KIND_WORDS: Readonly<Record<ExceptionNote['kind'], string>> = {
  deviation: 'Deviation from the script', 'equipment-fault': 'Equipment fault', 'person-change': 'Change of person', interruption: 'Interruption', correction: 'Correction', note: 'Note',
};
export const EFFECT_WORDS: Readonly<Record<ExceptionNote['effect'], string>> = { none: 'None', uncertain: 'Uncertain', 'not-usable': 'Not usable' };

/** Whether the exception says what was expected; earlier ones do not. */
export const saysExpected = (folder: CeremonyFolder, { seq }: ExceptionNote): boolean => { const entry = folder.entries[seq]?.entry; return entry?.type === 'exception' && entry.body.expected !== undefined; };
/** One exception with its texts where their openings are in the folder. */
export const exceptionBox = (folder: CeremonyFolder, note: ExceptionNote): Html => {
  const text = (field: string): HtmlValue => folder.textOf(note.seq, field) ?? html`<span class="grey">Withheld in this copy. The transcript holds a commitment to it.</span>`;
  return html`<div class="note" style="display:grid;grid-template-columns:14mm 1fr"><div class="eh">${icon('note')} E${note.number}</div><div><b>${EXCEPTION_KIND_WORDS[note.kind]}, step ${note.step}</b><dl>${saysExpected(folder, note) ? html`<dt>Expected</dt><dd>${text('expected')}</dd>` : null}<dt>What happened</dt><dd>${text('what')}</dd><dt>What was done</dt><dd>${text('done')}</dd><dt>Effect on the result</dt><dd><b>${EFFECT_WORDS[note.effect]}.</b></dd><dt>Noticed by</dt><dd>${nameOf(folder.plan, note.noticedBy)}, ${clock(note.at)} UTC, entry ${note.seq}</dd>${note.decidedBy === null ? null : html`<dt>Decided by</dt><dd>${nameOf(folder.plan, note.decidedBy)}</dd>`}</dl></div></div>`;
};

const observation = (folder: CeremonyFolder, { entry }: PlacedEntry): HtmlValue => {
  const words = observed(folder.plan, entry, (field) => folder.textOf(entry.seq, field));
  return words && html`<div class="obs"><span>${words}</span><time>${clock(entry.at)} · ${entry.seq}</time></div>`;
};

/** A step is done when an entry says so; the close has none after it. */
const isDone = ({ state }: CeremonyFolder, step: Step): boolean =>
  state.completed[step.id] !== undefined || (step.kind === 'machine' && step.operation === 'close' && state.closing?.outcome === 'completed');

const holdPassed = (folder: CeremonyFolder, step: Step): HtmlValue => {
  if (step.kind !== 'sign') return null;
  const signed = folder.state.signoffs.filter((one) => one.step === step.id).length;
  return html`<p><b>Hold point ${signed >= step.threshold ? 'passed' : 'not passed'}, ${signed} of ${step.threshold} needed.</b> “${step.statement}”</p>`;
};

const stepRows = (folder: CeremonyFolder, step: Step): HtmlValue => {
  const entries = folder.entries.filter((one) => one.step === step.id), done = folder.state.completed[step.id];
  const exceptions = folder.state.exceptions.filter((one) => one.step === step.id);
  const who = step.kind === 'sign' ? folder.state.signoffs.filter((one) => one.step === step.id).map((one) => nameOf(folder.plan, one.person)) : step.actors.map((id) => nameOf(folder.plan, id));
  const completed = done ? html`<div class="obs"><span>${entries.some((one) => observation(folder, one) !== null) ? 'Step complete.' : html`Done, as in the script.`}</span><time>${clock(done.at)} · ${done.seq}</time></div>` : isDone(folder, step) ? null : html`<p class="grey">Not done.</p>`;
  return [html`<tr${step.irreversible ? html` class="irr"` : null}><td><b>${step.id}</b>${exceptions.map((one) => html`<br><span class="nb">${icon('note')} E${one.number}</span>`)}</td><td>${kindOf(step)}<br>${lines(who)}</td>
<td colspan="2">${step.irreversible ? html`<b class="w">IRREVERSIBLE</b><br>` : null}<b>${step.title}</b>${holdPassed(folder, step)}${entries.map((one) => observation(folder, one))}${completed}</td><td class="ini"><i></i></td></tr>`,
  ...exceptions.map((one) => html`<tr class="exr"><td colspan="5">${exceptionBox(folder, one)}</td></tr>`)];
};

const actSummary = (folder: CeremonyFolder, act: Act): string => {
  const times = folder.entries.filter((one) => act.steps.some((step) => step.id === one.step)).map((one) => one.entry.at);
  const done = act.steps.filter((step) => isDone(folder, step)).length;
  const exceptions = folder.state.exceptions.filter((one) => act.steps.some((step) => step.id === one.step)).length;
  const from = times[0], to = times.at(-1);
  return listed([
    from && to ? `${shortClock(from)} to ${shortClock(to)} UTC, ${plural(minutesBetween(from, to), 'minute')}; ${act.expectedMinutes} expected` : 'Not begun',
  ]) + `. ${done} of ${act.steps.length} steps done${exceptions > 0 ? `, ${plural(exceptions, 'exception')}` : ''}.`;
};

const actPart = (folder: CeremonyFolder, act: Act): Html => html`<div class="act"><div class="acth"><span class="no">${act.number}</span><div><h3>${act.title}</h3><p>${actSummary(folder, act)}</p></div></div>
<table class="rec"><thead><tr><th>No.</th><th>Kind and who</th><th>What was done and observed</th><th>Time UTC · entry</th><th>Initials</th></tr></thead><tbody>${act.steps.map((step) => stepRows(folder, step))}</tbody></table></div>`;

export const stepsSection = (folder: CeremonyFolder): Html => html`<section>${heading(folder.plan, 'steps', 'Steps')}${folder.state.script.acts.map((act) => actPart(folder, act))}</section>`;
