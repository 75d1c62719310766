/** One share set that this ceremony issued: its facts, and a row for each share with everything that carries it. */
import type { SetFacts, ShareFacts, ShareStatus } from '../../../shared/ceremony/state.ts';
import { howWords } from '../copy-words.ts';
import type { CeremonyFolder } from '../folder.ts';
import { clock, listed, plural } from '../format.ts';
import { html } from '../html.ts';
import type { Html, HtmlValue } from '../html.ts';
import { keyValues, lines, longCode, machineSaid, personTyped, table } from '../parts.ts';
import { nameOf } from '../people-words.ts';
import { entryOfShare } from '../share-entries.ts';

const STATUS: Readonly<Record<ShareStatus, string>> = { waiting: 'Not printed', printed: 'Printed, not read back', 'read-back': 'Read back, not sealed', sealed: 'Sealed' };
const sheets = (share: ShareFacts): HtmlValue => share.paper === null ? '–' : `${listed(share.attempts.map(String)) || 'none'}${share.destroyed.length > 0 ? `; ${listed(share.destroyed.map(String))} destroyed` : ''}`;

const SHEETS: Readonly<Record<ShareFacts['sheet'], string>> = { standard: 'Paper', large: 'Paper, large print', blind: 'Paper, printed blind' };
const form = ({ carrier, sheet, card }: ShareFacts): HtmlValue => lines([
  ...(carrier === 'card' ? [] : [SHEETS[sheet]]),
  ...(card === null ? [] : [html`Card ${machineSaid(card.serial)}<br><span class="s">${card.encryptedTo === null ? 'Not encrypted to a key of the card' : html`Encrypted to its key <code>${card.encryptedTo.slice(0, 16)}${card.encryptedTo.length > 16 ? '…' : ''}</code>`}${card.attempts > 1 ? `; written ${card.attempts} times` : ''}</span>`]),
]);
const bags = ({ bag, card, carrier }: ShareFacts): HtmlValue => bag === null ? '–'
  : carrier === 'both' ? lines([personTyped(bag), html`<span class="s">card</span><br>${card?.bag ? personTyped(card.bag) : html`<b>none</b>`}`]) : personTyped(bag);
const readBack = (folder: CeremonyFolder, set: SetFacts, share: ShareFacts): HtmlValue => {
  const entry = entryOfShare(folder, set, share.number, 'read-back');
  return entry === null ? '–' : html`${clock(entry.at)}<br><span class="s">${listed([...new Set(share.how)].map(howWords))}</span>`;
};
const shareRow = (folder: CeremonyFolder, set: SetFacts, share: ShareFacts): readonly HtmlValue[] => {
  const sealed = entryOfShare(folder, set, share.number, 'sealed');
  return [
    String(share.number), html`<b>${nameOf(folder.plan, share.custodian)}</b>`, form(share), sheets(share),
    html`${STATUS[share.status]}${share.readBackFaults > 0 ? html`<br><span class="s">${plural(share.readBackFaults, 'reading')} refused</span>` : null}`,
    readBack(folder, set, share), bags(share), sealed === null ? '–' : html`${clock(sealed.at)}<br><span class="s">${nameOf(folder.plan, sealed.body.witness)}</span>`,
  ];
};
export const sharesTable = (folder: CeremonyFolder, set: SetFacts): Html => html`${table('shares', ['No.', 'Custodian', 'Form', 'Sheets', 'State', 'Read back, UTC', 'Bag', 'Sealed, UTC; witness'], set.shares.map((share) => shareRow(folder, set, share)))}
<p class="s after">Read back: the share was read from its own paper or card, and every check and the manifest agreed.${set.shares.some(({ sheet, carrier }) => sheet === 'blind' && carrier !== 'card') ? ' Printed blind: the printer saw the share only under a code that its holder threw with dice. Without the code the sheet opens nothing.' : ''}</p>`;

export const setFacts = (folder: CeremonyFolder, set: SetFacts): Html => keyValues([
  ['Scheme', `Shamir, any ${folder.plan.quorum.threshold} of ${folder.plan.quorum.shares}; each share in a signed envelope`],
  ['Set', html`<b>${set.setName}</b>, ${set.epoch === 1 ? '' : `epoch ${set.epoch}, `}attempt ${set.attempt}`],
  ['Set fingerprint', html`<code class="long">${set.setFingerprint}</code>`], ['Set id', longCode(set.setId)], ['SHA-256, manifest', longCode(set.manifestSha256)],
  ['Randomness from', listed(set.sources)],
  ['Rebuilt from', set.rebuilt.length === 0 ? html`<b>Not shown</b>` : `Shares ${set.rebuilt.map((one) => one.join(', ')).join('; again from ')}, as they were read back`],
]);
