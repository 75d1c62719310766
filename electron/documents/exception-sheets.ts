/** D8: one page for each exception, with room for what people decide after it and for their signatures. */
import { findStep } from '../../shared/ceremony/build-script.ts';
import { administratorOf, personById, witnessOf } from '../../shared/ceremony/people.ts';
import type { ExceptionNote } from '../../shared/ceremony/state.ts';
import { recordDigest } from '../../shared/transcript/record.ts';
import type { CeremonyFolder } from './folder.ts';
import { clock, fourDigits, longDate } from './format.ts';
import { html } from './html.ts';
import type { Html, HtmlValue } from './html.ts';
import { marksOf, purposeOf, subjectOf } from './kind-words.ts';
import { footOf, noticesOf } from './notices.ts';
import type { Layout } from './page.ts';
import { firstWords, keyValues } from './parts.ts';
import { nameOf, roleOf } from './people-words.ts';
import { inZone } from './zone.ts';
import { EFFECT_WORDS, EXCEPTION_KIND_WORDS, saysExpected } from './record/steps.ts';

const CSS = `
.en{font-size:26pt}.lead{font-size:12pt;margin:1.5mm 0 4mm}.kv>div{grid-template-columns:38mm 1fr}.kv dd p+p{margin-top:1mm}
.wl{margin-top:5mm}.wl small{font-size:var(--small);color:var(--grey)}.wl .ln{border-bottom:var(--hair) solid;height:8.5mm}.wl2{display:grid;grid-template-columns:1fr 42mm;column-gap:6mm}
.sg{display:grid;grid-template-columns:1fr 1fr 1fr;column-gap:8mm;margin-top:5mm}.sg>div{font-size:10pt;line-height:1.3}.sg .ln{height:13mm;border-bottom:var(--rule) solid;margin-bottom:1mm}.sg span{color:var(--grey);font-size:9pt;display:block}
`;
const said = (folder: CeremonyFolder, note: ExceptionNote, field: string): HtmlValue =>
  folder.textOf(note.seq, field)?.split('\n').map((line) => html`<p>${line}</p>`) ?? html`<span class="grey">Withheld in this copy. The transcript holds a commitment to it.</span>`;
const lines = (label: string, count: number): Html => html`<div class="wl"><small>${label}</small>${Array.from({ length: count }, () => html`<div class="ln"></div>`)}</div>`;
const signature = ({ plan }: CeremonyFolder, id: string): Html => {
  const person = personById(plan, id);
  return html`<div><div class="ln"></div><b>${nameOf(plan, id)}</b><span>${person ? roleOf(plan, person) : ''}; date, time</span></div>`;
};
const expected = ({ state }: CeremonyFolder, note: ExceptionNote): HtmlValue => {
  const step = findStep(state.script, note.step);
  return step === null ? '–' : html`<b>${step.id} ${step.title}.</b> ${step.text}`;
};
const sheet = (folder: CeremonyFolder, note: ExceptionNote, index: number): Html => {
  const { plan } = folder, signers = [...new Set([administratorOf(plan), witnessOf(plan), note.noticedBy, ...(note.decidedBy === null ? [] : [note.decidedBy])])];
  return html`<section${index === 0 ? null : html` class="page"`}><h1 class="en">Exception E${note.number}</h1><p class="lead">${EXCEPTION_KIND_WORDS[note.kind]} at step ${note.step}, ${longDate(note.at)}.</p>
${keyValues([
    ['By the script', expected(folder, note)], ...(saysExpected(folder, note) ? [['Expected', said(folder, note, 'expected')] as const] : []), ['What happened', said(folder, note, 'what')], ['What was done', said(folder, note, 'done')], ['Effect on the result', html`<b>${EFFECT_WORDS[note.effect]}</b>`],
    ['Noticed by', nameOf(plan, note.noticedBy)], ...(note.decidedBy === null ? [] : [['Decided by', nameOf(plan, note.decidedBy)] as const]), ['Recorded', `${clock(note.at)} UTC, entry ${note.seq} of the transcript`],
  ])}${lines('Discussed, and decided by whom', 4)}<div class="wl2">${lines('Follow-up, and who owns it', 2)}${lines('Due', 2)}</div><div class="sg">${signers.map((id) => signature(folder, id))}</div></section>`;
};

/** @param folder closed, with an exception at least. @param printedAt ISO 8601 UTC. */
export const exceptionsLayout = (folder: CeremonyFolder, printedAt: string): Layout => inZone(folder.plan.ceremony.timeZone, () => compose(folder, printedAt));

const compose = (folder: CeremonyFolder, printedAt: string): Layout => {
  const { plan, state } = folder, number = fourDigits(state.opening!.number), digest = state.closing === null ? state.head : recordDigest(state);
  return {
    frame: {
      kind: 'exception', paper: plan.sheets.paper, marks: marksOf(plan), title: 'Exception sheet', subject: subjectOf(plan, `Ceremony ${number}`), purpose: purposeOf(plan),
      notices: noticesOf(plan, state.opening!.tool.source), foot: footOf(plan, printedAt), digest, digestWords: firstWords(digest), number,
    },
    css: CSS, body: state.exceptions.map((note, index) => sheet(folder, note, index)),
  };
};
