/** Annex: who has which copy, what is filed with the record, and what left the room. For ink. */
import { tokensOf } from '../../../shared/ceremony/people.ts';
import type { Sha256Hex } from '../../../shared/brand.ts';
import { pinSetOf, wrappingSetOf } from '../../../shared/ceremony/select.ts';
import type { CeremonyFolder } from '../folder.ts';
import { html } from '../html.ts';
import type { HtmlValue } from '../html.ts';
import { table } from '../parts.ts';

const COPY_ROWS = 4, VIDEO_ROWS = 2, LEFT_ROWS = 2;
const box = (): HtmlValue => html`<i></i>`;
const blanks = (rows: number, columns: number): readonly (readonly HtmlValue[])[] => Array.from({ length: rows }, () => Array.from({ length: columns }, () => ''));
const begins = (digest: Sha256Hex | undefined): HtmlValue => (digest === undefined ? '' : html`<code class="fit">${digest.slice(0, 16).replace(/(.{8})/, '$1 ')} …</code>`);

const attachments = ({ plan, state }: CeremonyFolder): readonly string[] => [
  'Paper script as used, with initials and times', 'Form: location and physical security', 'Form: media and seals',
  ...(state.exceptions.length > 0 ? [state.exceptions.length === 1 ? 'Exception sheet E1' : `Exception sheets, E1 to E${state.exceptions.length}`] : []), ...(wrappingSetOf(state) === null && pinSetOf(state) === null ? [] : ['Receipts of the shares']),
  ...(state.accounted.some(({ outcome }) => outcome === 'destroyed') ? ['Destruction certificate'] : []), ...(tokensOf(plan).length > 0 ? ['Certificates of the HSM, by serial'] : []), 'Papers with the closing head (where they are kept)', 'Report of the external auditor',
];
/** Files that may leave with someone; `transcript.jsonl` is named by the closing head itself. */
const files = ({ state }: CeremonyFolder): readonly (readonly HtmlValue[])[] => [
  ['The folder, copy 1', begins(state.head), '', '', '', ''], ['The folder, copy 2', begins(state.head), '', '', '', ''],
  ...['root.crt', 'pop.csr'].filter((name) => state.closing?.files[name] !== undefined).map((name) => [html`<code>${name}</code>`, begins(state.closing?.files[name]), '', '', '', '']),
];

/** @param letter of the annex. @returns null when the ceremony is not closed. */
export const distributionAnnex = (folder: CeremonyFolder, letter: string): HtmlValue => folder.state.closing === null ? null
  : html`<section class="page"><h2>Annex ${letter}: copies, attachments, what left the room</h2><h3>Copies of this record</h3>${table('dist', ['No.', 'To', 'Printed or file', 'Date', 'Received, signature'], Array.from({ length: COPY_ROWS }, (_, index) => [html`<b>${index + 1}</b>`, '', '', '', box()]))}
<h3>Filed with it</h3><ul class="leave">${attachments(folder).map((words) => html`<li><i class="tick"></i>${words}</li>`)}</ul>
<h3>Video and photographs</h3>${table('gone', ['File', 'SHA-256 begins', 'Medium', 'Kept by'], blanks(VIDEO_ROWS, 4))}
<h3>What left the room as a file</h3>${table('gone', ['Item', 'Head or SHA-256 begins', 'Medium, bag', 'Carried by', 'To', 'Arrived: how confirmed'], [...files(folder), ...blanks(LEFT_ROWS, 6)])}<p class="s after">Shares, cards and media with the wrapped key are in the annex on custody.</p></section>`;
