/** First page of the record: the outcome in one sentence, what decides its weight, who signed, the head to compare. */
import { charterDigest } from '../../../shared/charter/charter-digest.ts';
import { isKeyPlan, tokensOf } from '../../../shared/ceremony/people.ts';
import type { CeremonyState } from '../../../shared/ceremony/state.ts';
import { accountedCopies, aftermath } from '../../../shared/register/aftermath.ts';
import { aftermathSentences } from '../../../shared/text/aftermath.ts';
import type { CeremonyFolder } from '../folder.ts';
import { day, fourDigits, listed, plural, shortClock } from '../format.ts';
import { html } from '../html.ts';
import type { Html, HtmlValue } from '../html.ts';
import { modeWords } from '../kind-words.ts';
import { firstWords, keyValues, lines, table, wordGrid } from '../parts.ts';
import { nameOf, roleOf } from '../people-words.ts';
import { zoomFor } from '../styles.ts';
import { countShares } from '../what-remains.ts';
import { marginWords } from './checked.ts';
import { linksOf } from '../../../shared/transcript/links.ts';
import { leadWords, resultAt } from './lead.ts';
import { pinNow } from './pin.ts';
import { sectionNumber } from './sections.ts';
import type { SectionId } from './sections.ts';
import { notSigned, signedHow } from './signing.ts';
import { EFFECT_WORDS } from './steps.ts';

/** "Completed with 1 exception." */
export const outcomeSentence = (state: CeremonyState): string => {
  if (state.closing === null) return 'Not closed.';
  if (state.closing.outcome !== 'completed') return state.closing.outcome === 'aborted' ? 'Aborted.' : 'Postponed.';
  return state.exceptions.length === 0 ? 'Completed.' : `Completed with ${plural(state.exceptions.length, 'exception')}.`;
};

const lockWords = (folder: CeremonyFolder): HtmlValue => {
  const { state } = folder;
  if (state.key === null) return 'No key';
  if (state.locked?.kind !== 'lock') return html`<b>Not locked.</b> Copies of the key may still be wrapped.`;
  const at = resultAt(folder, 'lock');
  const open = state.locked.tokens.filter((token) => token.extractable).map((token) => token.serial);
  return open.length > 0 ? html`<b>Still extractable on ${listed(open)}</b>`
    : `CKA_EXTRACTABLE is false on ${plural(state.locked.tokens.length, 'copy', 'copies')}; a wrap was refused${at ? ` at ${shortClock(at)} UTC` : ''}`;
};
const toolWords = ({ plan, state }: CeremonyFolder): HtmlValue => {
  const tool = state.opening!.tool;
  return lines([
    `${modeWords(plan)}. Quorate ${tool.version}, ${tool.source === 'checkout' ? 'from a source checkout (a deviation)' : 'signed package'}, ${tool.runtime}`,
    !isKeyPlan(plan) || tokensOf(plan).length === 0 ? 'No HSM was used' : html`HSM module digest ${state.moduleSha256 === null ? 'not read' : state.moduleSha256 === plan.hsm.module.sha256 ? 'as planned' : html`<b>not as planned</b>`}${plan.hsm.software ? html`; <b>software token</b>` : null}`,
  ]);
};
const exceptionWords = ({ plan, state }: CeremonyFolder): HtmlValue => lines([
  ...(state.exceptions.length === 0 ? ['None'] : state.exceptions.map((one) => `E${one.number}, step ${one.step}. Effect on the result: ${EFFECT_WORDS[one.effect].toLowerCase()}`)),
  ...state.objections.map((one) => html`<b>${nameOf(plan, one.person)} did not agree</b> at step ${one.step}, entry ${one.seq}`),
]);
const timeWords = ({ plan, state }: CeremonyFolder): string =>
  `${day(state.openedAt ?? plan.ceremony.date)}${state.openedAt && state.lastAt ? `, ${shortClock(state.openedAt)} to ${day(state.lastAt) === day(state.openedAt) ? '' : `${day(state.lastAt)} `}${shortClock(state.lastAt)} UTC` : ''}. ${plan.ceremony.place}`;
const previousWords = ({ state }: CeremonyFolder): HtmlValue => {
  const links = linksOf(state.opening!.previous);
  if (links.length === 0) return 'None: the first of this archive';
  return `${links.map(({ number }) => fourDigits(number)).join(' and ')}, ${links.length === 1 ? 'head and record digest' : 'heads and record digests'} in entry 0`;
};

