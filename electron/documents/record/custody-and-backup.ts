/** Sections 8 and 9: who holds which share, and how the backup was proved. Holds no share and nothing a share could be guessed from. */
import { inventoryDifferences } from '../../../shared/ceremony/inventory.ts';
import type { ShareFacts, ShareStatus } from '../../../shared/ceremony/state.ts';
import type { CeremonyFolder } from '../folder.ts';
import { clock, listed, plural } from '../format.ts';
import { html } from '../html.ts';
import type { Html, HtmlValue } from '../html.ts';
import { keyValues, lines, longCode, machineSaid, nameOf, personTyped, table } from '../parts.ts';

const STATUS: Readonly<Record<ShareStatus, string>> = { waiting: 'Not printed', printed: 'Printed, not read back', 'read-back': 'Read back, not sealed', sealed: 'Sealed' };
const timeOf = (folder: CeremonyFolder, type: 'read-back' | 'sealed', share: number): string => {
  const found = folder.entries.findLast(({ entry }) => entry.type === type && entry.body.share === share);
  return found ? clock(found.entry.at) : '–';
};
const witnessOf = (folder: CeremonyFolder, share: number): string => {
  const found = folder.entries.findLast(({ entry }) => entry.type === 'sealed' && entry.body.share === share)?.entry;
  return found?.type === 'sealed' ? nameOf(folder.plan, found.body.witness) : '–';
};
const sheets = (share: ShareFacts): string => `${listed(share.attempts.map(String)) || 'none'}${share.destroyed.length > 0 ? `; ${listed(share.destroyed.map(String))} destroyed` : ''}`;
const shareRow = (folder: CeremonyFolder, share: ShareFacts): readonly HtmlValue[] => [
  String(share.number), html`<b>${nameOf(folder.plan, share.custodian)}</b>`, 'Paper', sheets(share), html`${STATUS[share.status]}${share.readBackFaults > 0 ? html`<br><span class="s">${plural(share.readBackFaults, 'mistyped line')}</span>` : null}`,
  timeOf(folder, 'read-back', share.number), share.bag === null ? '–' : personTyped(share.bag), html`${timeOf(folder, 'sealed', share.number)}<br><span class="s">${witnessOf(folder, share.number)}</span>`,
];

const voided = ({ state }: CeremonyFolder): HtmlValue => state.voided.length === 0 ? null : html`<h3>Void sets</h3><p>Nothing was wrapped under these; every sheet of them is scrap.</p>${table('', ['Set', 'Reason', 'Sheets'], state.voided.map((set) => [
  set.setId === null ? 'Not known' : html`<code>${set.setId.slice(0, 16)}</code>`, set.reason,
  set.sheets.length === 0 ? 'None printed' : lines(set.sheets.map((sheet) => html`Share ${sheet.share}, attempt ${sheet.attempt}: ${sheet.destroyed ? 'destroyed' : html`<b>not accounted for</b>`}`))]))}`;

export const custodySection = (folder: CeremonyFolder): Html => {
  const { plan, state } = folder, set = state.set;
  if (set === null) return html`<section><h2>8 Split and custody</h2><p>${plan.key.backup.kind === 'none' ? `No backup: ${plan.key.backup.reason} Approved by ${plan.key.backup.approvedBy}.` : 'No share set is in force.'}</p>${voided(folder)}</section>`;
  return html`<section><h2>8 Split and custody</h2><p>What is split is a fresh 256-bit wrapping key, not the root key. Shares are never in this record.</p><div style="margin-top:2mm">${keyValues([
    ['Scheme', `Shamir, any ${plan.quorum.threshold} of ${plan.quorum.shares}; each share in a signed envelope`], ['Set', html`<b>${set.setName}</b>, attempt ${set.attempt}`],
    ['Set fingerprint', html`<code class="long">${set.setFingerprint}</code>`], ['Set id', longCode(set.setId)], ['SHA-256, manifest', longCode(set.manifestSha256)],
    ['Randomness from', listed(set.sources)], ['Rebuilt from', set.rebuilt.length === 0 ? html`<b>Not shown</b>` : `Shares ${set.rebuilt.map((one) => one.join(', ')).join('; again from ')}, as typed from paper`],
  ])}</div><h3>Shares</h3>${table('', ['No.', 'Custodian', 'Form', 'Sheets', 'State', 'Read back, UTC', 'Bag', 'Sealed, UTC; witness'], set.shares.map((share) => shareRow(folder, share)))}
<p class="s after">Read back: the custodian typed the four lines from the paper, and every check and the manifest agreed.</p>${voided(folder)}</section>`;
};

