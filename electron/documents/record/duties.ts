/** Section "Separation of duties": which rules were judged, who breaks one and who excepted it why, and who stood in for whom. */
import { DUTIES } from '../../../shared/duties/duties.ts';
import { judgePlan } from '../../../shared/duties/judge.ts';
import type { CeremonyFolder } from '../folder.ts';
import { clock, listed, plural } from '../format.ts';
import { html } from '../html.ts';
import type { Html, HtmlValue } from '../html.ts';
import { nameOf } from '../people-words.ts';
import { brokenRules } from '../separation.ts';
import { heading } from './sections.ts';

const reasonOf = (folder: CeremonyFolder, seq: number): string => {
  const reason = folder.textOf(seq, 'reason');
  return reason === null ? 'The reason is withheld in this copy.' : `The reason: “${reason}”`;
};
const standIns = (folder: CeremonyFolder): HtmlValue => folder.state.deputised.map((one) =>
  html`<p class="after"><b>${nameOf(folder.plan, one.by)} stood in for ${nameOf(folder.plan, one.for)}</b> from ${clock(one.at)} UTC on, step ${one.step}, entry ${one.seq}. ${reasonOf(folder, one.seq)}</p>`);

/** Judged with everybody who was planned; at the end of the roll call the rules were judged again with who was there. */
export const dutiesSection = (folder: CeremonyFolder): Html => {
  const judged = judgePlan(folder.planned), broken = new Set(judged.map(({ duty }) => duty.id));
  const kept = DUTIES.filter(({ id }) => !broken.has(id));
  return html`<section>${heading(folder.plan, 'duties', 'Separation of duties')}<p>${plural(DUTIES.length, 'rule')} judged for everybody planned and again, at the end of the roll call, for who was there. ${judged.length === 0 ? 'All are kept; no exception was needed.' : `${kept.length} are kept.`}</p>
${judged.length === 0 ? null : html`<div style="margin-top:2mm">${brokenRules(folder.planned)}</div>`}${standIns(folder)}
<p class="s after">Kept: ${listed(kept.map(({ id }) => id))}. Who reports to whom is what the plan says.</p></section>`;
};
