/** The destruction certificate of a ceremony that accounted for copies. Its title says "destroyed" only when everything on the list is. */
import { inZone } from './zone.ts';
import { keyPlan } from '../../shared/ceremony/people.ts';
import { aftermath, accountedCopies } from '../../shared/register/aftermath.ts';
import { aftermathSentences } from '../../shared/text/aftermath.ts';
import { keyName } from '../../shared/text/script.ts';
import { recordDigest } from '../../shared/transcript/record.ts';
import type { CeremonyFolder } from './folder.ts';
import { copyNumber, copyWhat, destructionShown, outcomeWords } from './copy-words.ts';
import { clock, fourDigits, longDate, plural, stamp } from './format.ts';
import { html } from './html.ts';
import type { Html, HtmlValue } from './html.ts';
import { marksOf, purposeOf, setWords, subjectOf } from './kind-words.ts';
import { footOf, noticesOf } from './notices.ts';
import type { Layout } from './page.ts';
import { firstWords, keyValues, personTyped, table } from './parts.ts';
import { nameOf, roleOf } from './people-words.ts';
import { remainsOf } from './what-remains.ts';
import type { ListedCopy } from './what-remains.ts';
import { DESTRUCTION_CSS } from './destruction-css.ts';

const title = ({ plan, state }: CeremonyFolder): string => {
  const { all, destroyed, left } = remainsOf(state), { set } = plan.source!;
  if (left.length === 0) return `${set.holds === 'pin' ? 'PIN set' : 'Share set'} ${set.setName} is destroyed.`;
  return destroyed.length === 0 ? `No copy of set ${set.setName} was destroyed.` : `${destroyed.length} of ${plural(all.length, 'copy', 'copies')} of set ${set.setName} ${destroyed.length === 1 ? 'is' : 'are'} destroyed.`;
};
const lead = ({ plan, state }: CeremonyFolder): Html => {
  const { left, destroyed } = remainsOf(state), day = longDate(state.openedAt ?? plan.ceremony.date);
  return html`${plan.mode === 'rehearsal' ? html`<b>This was a rehearsal.</b> ` : plan.drill === true ? html`<b>This was a drill.</b> ` : null}${destroyed.length === 0 ? `On ${day} nothing was destroyed.` : `On ${day} every copy in the first table was destroyed in the presence of the people named below. What is destroyed can’t be brought back.`} ${left.length === 0 ? 'The key itself, its certificate and signatures made before are not touched by this.' : html`<b>${plural(left.length, 'copy', 'copies')} of ${setWords(plan.source!.set)} ${left.length === 1 ? 'is' : 'are'} not destroyed.</b>`}`;
};
const facts = ({ plan, state }: CeremonyFolder): Html => keyValues([
  ['Key', html`<b>${keyName(keyPlan(plan))}</b>; in four words ${firstWords(state.key!.spkiSha256).join(' ')}`],
  ['Share set', html`${setWords(plan.source!.set)}, any ${plan.source!.set.threshold} of ${plan.source!.set.shares}, issued by ceremony ${fourDigits(plan.source!.set.issuedBy)}<br><code class="long">${plan.source!.set.setFingerprint}</code>`],
  ['Purpose', plan.source!.purpose], ['Authority', plan.source!.authority],
  ['Time and place', `${stamp(state.openedAt ?? '')} to ${clock(state.lastAt ?? '')}. ${plan.ceremony.place}`],
]);

const number = ({ copy, bag }: ListedCopy): Html => html`${copyNumber(copy)}${bag === null ? null : html`<br><span class="s">bag <code>${bag}</code></span>`}`;
const destroyedTable = ({ plan, state }: CeremonyFolder): HtmlValue => {
  const rows = remainsOf(state).destroyed;
  return rows.length === 0 ? html`<p>Nothing.</p>` : table('destroyed', ['No.', 'What', 'Serial or number', 'How, and what showed it', 'Time UTC'], rows.map((row, index) => [
    html`<b>${index + 1}</b>`, copyWhat(plan, row.copy), number(row), html`${destructionShown(row.said!)}; ${nameOf(plan, row.said!.witness)} watched`, html`${clock(row.said!.at)}<br><span class="s">entry ${row.said!.seq}</span>`]));
};
const leftTable = ({ plan, state }: CeremonyFolder): HtmlValue => {
  const rows = remainsOf(state).left;
  return rows.length === 0 ? null : table('destroyed', ['No.', 'What', 'Serial or number', 'Where it is', 'Time UTC'], rows.map((row, index) => [
    html`<b>${String.fromCharCode(65 + (index % 26))}${index < 26 ? '' : Math.floor(index / 26)}</b>`, copyWhat(plan, row.copy), number(row),
    row.said === null ? html`<b>Not called in this ceremony</b>` : html`<b>${outcomeWords(row.said.outcome)}.</b> ${row.said.method}${row.said.bag === null ? null : html`; bag ${personTyped(row.said.bag)}`}`,
    row.said === null ? '–' : html`${clock(row.said.at)}<br><span class="s">entry ${row.said.seq}</span>`]));
};
const remains = (folder: CeremonyFolder): Html => html`<section><h2>Not found, and what remains</h2>${leftTable(folder)}<div class="said">${aftermathSentences(aftermath(folder.plan.source!.set, accountedCopies(folder.state))).filter((sentence) => !sentence.startsWith('Not destroyed:')).map((sentence) => html`<p>${sentence}</p>`)}</div></section>`;

/** Who was present signs; a custodian who was not here has nothing to say of it. */
const signatures = ({ plan, state }: CeremonyFolder): Html => html`<section class="keep"><h2>Signatures</h2><div class="sg">${plan.people.filter((person) => state.present[person.id]?.present === true).map((person) => html`<div><div class="ln"></div><b>${person.name}</b><span class="dt">Date, time</span><span>${roleOf(plan, person)}</span></div>`)}</div></section>`;
const evidence = ({ state }: CeremonyFolder): Html => {
  const seqs = state.accounted.map(({ seq }) => seq), from = Math.min(...seqs), to = Math.max(...seqs);
  return html`<p class="s evidence">Record of ceremony ${fourDigits(state.opening!.number)}, closing head begins <b>${firstWords(state.head).join(' ')}</b>. ${seqs.length === 0 ? 'No entry accounts for a copy.' : from === to ? `Entry ${from} holds the evidence.` : `Entries ${from} to ${to} hold the evidence.`} This page is derived from the transcript, which is what is signed.</p>`;
};

/** @param folder closed, with a source. @param printedAt ISO 8601 UTC. */
export const destructionLayout = (folder: CeremonyFolder, printedAt: string): Layout => inZone(folder.plan.ceremony.timeZone, () => compose(folder, printedAt));

const compose = (folder: CeremonyFolder, printedAt: string): Layout => {
  const { plan, state } = folder, fourFigures = fourDigits(state.opening!.number), digest = recordDigest(state);
  return {
    frame: {
      kind: 'destruction', paper: plan.sheets.paper, marks: marksOf(plan), title: 'Destruction certificate', subject: subjectOf(plan, `Ceremony ${fourFigures}`),
      purpose: purposeOf(plan), notices: noticesOf(plan, state.opening!.tool.source), foot: footOf(plan, printedAt), digest, digestWords: firstWords(digest), number: fourFigures,
    },
    css: DESTRUCTION_CSS,
    body: html`<section><h1 class="k">${title(folder)}</h1><p class="lead">${lead(folder)}</p>${facts(folder)}</section>
<section><h2>Destroyed</h2>${destroyedTable(folder)}</section>${remains(folder)}${signatures(folder)}${evidence(folder)}`,
  };
};