const restoredFacts = ({ plan, state }: CeremonyFolder): Html => {
  const restored = state.backup?.restored;
  return restored ? keyValues([
    ['Restored on', html`HSM <code>${plan.hsm.secondSerial}</code>${plan.hsm.software ? html`, <b>a software token</b>` : null}`],
    ['Public key', html`${longCode(restored.spkiSha256)} ${restored.spkiSha256 === state.key?.spkiSha256 ? 'Equal to that of section 6.' : html`<b>Not equal to that of section 6.</b>`}`],
    ['Challenge', html`${longCode(restored.challenge)}<br>The restored key signed it and the signature was verified outside the HSM.`],
  ]) : html`<p><b>Not restored.</b> The backup is not proved.</p>`;
};
const lockRows = ({ state }: CeremonyFolder): HtmlValue => state.locked?.kind !== 'lock' ? html`<p><b>Not locked.</b></p>`
  : table('', ['Token', 'CKA_EXTRACTABLE, read back', 'A wrap was tried'], state.locked.tokens.map((token) => [machineSaid(token.serial), machineSaid(String(token.extractable)), html`refused with ${machineSaid(token.refusedWith)}`]));

const differences = (folder: CeremonyFolder): HtmlValue => {
  const { before, after } = folder.state.inventory, found = inventoryDifferences(folder.state);
  if (!before || !after) return null;
  return html`<p class="after">${found.length === 0 ? 'No difference.' : lines(found.map((one) => html`${one.object.class} ${one.change} on <code>${one.serial}</code>: ${one.explained ? 'the key of this record.' : html`<b>not explained by an entry.</b>`}`))}</p>`;
};
const inventoryRows = ({ state }: CeremonyFolder): HtmlValue => {
  const rows = (['before', 'after'] as const).flatMap((when) => (state.inventory[when] ?? []).map((token) => [
    when === 'before' ? 'Before' : 'After', machineSaid(token.serial), token.objects.length === 0 ? 'No objects' : lines(token.objects.map((object) => html`${object.class}, label ${machineSaid(object.label || '(none)')}, id ${machineSaid(object.id === '' ? '(none)' : object.id.slice(0, 16))}`))]));
  return rows.length === 0 ? html`<p>Not taken.</p>` : table('', ['When', 'Token', 'Objects that the login shows'], rows);
};

export const backupSection = (folder: CeremonyFolder): Html => {
  const { backup } = folder.state;
  return html`<section><h2>9 Backup, restore proof and lock</h2>${backup === null ? html`<p>${folder.plan.key.backup.kind === 'none' ? 'There is no backup, as planned.' : 'No wrapped key was made.'}</p>` : html`${keyValues([
    ['Wrapped with', `${backup.algorithm}, ${backup.mechanism}; proven by a known answer first`], ['Length', plural(backup.length, 'byte')], ['SHA-256, wrapped key', longCode(backup.sha256)],
    ['On media', `${listed(backup.media.map(String))}. The wrapped key is not in the archive.`],
  ])}<h3>Restore proof</h3>${restoredFacts(folder)}`}
<h3>Lock</h3>${lockRows(folder)}<h3>Inventory of the tokens</h3>${inventoryRows(folder)}${differences(folder)}
<p class="s after">${folder.state.wiped ? 'The vault process was ended and replaced. JavaScript cannot promise that memory was erased: the machine is powered off after the ceremony.' : 'The vault was not wiped in this ceremony.'}</p></section>`;
};
