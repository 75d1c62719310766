/** Sections on custody and backup: who holds which new share, and how the wrapped key was proved. Holds no share and nothing a share could be guessed from. */
import { inventoryDifferences } from '../../../shared/ceremony/inventory.ts';
import { keyPlan } from '../../../shared/ceremony/people.ts';
import type { KeyPlan } from '../../../shared/ceremony/plan-schema.ts';
import { wrappingSetOf } from '../../../shared/ceremony/select.ts';
import type { CeremonyFolder } from '../folder.ts';
import { fourDigits, listed, plural } from '../format.ts';
import { html } from '../html.ts';
import type { Html, HtmlValue } from '../html.ts';
import { keyValues, lines, longCode, machineSaid, table } from '../parts.ts';
import { heading, sectionNumber } from './sections.ts';
import { setFacts, sharesTable } from './shares-table.ts';

const scrap = (set: CeremonyFolder['state']['voided'][number]): HtmlValue => {
  const rows = [
    ...set.sheets.map((sheet) => html`Share ${sheet.share}, attempt ${sheet.attempt}: ${sheet.destroyed ? 'destroyed' : html`<b>not accounted for</b>`}`),
    ...set.cards.map((card) => html`Share ${card.share}, card <code>${card.serial}</code>: ${card.erased ? 'erased' : 'to be erased; it opens nothing'}`),
  ];
  return rows.length === 0 ? 'Nothing printed or written' : lines(rows);
};
const voided = ({ state }: CeremonyFolder): HtmlValue => state.voided.length === 0 ? null : html`<h3>Void sets</h3><p>Nothing was wrapped under these; every sheet and card of them is scrap.</p>${table('', ['Set', 'Holds', 'Reason', 'Sheets and cards'], state.voided.map((set) => [
  set.setId === null ? 'Not known' : html`<code>${set.setId.slice(0, 16)}</code>`, set.holds === 'pin' ? 'PIN secret' : 'Wrapping key', set.reason, scrap(set)]))}`;

export const custodySection = (folder: CeremonyFolder): Html => {
  const { state } = folder, plan = keyPlan(folder.plan), set = wrappingSetOf(state), title = plan.source ? 'New split and custody' : 'Split and custody';
  if (set === null) return html`<section>${heading(plan, 'custody', title)}<p>${plan.key.backup.kind === 'none' && !plan.source ? `No backup: ${plan.key.backup.reason} Approved by ${plan.key.backup.approvedBy}.` : 'No share set is in force.'}</p>${voided(folder)}</section>`;
  return html`<section>${heading(plan, 'custody', title)}<p>What is split is a fresh 256-bit wrapping key, not the root key. Shares are never in this record.</p><div style="margin-top:2mm">${setFacts(folder, set)}</div><h3>Shares</h3>${sharesTable(folder, set)}${voided(folder)}</section>`;
};

const keyWords = ({ plan }: CeremonyFolder): string => `that of section ${sectionNumber(plan, 'key')}`;
/** The token that showed that the wrapped key opens: the target of a recovery, else the second one. */
const proofSerial = (plan: KeyPlan): string => (plan.ceremony.kind === 'recovery' ? plan.hsm.serial : plan.hsm.secondSerial) ?? '';
const restoredFacts = (folder: CeremonyFolder): Html => {
  const { state } = folder, plan = keyPlan(folder.plan), restored = state.backup?.restored, again = plan.ceremony.kind === 're-share';
  return restored ? keyValues([
    [again ? 'Opened on' : 'Restored on', html`HSM <code>${proofSerial(plan)}</code>${plan.hsm.software ? html`, <b>a software token</b>` : null}${again ? '. The object was destroyed again; the copies on the tokens stayed as they were.' : ''}`],
    ['Public key', html`${longCode(restored.spkiSha256)} ${restored.spkiSha256 === state.key?.spkiSha256 ? `Equal to ${keyWords(folder)}.` : html`<b>Not equal to ${keyWords(folder)}.</b>`}`],
    ['Challenge', html`${longCode(restored.challenge)}<br>The ${again ? 'key' : 'restored key'} signed it and the signature was verified outside the HSM.`],
  ]) : html`<p><b>Not restored.</b> ${plan.ceremony.kind === 'recovery' ? 'The key was not recovered.' : 'The backup is not proved.'}</p>`;
};
const lockRows = ({ state, plan }: CeremonyFolder): HtmlValue => {
  if (plan.ceremony.kind === 're-share') return html`<p>A locked copy of the key cannot be wrapped. The new wrapped key came from the old one, opened for one moment; no lock was loosened.</p>`;
  return state.locked?.kind !== 'lock' ? html`<p><b>Not locked.</b></p>`
    : table('', ['Token', 'CKA_EXTRACTABLE, read back', 'A wrap was tried'], state.locked.tokens.map((token) => [machineSaid(token.serial), machineSaid(String(token.extractable)), html`refused with ${machineSaid(token.refusedWith)}`]));
};

