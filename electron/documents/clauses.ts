/** evidence-by-clause.md: for each ceremony of an archive, which entries are evidence for which clause. Pure; no text of people in it. */
import { MAP_SENTENCE, UNVERIFIED, UNVERIFIED_SENTENCE } from '../../shared/clauses/clauses.ts';
import { STANDARDS } from '../../shared/clauses/clause.ts';
import { practiceSentence, STATUS_WORDS } from '../../shared/clauses/coverage.ts';
import { evidenceOf, seqRanges } from '../../shared/clauses/evidence.ts';
import type { Evidence } from '../../shared/clauses/evidence.ts';
import type { CeremonyFolder } from './folder.ts';

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const row = ({ clause, status, steps, gaps, entries }: Evidence): string => `| ${[
  `${clause.number}${clause.verified ? '' : ` (${UNVERIFIED})`}`, `${clause.says} \`${clause.id}\``, STATUS_WORDS[status],
  steps.map(({ id }) => id).join(', ') || '–', entries.map(({ type, seqs }) => `${type} ${seqRanges(seqs)}`).join('; ') || '–',
  [...gaps, ...(clause.outside === null ? [] : [`Stays with the organisation: ${clause.outside}`])].join(' ') || '–',
].map(cell).join(' | ')} |`;

const table = (rows: readonly Evidence[]): readonly string[] => ['| clause | says, in our words | in this ceremony | steps | entries | missing, or outside |', '|---|---|---|---|---|---|', ...rows.map(row)];
const part = (folder: CeremonyFolder): readonly string[] => {
  const evidence = evidenceOf(folder.plan, folder.entries), practice = practiceSentence(folder.plan);
  return [
    `## ${folder.name}`, '', `Closing head \`${folder.state.head}\`. ${folder.state.closing === null ? 'Not closed.' : `Outcome: ${folder.state.closing.outcome}.`}${practice === null ? '' : ` **${practice}**`}`, '',
    ...STANDARDS.flatMap((standard) => { const rows = evidence.filter(({ clause }) => clause.standard === standard); return rows.length === 0 ? [] : [`### ${standard}`, '', ...table(rows), '']; }),
  ];
};

/** @param folders in the order of the archive, each with an opening at least. */
export const evidenceMarkdown = (folders: readonly CeremonyFolder[]): string => [
  '# Evidence by clause', '', MAP_SENTENCE, UNVERIFIED_SENTENCE, '', 'Numbers of entries are those of transcript.jsonl, counted from 0.', '', ...folders.flatMap(part),
].join('\n');
