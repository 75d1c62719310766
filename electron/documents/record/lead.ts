/** The first sentences of the record: what this ceremony did, by kind, and what it did not do. */
import { issuesPinSet, isDrill, keyPlan } from '../../../shared/ceremony/people.ts';
import { lastGathering, pinSetOf, wrappingSetOf } from '../../../shared/ceremony/select.ts';
import type { Outcome } from '../../../shared/transcript/entry-schema.ts';
import { keyName } from '../../../shared/text/script.ts';
import type { CeremonyFolder } from '../folder.ts';
import { listed, longDate, plural } from '../format.ts';
import { html } from '../html.ts';
import type { Html, HtmlValue } from '../html.ts';
import { countShares, remainsOf } from '../what-remains.ts';
import { setWords } from '../kind-words.ts';
import { nameOf } from '../people-words.ts';

/** How a ceremony ended before its last step, by whom and why; null when it did not. */
export const endedEarly = ({ plan, entries, textOf }: CeremonyFolder): { readonly how: string; readonly at: string; readonly reason: string } | null => {
  const entry = entries.map((one) => one.entry).find((one) => one.type === 'aborted' || one.type === 'postponed');
  if (entry?.type !== 'aborted' && entry?.type !== 'postponed') return null;
  const until = entry.type === 'postponed' && entry.body.until !== null ? ` until ${entry.body.until}` : '';
  return { how: `${entry.type === 'aborted' ? 'Aborted' : 'Postponed'} by ${nameOf(plan, entry.body.by)}${until}`, at: entry.at, reason: textOf(entry.seq, 'reason') ?? 'The reason is withheld in this copy.' };
};
/** When the last result of this kind was written; null when there is none. */
export const resultAt = ({ entries }: CeremonyFolder, kind: Outcome['kind']): string | null =>
  entries.findLast(({ entry }) => entry.type === 'result' && entry.body.outcome.kind === kind)?.entry.at ?? null;
const onDay = (at: string | null): string => (at === null ? '' : ` on ${longDate(at)}`);
const key = ({ plan }: CeremonyFolder): Html => html`<b>${keyName(keyPlan(plan))}</b>`;

const backupWords = ({ plan, state }: CeremonyFolder): string => {
  if (keyPlan(plan).key.backup.kind === 'none') return 'It has no backup, as planned.';
  if (state.backup === null) return 'No backup of it was made.';
  const split = `Its backup was split into ${plan.quorum.shares} shares, any ${plan.quorum.threshold} of which recover it`;
  return state.backup.restored === null ? `${split}. It was not proved.` : `${split}, and was proved on a second HSM.`;
};
const generated = (folder: CeremonyFolder): Html => {
  const made = resultAt(folder, 'generate-key');
  return made === null ? html`No key was made.` : html`The root key ${key(folder)} was made in HSM <code>${keyPlan(folder.plan).hsm.serial}</code>${onDay(made)}. ${backupWords(folder)}`;
};

const recovered = (folder: CeremonyFolder): Html => {
  const { state } = folder, plan = keyPlan(folder.plan), restored = state.backup?.restored ?? null, used = lastGathering(state, 'wrapping-key')?.combined ?? [];
  if (restored === null) return html`The key ${key(folder)} <b>was not recovered.</b> ${used.length > 0 ? 'Its wrapping key was rebuilt and forgotten.' : 'Nothing was combined.'}`;
  const equal = restored.spkiSha256 === state.key?.spkiSha256;
  return html`The key ${key(folder)} was recovered into HSM <code>${plan.hsm.serial}</code>${onDay(resultAt(folder, 'restore'))}, from shares ${listed(used.map(String))} of ${setWords(plan.source!.set)}. ${equal ? 'It is this key: the public key is equal, and it signed a challenge.' : html`<b>Its public key is another one.</b>`} ${state.locked?.kind === 'lock' ? 'It is locked there.' : html`<b>It was not locked.</b>`}`;
};

const destroyedWords = ({ state }: CeremonyFolder): string => {
  const { all, destroyed } = remainsOf(state);
  if (all.length === destroyed.length) return `all ${plural(all.length, 'copy', 'copies')} on the list destroyed`;
  return `${destroyed.length} of ${plural(all.length, 'copy', 'copies')} on the list destroyed`;
};
const reShared = (folder: CeremonyFolder): Html => {
  const { plan, state } = folder, set = wrappingSetOf(state), old = plan.source!.set;
  if (set === null || state.backup === null) return html`The shares of ${setWords(old)} of the key ${key(folder)} <b>were not replaced.</b> The old set stays in force.`;
  return html`The shares of ${setWords(old)} of the key ${key(folder)} were replaced${onDay(resultAt(folder, 'rewrap'))} by set <b>${set.setName}</b>, epoch ${set.epoch}: any ${plan.quorum.threshold} of ${plan.quorum.shares}. ${state.backup.restored === null ? html`<b>The new backup was not proved.</b>` : 'The new backup was proved.'} ${state.superseded ? `The old set is superseded, ${destroyedWords(folder)}.` : html`<b>The old set was not superseded.</b>`}`;
};

