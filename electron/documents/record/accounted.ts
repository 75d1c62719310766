/** Sections on the copies of the set: what became of each, and what the shares that are left can still do. */
import { allSteps } from '../../../shared/ceremony/build-script.ts';
import { copiesToAccount, sameCopy } from '../../../shared/ceremony/select.ts';
import type { Plan } from '../../../shared/ceremony/plan-schema.ts';
import { accountedCopies, aftermath } from '../../../shared/register/aftermath.ts';
import { aftermathSentences } from '../../../shared/text/aftermath.ts';
import { copyNumber, copyWhat, destructionShown, outcomeWords } from '../copy-words.ts';
import type { CeremonyFolder } from '../folder.ts';
import { clock } from '../format.ts';
import { html } from '../html.ts';
import type { Html, HtmlValue } from '../html.ts';
import { lines, personTyped, table } from '../parts.ts';
import { nameOf } from '../people-words.ts';
import { remainsOf } from '../what-remains.ts';
import type { ListedCopy } from '../what-remains.ts';
import { heading } from './sections.ts';

const copyRow = (plan: Plan, { copy, bag, said }: ListedCopy): readonly HtmlValue[] => [
  copyWhat(plan, copy), copyNumber(copy), bag === null ? '–' : html`<code>${bag}</code>`,
  said === null ? html`<b>Not accounted for</b>` : html`<b>${outcomeWords(said.outcome)}</b>${said.bag === null ? null : html`<br>new bag ${personTyped(said.bag)}`}`,
  said === null ? '–' : lines([destructionShown(said), html`<span class="s">${nameOf(plan, said.by)}; ${nameOf(plan, said.witness)} watched</span>`]), said === null ? '–' : `${clock(said.at)} · ${said.seq}`,
];

/** The copies this ceremony had to account for; in a recovery only those that were opened. */
export const accountedSection = ({ plan, state }: CeremonyFolder): Html => {
  const step = allSteps(state.script).find((one) => one.kind === 'account');
  const due = step?.kind === 'account' ? copiesToAccount(state, step.about) : [];
  const rows = remainsOf(state).all.filter(({ copy }) => due.some((one) => sameCopy(one.copy, copy)));
  const titles: Readonly<Record<string, string>> = { recovery: 'The shares that were opened', 're-share': 'The old copies' };
  return html`<section>${heading(plan, 'accounted', titles[plan.ceremony.kind] ?? 'Copies, and what became of them')}
${rows.length === 0 ? html`<p>No copy was to be accounted for.</p>` : table('copies', ['What', 'Number', 'Bag before', 'Outcome', 'How, and what showed it', 'Time UTC · entry'], rows.map((row) => copyRow(plan, row)))}
<p class="s after">Attempt: the number of the printed sheet. What people did to paper is said by them and by the witness; the app deletes and reads back objects on cards and files on media itself. Copies that the archive does not know are not on this list.</p></section>`;
};

/** What an old quorum could still do, as far as this ceremony knows. */
export const remainsSection = ({ plan, state }: CeremonyFolder): Html => html`<section class="keep">${heading(plan, 'remains', 'What the copies that are left can still do')}${aftermathSentences(aftermath(plan.source!.set, accountedCopies(state))).map((sentence) => html`<p>${sentence}</p>`)}</section>`;
