/** Section "How to read this record": what its marks and abbreviations mean. */
import type { CeremonyFolder } from '../folder.ts';
import { abbreviations } from '../conventions.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import { machineSaid, personTyped } from '../parts.ts';
import { heading } from './sections.ts';

export const readingSection = ({ plan }: CeremonyFolder): Html => html`<section>${heading(plan, 'reading', 'How to read this record')}<ul class="read">
<li>${personTyped('0123')} was read and typed by a person. ${machineSaid('0123')} was reported by the machine or the HSM.</li>
<li>“12:34:56 · 78” is the time of entry 78. Entries are the lines of transcript.jsonl, counted from 0; they are what is signed.</li>
<li>Four words name a thing and prove nothing. What is compared is compared in full, 32 words or 64 hex digits.</li>
<li>A grey box is an exception, under its step. A double rule at the left: it could not be undone.</li>
<li>Boxes and lines are for ink. An entry by hand is corrected by a single strike, with initials and time.</li></ul>
<div class="keep"><h3>Abbreviations</h3>${abbreviations(plan)}</div></section>`;
