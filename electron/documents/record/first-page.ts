/** First page of the record: the outcome in one sentence, what decides its weight, who signed, the head to compare. */
import type { CeremonyState } from '../../../shared/ceremony/state.ts';
import { keyName } from '../../../shared/text/script.ts';
import type { CeremonyFolder } from '../folder.ts';
import { day, fourDigits, listed, longDate, plural, shortClock } from '../format.ts';
import { html } from '../html.ts';
import type { Html, HtmlValue } from '../html.ts';
import { firstWords, keyValues, lines, nameOf, roleOf, table, wordGrid } from '../parts.ts';
import { notSigned, signedHow } from './signing.ts';
import { EFFECT_WORDS } from './steps.ts';

/** "Completed with 1 exception." */
export const outcomeSentence = (state: CeremonyState): string => {
  if (state.closing === null) return 'Not closed.';
  if (state.closing.outcome === 'aborted') return 'Aborted.';
  return state.exceptions.length === 0 ? 'Completed.' : `Completed with ${plural(state.exceptions.length, 'exception')}.`;
};

const backupWords = ({ plan, state }: CeremonyFolder): string => {
  if (plan.key.backup.kind === 'none') return 'It has no backup, as planned.';
  if (state.backup === null) return 'No backup of it was made.';
  const split = `Its backup was split into ${plan.quorum.shares} shares, any ${plan.quorum.threshold} of which recover it`;
  return state.backup.restored === null ? `${split}. It was not proved.` : `${split}, and was proved on a second HSM.`;
};
const lead = (folder: CeremonyFolder): Html => {
  const made = folder.entries.find(({ entry }) => entry.type === 'result' && entry.body.outcome.kind === 'generate-key')?.entry;
  const unusable = folder.state.exceptions.some((one) => one.effect === 'not-usable') || folder.state.closing?.outcome === 'aborted';
  return html`${folder.plan.mode === 'rehearsal' ? html`<b>This was a rehearsal. Nothing it made may be used.</b> ` : null}${made ? html`The root key <b>${keyName(folder.plan)}</b> was made in HSM <code>${folder.plan.hsm.serial}</code> on ${longDate(made.at)}. ${backupWords(folder)}` : html`No key was made.`}${unusable && made ? html` <b>The key must not be used.</b>` : null}`;
};

const lockWords = ({ state, entries }: CeremonyFolder): HtmlValue => {
  if (state.key === null) return 'No key';
  if (state.locked?.kind !== 'lock') return html`<b>Not locked.</b> Copies of the key may still be wrapped.`;
  const at = entries.findLast(({ entry }) => entry.type === 'result' && entry.body.outcome.kind === 'lock')?.entry.at;
  const open = state.locked.tokens.filter((token) => token.extractable).map((token) => token.serial);
  return open.length > 0 ? html`<b>Still extractable on ${listed(open)}</b>`
    : `CKA_EXTRACTABLE is false on ${plural(state.locked.tokens.length, 'copy', 'copies')}; a wrap was refused${at ? ` at ${shortClock(at)} UTC` : ''}`;
};
const pinWords = ({ plan }: CeremonyFolder): HtmlValue => plan.pin.control === 'single'
  ? html`<b>Single control:</b> ${nameOf(plan, plan.pin.person)} alone typed the PIN of the HSM`
  : `Dual: ${nameOf(plan, plan.pin.first)} and ${nameOf(plan, plan.pin.second)} typed one half each`;
const toolWords = ({ plan, state }: CeremonyFolder): HtmlValue => {
  const tool = state.opening!.tool;
  return lines([
    `${plan.mode === 'rehearsal' ? 'Rehearsal' : 'Production'}. Quorate ${tool.version}, ${tool.source === 'checkout' ? 'from a source checkout (a deviation)' : 'signed package'}, ${tool.runtime}`,
    html`HSM module digest ${state.moduleSha256 === null ? 'not read' : state.moduleSha256 === plan.hsm.module.sha256 ? 'as planned' : html`<b>not as planned</b>`}${plan.hsm.software ? html`; <b>software token</b>` : null}`,
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

const facts = (folder: CeremonyFolder): Html => keyValues([
  folder.state.key && ['Key in four words', html`${firstWords(folder.state.key.spkiSha256).join(' ')} <span class="grey">a name, not a proof; in full in section 6</span>`],
  ['Time and place', timeWords(folder)],
  ['Mode and software', toolWords(folder)],
  ['PIN of the HSM', pinWords(folder)],
  ['Locked', lockWords(folder)],
  ['Exceptions', exceptionWords(folder)],
  ['Previous ceremony', previousWords(folder)],
]);
const signatures = (folder: CeremonyFolder): HtmlValue => {
  const missing = notSigned(folder);
  return [html`<h3>People and how they signed</h3>`, table('folk', ['Role', 'Name', 'Organisation', 'Final signature'],
    folder.plan.people.map((person) => [roleOf(folder.plan, person), html`<b>${person.name}</b>`, person.organisation, signedHow(folder, person)])),
  missing.length > 0 ? html`<p class="s after"><b>Not signed when this was printed: ${listed(missing)}.</b></p>` : null];
};

export const firstPage = (folder: CeremonyFolder): Html => html`<section class="first onepage"><h1 class="out">${outcomeSentence(folder.state)}</h1><p class="lead">${lead(folder)}</p>
${facts(folder)}${signatures(folder)}
<div class="keep"><h3>${folder.state.closing === null ? 'Head of the transcript so far' : 'Closing head of the transcript'}, ${plural(folder.state.count, 'entry', 'entries')}</h3>${wordGrid(folder.state.head, 'sm')}
<p class="s after">Compare with the words that people wrote by hand in the room and took away. Verify against their papers, never only against this page. Folder: <code>${folder.name}</code></p></div></section>`;
