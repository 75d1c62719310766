/** First page of the record: the outcome in one sentence, what decides its weight, who signed, the head to compare. */
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
import { countShares } from '../what-remains.ts';
import { marginWords } from './checked.ts';
import { leadWords } from './lead.ts';
import { pinNow } from './pin.ts';
import { sectionNumber } from './sections.ts';
import { notSigned, signedHow } from './signing.ts';
import { EFFECT_WORDS } from './steps.ts';

/** "Completed with 1 exception." */
export const outcomeSentence = (state: CeremonyState): string => {
  if (state.closing === null) return 'Not closed.';
  if (state.closing.outcome !== 'completed') return state.closing.outcome === 'aborted' ? 'Aborted.' : 'Postponed.';
  return state.exceptions.length === 0 ? 'Completed.' : `Completed with ${plural(state.exceptions.length, 'exception')}.`;
};

const lockWords = ({ state, entries }: CeremonyFolder): HtmlValue => {
  if (state.key === null) return 'No key';
  if (state.locked?.kind !== 'lock') return html`<b>Not locked.</b> Copies of the key may still be wrapped.`;
  const at = entries.findLast(({ entry }) => entry.type === 'result' && entry.body.outcome.kind === 'lock')?.entry.at;
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
  const previous = state.opening!.previous;
  return previous === null ? 'None: the first of this archive' : `${fourDigits(previous.number)}, head and record digest in entry 0`;
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
const sourceFacts = ({ plan }: CeremonyFolder): readonly (readonly [string, HtmlValue])[] => plan.source === undefined ? [] : [
  ['Purpose', html`<b>${plan.source.purpose}</b>`], ['Decided by', plan.source.authority],
];

const facts = (folder: CeremonyFolder): Html => keyValues([
  ...sourceFacts(folder),
  folder.state.key && ['Key in four words', html`${firstWords(folder.state.key.spkiSha256).join(' ')} <span class="grey">a name, not a proof; in full in section ${sectionNumber(folder.plan, 'key')}</span>`],
  ['Time and place', timeWords(folder)],
  ['Mode and software', toolWords(folder)],
  tokensOf(folder.plan).length > 0 ? ['PIN of the HSM', pinNow(folder)] : null,
  lockRow(folder), marginRow(folder), copiesRow(folder),
  ['Exceptions', exceptionWords(folder)],
  ['Previous ceremony', previousWords(folder)],
]);
const signatures = (folder: CeremonyFolder): HtmlValue => {
  const missing = notSigned(folder);
  return [html`<h3>People and how they signed</h3>`, table('folk', ['Role', 'Name', 'Organisation', 'Final signature'],
    folder.plan.people.map((person) => [roleOf(folder.plan, person), html`<b>${person.name}</b>`, person.organisation, signedHow(folder, person)])),
  missing.length > 0 ? html`<p class="s after"><b>Not signed when this was printed: ${listed(missing)}.</b></p>` : null];
};

export const firstPage = (folder: CeremonyFolder): Html => html`<section class="first onepage${folder.plan.source ? ' dense' : ''}"><h1 class="out">${outcomeSentence(folder.state)}</h1><p class="lead">${leadWords(folder)}</p>
${facts(folder)}${signatures(folder)}
<div class="keep"><h3>${folder.state.closing === null ? 'Head of the transcript so far' : 'Closing head of the transcript'}, ${plural(folder.state.count, 'entry', 'entries')}</h3>${wordGrid(folder.state.head, 'sm')}
<p class="s after">Compare with the words that people wrote by hand in the room and took away. Verify against their papers, never only against this page. Folder: <code>${folder.name}</code></p></div></section>`;