const differences = (folder: CeremonyFolder): HtmlValue => {
  const { before, after } = folder.state.inventory, found = inventoryDifferences(folder.state);
  if (!before || !after) return null;
  return html`<p class="after">${found.length === 0 ? 'No difference.' : lines(found.map((one) => html`${one.object.class} ${one.change} on <code>${one.serial}</code>: ${one.explained ? 'the key of this record.' : html`<b>not explained by an entry.</b>`}`))}</p>`;
};
const inventoryRows = ({ state }: CeremonyFolder): HtmlValue => {
  const rows = (['before', 'after'] as const).flatMap((when) => (state.inventory[when] ?? []).map((token) => [
    when === 'before' ? 'Before' : 'After', machineSaid(token.serial), token.objects.length === 0 ? 'No objects' : lines(token.objects.map((object) => html`${object.class}, label ${machineSaid(object.label || '(none)')}, id ${machineSaid(object.id === '' ? '(none)' : object.id.slice(0, 16))}`))]));
  return rows.length === 0 ? html`<p>Not taken.</p>` : table('inv', ['When', 'Token', 'Objects that the login shows'], rows);
};

const TITLES: Readonly<Record<string, string>> = { recovery: 'Restore and lock', 're-share': 'New wrapped key and its proof' };
const wrappedRows = ({ plan, state }: CeremonyFolder): HtmlValue => {
  const { backup } = state, recovered = plan.ceremony.kind === 'recovery';
  return backup === null ? null : keyValues([
    [recovered ? 'Wrapped key' : 'Wrapped with', recovered ? `${backup.algorithm}, made in ceremony ${fourDigits(plan.source!.set.issuedBy)}` : `${backup.algorithm}, ${backup.mechanism}; proven by a known answer first`],
    ['Length', plural(backup.length, 'byte')], ['SHA-256, wrapped key', longCode(backup.sha256)],
    ['On media', `${listed(backup.media.map(String)) || 'none known'}. The wrapped key is not in the archive.`],
  ]);
};
const noBackup = ({ plan }: CeremonyFolder): string => {
  if (plan.ceremony.kind === 'recovery') return 'No wrapped key was opened.';
  return keyPlan(plan).key.backup.kind === 'none' ? 'There is no backup, as planned.' : 'No wrapped key was made.';
};
const proofTitle = ({ plan }: CeremonyFolder): string => (plan.ceremony.kind === 'recovery' ? 'Restore' : 'Restore proof');

/** Wrapped key, restore and lock, the tokens' inventory, and the end of the vault. */
export const backupSection = (folder: CeremonyFolder): Html => {
  const { plan, state } = folder;
  return html`<section>${heading(plan, 'backup', TITLES[plan.ceremony.kind] ?? 'Backup, restore proof and lock')}${state.backup === null ? html`<p>${noBackup(folder)}</p>` : html`${wrappedRows(folder)}<h3>${proofTitle(folder)}</h3>${restoredFacts(folder)}`}
<h3>Lock</h3>${lockRows(folder)}<h3>Inventory of the tokens</h3>${inventoryRows(folder)}${differences(folder)}
<p class="s after">${state.wiped ? 'The vault process was ended and replaced. JavaScript cannot promise that memory was erased: the machine is powered off after the ceremony.' : 'The vault was not wiped in this ceremony.'}</p></section>`;
};
