/** Section "PIN of the HSM": who could open it before, who can now, and what the security officer can still do. */
import { issuesPinSet, keyPlan, soControlOf } from '../../../shared/ceremony/people.ts';
import type { KeyPlan } from '../../../shared/ceremony/plan-schema.ts';
import { pinSetOf } from '../../../shared/ceremony/select.ts';
import type { CeremonyFolder } from '../folder.ts';
import { listed } from '../format.ts';
import { html } from '../html.ts';
import type { Html, HtmlValue } from '../html.ts';
import { keyValues, machineSaid, table } from '../parts.ts';
import { nameOf, pinSentence } from '../people-words.ts';
import { setFacts, sharesTable } from './shares-table.ts';
import { heading } from './sections.ts';

/** Under what control the SO PIN is, and so whether the PIN can be reset without the quorum. */
export const soWords = (folder: CeremonyFolder): HtmlValue => {
  const { state } = folder, plan = keyPlan(folder.plan), tokens = state.pinChanged?.tokens ?? [];
  if (tokens.length === 0 && state.pinUncertain && soControlOf(plan) === 'quorum') return 'The SO PIN of each HSM is the one it had before or the one of the new PIN set.';
  if (tokens.length === 0) return 'This ceremony changed no SO PIN. Whoever holds it can reset the PIN.';
  if (tokens.every((token) => token.soChanged)) return 'The SO can reset the PIN, but the SO PIN is derived from the same PIN secret: that needs the same quorum.';
  const kept = tokens.filter((token) => !token.soChanged).map((token) => token.serial);
  return html`<b>The SO can reset the PIN of ${listed(kept)}.</b> ${plan.pin.control === 'quorum' && plan.pin.so === 'nobody' ? 'Nobody holds the SO PIN, says the plan; this record cannot show that.' : 'Its SO PIN was not changed here.'}`;
};
const typedWords = (plan: KeyPlan): HtmlValue => plan.pin.control !== 'quorum' ? 'Nobody: it was derived from PIN shares'
  : plan.pin.typedBy.length === 1 ? html`${nameOf(plan, plan.pin.typedBy[0]!)} alone, <b>single control</b> until the change` : `${listed(plan.pin.typedBy.map((id) => nameOf(plan, id)))}, one half each, until the change`;

/** Who can open the HSM when the ceremony is over, for the first page. */
export const pinNow = (folder: CeremonyFolder): HtmlValue => {
  const { state } = folder, plan = keyPlan(folder.plan), { pin } = plan;
  if ((pin.control === 'single' || pin.control === 'halves') && !folder.entries.some(({ entry }) => entry.type === 'login')) return 'Not typed: no HSM was opened';
  if (pin.control === 'single') return html`<b>Single control:</b> ${nameOf(plan, pin.person)} alone typed the PIN of the HSM`;
  if (pin.control === 'halves') return `Dual: ${nameOf(plan, pin.first)} and ${nameOf(plan, pin.second)} typed one half each`;
  if (!issuesPinSet(plan)) return pinSentence(plan);
  const set = pinSetOf(state);
  if (state.pinChanged === null && state.pinUncertain && set !== null) return html`<b>The change of the PIN was cut off.</b> Each HSM has either the PIN it had before or the one of PIN set <b>${set.setName}</b>, any ${plan.quorum.threshold} of ${plan.quorum.shares} shares. Keep both until a later ceremony has opened every HSM.`;
  if (state.pinChanged === null || set === null) return html`<b>The PIN was not given to a new quorum.</b> ${pin.control === 'quorum' ? `It is still as typed by ${listed(pin.typedBy.map((id) => nameOf(plan, id)))}.` : 'The PIN set before still opens the HSM.'}`;
  return html`Held by quorum: any ${plan.quorum.threshold} of ${plan.quorum.shares} shares of PIN set <b>${set.setName}</b>. Nobody knows it. ${soWords(folder)}`;
};

const changed = ({ state }: CeremonyFolder): HtmlValue => state.pinChanged === null ? html`<p><b>${state.pinUncertain ? 'The change of the PIN was begun and not finished: which PIN each HSM has is not known.' : 'The PIN was not changed.'}</b></p>`
  : table('', ['Token', 'PIN', 'The PIN it had before', 'SO PIN'], state.pinChanged.tokens.map((token) => [
    machineSaid(token.serial), 'Derived from the PIN secret and this serial; opens the token', html`refused with ${machineSaid(token.oldRefusedWith)}`, token.soChanged ? 'Derived from the PIN secret too' : html`<b>Not changed</b>`]));

export const pinSection = (folder: CeremonyFolder): Html => {
  const { state } = folder, plan = keyPlan(folder.plan), set = pinSetOf(state), used = plan.pin.control === 'held-by-quorum' ? plan.pin.set : null;
  const issues = issuesPinSet(plan);
  return html`<section>${heading(plan, 'pin', 'PIN of the HSM')}${keyValues([
    ['PIN typed by', typedWords(plan)],
    used ? ['Opened with', html`Shares of PIN set <b>${used.setName}</b>, epoch ${used.epoch}, any ${used.threshold} of ${used.shares}`] : null,
    ['Security officer', soWords(folder)],
    ['What is split', issues ? 'A second secret of 32 fresh bytes, not the PIN. The PIN of each token is derived from it and the serial number, and never shown.' : 'Nothing in this ceremony: the PIN set stays as it is.'],
  ])}${issues ? html`${set === null ? html`<p class="after"><b>No PIN set is in force.</b></p>` : html`<h3>PIN set</h3>${setFacts(folder, set)}<h3>PIN shares</h3>${sharesTable(folder, set)}`}<h3>Change of the PIN</h3>${changed(folder)}` : null}</section>`;
};