const checked = (folder: CeremonyFolder): Html => {
  const { plan, state } = folder, { set } = plan.source!, count = countShares(state);
  const margin = count.margin < 0 ? `${count.counted} can be counted on, fewer than the ${set.threshold} that are needed` : `${count.counted} can be counted on, ${count.margin} more than the ${set.threshold} that are needed`;
  return html`${count.proved} of the ${set.shares} shares of ${setWords(set)} of the key ${key(folder)} were read and found right. ${count.troubled.length > 0 ? html`<b>${count.troubled.length === 1 ? 'Share' : 'Shares'} ${listed(count.troubled.map(String))} cannot be counted on.</b> ` : null}${margin}. No share was combined.`;
};

const destroyed = (folder: CeremonyFolder): Html => {
  const { plan, state } = folder, { all, destroyed: gone, left } = remainsOf(state), words = `copies of ${setWords(plan.source!.set)}`;
  return left.length === 0 ? html`All ${all.length} ${words} of the key ${key(folder)} that the archive knows were destroyed.`
    : html`${gone.length} of ${all.length} ${words} of the key ${key(folder)} were destroyed. <b>${plural(left.length, 'copy', 'copies')} ${left.length === 1 ? 'is' : 'are'} not.</b>`;
};

const pinGiven = ({ plan, state }: CeremonyFolder): HtmlValue => {
  const set = pinSetOf(state);
  if (!issuesPinSet(plan)) return null;
  return state.pinChanged && set ? html` From now on any ${plan.quorum.threshold} of ${plan.quorum.shares} shares of PIN set <b>${set.setName}</b> open the HSM, and nobody knows its PIN.` : html` <b>The PIN was not given to a quorum.</b>`;
};
/** What a ceremony about the archive decides counts once it is completed, and not before. */
const ofArchive = ({ state }: CeremonyFolder, done: string, not: string): Html => (state.closing?.outcome === 'completed' ? html`${done}` : html`<b>${not}</b>`);
const joined = ({ plan }: CeremonyFolder): string => (plan.parents?.length === 2 ? 'Two' : String(plan.parents?.length ?? 0));
const did = (folder: CeremonyFolder): Html => {
  switch (folder.plan.ceremony.kind) {
    case 'root-key-generation': return generated(folder);
    case 'recovery': return recovered(folder);
    case 're-share': return reShared(folder);
    case 'share-check': return checked(folder);
    case 'share-destruction': return destroyed(folder);
    case 'founding': return ofArchive(folder, 'The archive was founded.', 'The archive was not founded.');
    case 'amendment': return ofArchive(folder, 'People or policy of the archive were changed.', 'People and policy of the archive were not changed.');
    case 'merge': return ofArchive(folder, `${joined(folder)} archives were joined into one.`, `The ${joined(folder).toLowerCase()} archives were not joined.`);
  }
};
const practice = ({ plan }: CeremonyFolder): HtmlValue => {
  if (plan.mode === 'rehearsal') return html`<b>This was a rehearsal. Nothing it made may be used.</b> `;
  return isDrill(plan) ? html`<b>This was a drill with real people and paper.</b> Its shares pass no real recovery. ` : null;
};
/** A key that was made or restored here, and that an exception or the end of the ceremony spoils. */
const unusable = (folder: CeremonyFolder): boolean => {
  const { state } = folder, here = resultAt(folder, 'generate-key') ?? resultAt(folder, 'restore');
  return here !== null && (state.exceptions.some((one) => one.effect === 'not-usable') || state.closing?.outcome === 'aborted');
};
const ended = (folder: CeremonyFolder): HtmlValue => { const early = endedEarly(folder); return early && html`${early.how}: ${early.reason} `; };
/** @returns three or four sentences, the weightiest in bold. */
export const leadWords = (folder: CeremonyFolder): Html => html`${practice(folder)}${ended(folder)}${did(folder)}${pinGiven(folder)}${unusable(folder) ? html` <b>${folder.plan.source ? 'This copy of the key' : 'The key'} must not be used.</b>` : null}`;
