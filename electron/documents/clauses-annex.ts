/** Annex of the record: which entries are evidence for which clause of a standard. A map; it judges nothing. */
import { STANDARDS } from '../../shared/clauses/clause.ts';
import { MAP_SENTENCE, UNVERIFIED, UNVERIFIED_SENTENCE } from '../../shared/clauses/clauses.ts';
import { practiceSentence, STATUS_WORDS } from '../../shared/clauses/coverage.ts';
import { evidenceOf, seqRanges } from '../../shared/clauses/evidence.ts';
import type { Evidence } from '../../shared/clauses/evidence.ts';
import type { CeremonyFolder } from './folder.ts';
import { html } from './html.ts';
import type { HtmlValue } from './html.ts';
import { table } from './parts.ts';

const entriesOf = ({ entries }: Evidence): string => seqRanges(entries.flatMap(({ seqs }) => seqs).sort((a, b) => a - b));
const row = (evidence: Evidence): readonly HtmlValue[] => {
  const { clause, status, steps, gaps } = evidence;
  return [
    html`<b>${clause.number}</b>${clause.verified ? null : html`<br>${UNVERIFIED}`}`,
    html`${clause.says}${gaps.map((gap) => html`<br><b>${gap}</b>`)}${clause.outside === null ? null : html`<br><span class="grey">Outside: ${clause.outside}</span>`}`,
    STATUS_WORDS[status], steps.map(({ id }) => id).join(', ') || '–', entriesOf(evidence) || '–',
  ];
};

/** @param letter of the annex. @returns null when the ceremony is not closed. */
export const clausesAnnex = (folder: CeremonyFolder, letter: string): HtmlValue => {
  if (folder.state.closing === null) return null;
  const evidence = evidenceOf(folder.plan, folder.entries), practice = practiceSentence(folder.plan);
  const parts = STANDARDS.flatMap((standard): readonly HtmlValue[] => {
    const rows = evidence.filter(({ clause }) => clause.standard === standard);
    return rows.length === 0 ? [] : [html`<h3>${standard}</h3>${table('clauses', ['Clause', 'Says, in our words', 'In this ceremony', 'Steps', 'Entries'], rows.map(row))}`];
  });
  return html`<section class="page"><h2>Annex ${letter}: evidence by clause</h2><p>${MAP_SENTENCE} ${UNVERIFIED_SENTENCE} Entries are lines of the transcript, counted from 0.</p>${practice && html`<p class="after"><b>${practice}</b></p>`}${parts}</section>`;
};