const lockRow = (folder: CeremonyFolder): readonly [string, HtmlValue] | null => {
  const { kind } = folder.plan.ceremony;
  return kind === 'root-key-generation' || kind === 'recovery' ? ['Locked', lockWords(folder)] : null;
};
const marginRow = ({ plan, state }: CeremonyFolder): readonly [string, HtmlValue] | null => {
  if (plan.ceremony.kind !== 'share-check') return null;
  const { margin } = countShares(state), words = marginWords(margin, plan.source!.set);
  return ['Margin', html`<b>${margin}.</b> ${margin < 2 ? html`<b>${words}</b>` : words}`];
};
const copiesRow = ({ plan, state }: CeremonyFolder): readonly [string, HtmlValue] | null => {
  const { kind } = plan.ceremony;
  if (kind !== 're-share' && kind !== 'share-destruction') return null;
  const after = aftermath(plan.source!.set, accountedCopies(state)), [first, ...rest] = aftermathSentences(after);
  return [kind === 're-share' ? 'Old copies' : 'Copies', html`${first ?? ''}${after.exposed ? html` <b>${rest.find((one) => one.startsWith('Treat')) ?? ''}</b>` : null} <span class="grey">See section ${sectionNumber(plan, 'remains')}.</span>`];
};
const sourceFacts = ({ plan }: CeremonyFolder): readonly (readonly [string, HtmlValue])[] => {
  const why = plan.source ?? plan.decision;
  return why === undefined ? [] : [['Purpose', html`<b>${why.purpose}</b>`], ['Decided by', why.authority]];
};
const charterRow = ({ plan, state }: CeremonyFolder): readonly [string, HtmlValue] | null => plan.charter === undefined ? null
  : ['Charter', html`${state.closing?.outcome === 'completed' ? null : html`<b>Not in force.</b> `}Digest begins ${firstWords(charterDigest(plan.charter)).join(' ')} <span class="grey">in full in section ${sectionNumber(plan, 'charter')}</span>`];

const facts = (folder: CeremonyFolder): readonly (readonly [string, HtmlValue])[] => [
  ...sourceFacts(folder), charterRow(folder),
  folder.state.key === null ? null : ['Key in four words', html`${firstWords(folder.state.key.spkiSha256).join(' ')} <span class="grey">a name, not a proof; in full in section ${sectionNumber(folder.plan, 'key')}</span>`],
  ['Time and place', timeWords(folder)],
  ['Mode and software', toolWords(folder)],
  tokensOf(folder.plan).length > 0 ? ['PIN of the HSM', pinNow(folder)] : null,
  lockRow(folder), marginRow(folder), copiesRow(folder),
  ['Exceptions', exceptionWords(folder)],
  ['Previous ceremony', previousWords(folder)],
].filter((row): row is readonly [string, HtmlValue] => row !== null);
const signatures = (folder: CeremonyFolder): HtmlValue => {
  const missing = notSigned(folder);
  return [html`<h3>People and how they signed</h3>`, table('folk', ['Role', 'Name', 'Organisation', 'Final signature'],
    folder.plan.people.map((person) => [roleOf(folder.plan, person), html`<b>${person.name}</b>`, person.organisation, signedHow(folder, person)])),
  missing.length > 0 ? html`<p class="s after"><b>Not signed when this was printed: ${listed(missing)}.</b></p>` : null];
};

/** Where a first-time reader finds the four things that an auditor asks for. */
const MADE_IN = ['key', 'charter'] as const;
const guide = ({ plan }: CeremonyFolder): Html => {
  const made = MADE_IN.find((id) => sectionNumber(plan, id) > 0) ?? 'steps', at = (...ids: readonly SectionId[]): string => `section${ids.length > 1 ? 's' : ''} ${listed(ids.map((id) => String(sectionNumber(plan, id))))}`;
  const cells = [['What was made or done', at(made, 'steps')], ['By whom', at('people', 'attestation')], ['What went wrong', at('exceptions')], ['How to check it', at('verify')]] as const;
  return html`<ul class="guide">${cells.map(([question, where]) => html`<li><b>${question}</b>${where}</li>`)}</ul>`;
};
/** Rows that take two lines as a rule. */
const LONG_ROWS: ReadonlySet<string> = new Set(['Mode and software', 'PIN of the HSM', 'Copies', 'Old copies', 'Margin', 'Charter', 'Locked']);
/** A longer name takes two lines of the table. */
const LONG_NAME = 24;
/** Lines of the page that differ from ceremony to ceremony. */
const linesOf = ({ plan, state }: CeremonyFolder, rows: readonly (readonly [string, HtmlValue])[]): number =>
  rows.length + rows.filter(([name]) => LONG_ROWS.has(name)).length + Math.max(0, state.exceptions.length + state.objections.length - 1) + plan.people.reduce((sum, { name, organisation }) => sum + (name.length > LONG_NAME || organisation.length > LONG_NAME ? 2 : 1), 0);

export const firstPage = (folder: CeremonyFolder): Html => {
  const rows = facts(folder);
  return html`<section class="first" style="zoom:${zoomFor('first', folder.plan.sheets.paper, linesOf(folder, rows))}"><h1 class="out">${outcomeSentence(folder.state)}</h1><p class="lead">${leadWords(folder)}</p>
${guide(folder)}${keyValues(rows)}${signatures(folder)}
<div class="keep"><h3>${folder.state.closing === null ? 'Head of the transcript so far' : 'Closing head of the transcript'}, ${plural(folder.state.count, 'entry', 'entries')}</h3>${wordGrid(folder.state.head, 'sm')}
<p class="s after">Compare with the words that people wrote by hand in the room and took away. Verify against their papers, never only against this page. Folder: <code>${folder.name}</code></p></div></section>`;
};
